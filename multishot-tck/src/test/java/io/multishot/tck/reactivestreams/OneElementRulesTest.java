package io.multishot.tck.reactivestreams;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.reactor.ReactiveReceiver;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
    abstract static class Fixture {
        final Receiver<Integer> receiver = new Receiver<>();
        final ReactiveReceiver<Integer> reactive = ReactiveReceiver.from(receiver);

        abstract Mono<Integer> publisher();

        /** The sender of the round; available after the subscriber's first request. */
        abstract Sender<Integer> sender();

        /** Whether the round's value, sent after the subscription ended, is still there for the next one. */
        abstract boolean keepsRoundOnCancel();
    }

    static final class ReceiveFixture extends Fixture {
        final Sender<Integer> sender = receiver.sender();

        @Override
        Mono<Integer> publisher() {
            return reactive.receive();
        }

        @Override
        Sender<Integer> sender() {
            return sender;
        }

        @Override
        boolean keepsRoundOnCancel() {
            return true;
        }
    }

    static final class ExchangeFixture extends Fixture {
        final List<Sender<Integer>> handedOut = new ArrayList<>();

        @Override
        Mono<Integer> publisher() {
            return reactive.exchange(handedOut::add);
        }

        @Override
        Sender<Integer> sender() {
            return handedOut.get(handedOut.size() - 1);
        }

        @Override
        boolean keepsRoundOnCancel() {
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
        return Stream.of(Named.of("receive", new ReceiveFixture()), Named.of("exchange", new ExchangeFixture()));
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
        assertThat(fixture.receiver.hasLiveSender()).isEqualTo(fixture.keepsRoundOnCancel());
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec307_cancelAfterCancel_isNoOp(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(1);
        Sender<Integer> sender = fixture.sender();
        recorder.subscription.cancel();
        recorder.subscription.cancel();
        assertThat(sender.send(1)).isEqualTo(fixture.keepsRoundOnCancel());
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
        Sender<Integer> sender = fixture.sender();
        recorder.subscription.request(0);
        assertThat(sender.send(1)).isEqualTo(fixture.keepsRoundOnCancel());
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
        Sender<Integer> sender = fixture.sender();
        recorder.subscription.cancel();
        assertThat(sender.isOpen()).isEqualTo(fixture.keepsRoundOnCancel());
        sender.send(1);
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
        assertThat(fixture.sender()).isNotNull(); // the channel itself is still held
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
        fixture.sender().send(1);
        assertThat(recorder.signals).containsExactly(1, "complete");
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void spec317_demandBeyondLongMaxValue_signalsOneElementAndNoError(Fixture fixture) {
        Recorder recorder = subscribe(fixture);
        recorder.subscription.request(Long.MAX_VALUE);
        recorder.subscription.request(Long.MAX_VALUE);
        recorder.subscription.request(1);
        fixture.sender().send(1);
        recorder.subscription.request(Long.MAX_VALUE);
        assertThat(recorder.signals).containsExactly(1, "complete");
    }
}
