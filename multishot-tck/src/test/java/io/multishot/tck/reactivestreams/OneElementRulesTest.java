package io.multishot.tck.reactivestreams;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.ReactiveCorrelator;
import io.multishot.reactor.ReactiveReceiver;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * The rules of Reactive Streams that the TCK skips for a publisher of one element. The subscriber is a CoreSubscriber,
 * since Reactor puts a corrector between itself and any other kind, which would hide what the publisher does.
 */
class OneElementRulesTest {

    /** A publisher together with the sending end that feeds its one element. */
    interface Fixture {
        Mono<Integer> publisher();

        /** Sends the round's value, after the subscriber's first request; false if it is refused. */
        boolean send();

        /** Whether a round is open. */
        boolean isOpen();

        /** Whether a round that was open when the subscriber cancelled goes on, for the next one. */
        boolean keepsRoundOnCancel();
    }

    static final class ReceiveFixture implements Fixture {
        private final Receiver<Integer> receiver = new Receiver<>();
        private final Sender<Integer> sender = receiver.sender();

        @Override
        public Mono<Integer> publisher() {
            return ReactiveReceiver.from(receiver).receive();
        }

        @Override
        public boolean send() {
            return sender.send(1);
        }

        @Override
        public boolean isOpen() {
            return receiver.hasLiveSender();
        }

        @Override
        public boolean keepsRoundOnCancel() {
            return true;
        }
    }

    static final class ExchangeFixture implements Fixture {
        private final Receiver<Integer> receiver = new Receiver<>();
        private final List<Sender<Integer>> handedOut = new ArrayList<>();

        @Override
        public Mono<Integer> publisher() {
            return ReactiveReceiver.from(receiver).exchange(handedOut::add);
        }

        @Override
        public boolean send() {
            return handedOut.get(handedOut.size() - 1).send(1);
        }

        @Override
        public boolean isOpen() {
            return receiver.hasLiveSender();
        }

        @Override
        public boolean keepsRoundOnCancel() {
            return false;
        }
    }

    static final class RequestFixture implements Fixture {
        private final ReactiveCorrelator<Integer> correlator = ReactiveCorrelator.withCapacity(1);
        private final @Nullable Duration maxWait;
        private final List<Long> tickets = new ArrayList<>();

        RequestFixture(@Nullable Duration maxWait) {
            this.maxWait = maxWait;
        }

        @Override
        public Mono<Integer> publisher() {
            return maxWait == null ? correlator.request(this::hold) : correlator.request(null, maxWait, this::hold);
        }

        private Mono<Void> hold(long ticket) {
            tickets.add(ticket);
            return Mono.empty();
        }

        @Override
        public boolean send() {
            return correlator.complete(tickets.get(tickets.size() - 1), 1) == ReplyResult.DELIVERED;
        }

        @Override
        public boolean isOpen() {
            return correlator.inFlight() > 0;
        }

        @Override
        public boolean keepsRoundOnCancel() {
            return false;
        }
    }

    static final class Recorder implements CoreSubscriber<Integer> {
        Subscription subscription;
        final List<Object> signals = new ArrayList<>();

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer value) {
            signals.add(value);
        }

        @Override
        public void onError(Throwable error) {
            signals.add(error);
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    static Stream<Named<Fixture>> publishers() {
        return Stream.of(
                Named.of("receive", new ReceiveFixture()),
                Named.of("exchange", new ExchangeFixture()),
                Named.of("request", new RequestFixture(null)),
                Named.of("request that may wait", new RequestFixture(Duration.ofMinutes(1))));
    }

    private static Recorder subscribe(Fixture fixture) {
        Recorder recorder = new Recorder();
        fixture.publisher().subscribe(recorder);
        return recorder;
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec306_requestAfterCancel_isNoOp(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.cancel();
        recorder.subscription.request(1);
        recorder.subscription.request(0);
        recorder.subscription.request(Long.MIN_VALUE);
        assertThat(recorder.signals).isEmpty();
        assertThat(fixture.isOpen()).isEqualTo(fixture.keepsRoundOnCancel());
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec307_cancelAfterCancel_isNoOp(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(1);
        recorder.subscription.cancel();
        recorder.subscription.cancel();
        assertThat(fixture.send()).isEqualTo(fixture.keepsRoundOnCancel());
        assertThat(recorder.signals).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec309_requestZero_signalsIllegalArgument(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(0);
        assertIllegalRequest(recorder, "0");
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec309_requestNegative_signalsIllegalArgument(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(-7);
        assertIllegalRequest(recorder, "-7");
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec309_badRequestWhileWaiting_signalsIllegalArgumentAndNothingAfterIt(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(1);
        recorder.subscription.request(0);
        assertThat(fixture.send()).isEqualTo(fixture.keepsRoundOnCancel());
        recorder.subscription.request(0);
        assertIllegalRequest(recorder, "0");
    }

    private static void assertIllegalRequest(Recorder recorder, String value) {
        assertThat(recorder.signals).hasSize(1);
        assertThat(recorder.signals.get(0))
                .isInstanceOfSatisfying(
                        IllegalArgumentException.class,
                        error -> assertThat(error).hasMessageContaining("3.9").hasMessageContaining(value));
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec312_cancelWhileWaiting_stopsSignalling(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(1);
        recorder.subscription.cancel();
        assertThat(fixture.isOpen()).isEqualTo(fixture.keepsRoundOnCancel());
        fixture.send();
        assertThat(recorder.signals).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec313_cancelWhileWaiting_dropsReferencesToSubscriber(Fixture fixture) {
        WeakReference<Recorder> dropped = subscribeAndCancel(fixture);
        for (int i = 0; i < 100 && dropped.get() != null; i++) {
            System.gc();
        }
        assertThat(dropped.get()).isNull();
        assertThat(fixture.send()).isEqualTo(fixture.keepsRoundOnCancel()); // the channel itself is still held
    }

    private static WeakReference<Recorder> subscribeAndCancel(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(1);
        recorder.subscription.cancel();
        return new WeakReference<>(recorder);
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec317_requestLongMaxValue_signalsOneElement(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(Long.MAX_VALUE);
        fixture.send();
        assertThat(recorder.signals).containsExactly(1, "complete");
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec317_demandBeyondLongMaxValue_signalsOneElementAndNoError(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(Long.MAX_VALUE);
        recorder.subscription.request(Long.MAX_VALUE);
        recorder.subscription.request(1);
        fixture.send();
        recorder.subscription.request(Long.MAX_VALUE);
        assertThat(recorder.signals).containsExactly(1, "complete");
    }
}
