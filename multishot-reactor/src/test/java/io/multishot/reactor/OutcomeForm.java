package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.ReplyResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** One of the Monos of an outcome, and what brings its outcome about. */
abstract class OutcomeForm {
    /** The forms by name. */
    enum Kind {
        RECEIVE(Receive::new),
        RECEIVE_BESIDE_SENDERS(ReceiveBesideSenders::new),
        EXCHANGE(Exchange::new),
        REQUEST(() -> new Request(null)),
        REQUEST_THAT_MAY_WAIT(() -> new Request(Duration.ZERO));

        private final Supplier<OutcomeForm> factory;

        Kind(Supplier<OutcomeForm> factory) {
            this.factory = factory;
        }

        OutcomeForm create() {
            return factory.get();
        }
    }

    /** Assembles a Mono. */
    final Mono<String> assemble() {
        return assemble(() -> {});
    }

    /** Assembles a Mono that calls code of the user once it waits; {@code receive()} calls none. */
    abstract Mono<String> assemble(Runnable code);

    /** Returns what a subscription to a Mono names as its parent in a scan. */
    abstract Object parentOf(Mono<String> mono);

    /** Makes it possible to subscribe: an open round, if that is opened elsewhere. */
    void prepare() {}

    /** Ends the wait of the last subscription; {@code false} if it is over. */
    abstract boolean answer(String value);

    abstract boolean fail(Throwable cause);

    abstract Disposable disposable();

    /** The error of a subscription that waits when all is disposed. */
    abstract Class<? extends Throwable> endByDispose();

    /** The error of a subscription when all is disposed already. */
    Class<? extends Throwable> refusalAfterDispose() {
        return IllegalStateException.class;
    }

    /** The error of a subscription while another one waits. */
    Class<? extends Throwable> refusal() {
        return IllegalStateException.class;
    }

    /** Returns whether code of the user is called by a queue. */
    boolean isQueued() {
        return false;
    }

    /** Expects that nothing was opened yet but by {@link #prepare}. */
    abstract void expectUntouched();

    /** Expects that nothing was handed out and that no subscription waits. */
    abstract void expectNothingWaits();

    private abstract static class OfAChannel extends OutcomeForm {
        final ReactiveReceiver<String> reactive = ReactiveReceiver.create();

        @Override
        Object parentOf(Mono<String> mono) {
            return reactive;
        }

        @Override
        Disposable disposable() {
            return reactive;
        }

        @Override
        Class<? extends Throwable> endByDispose() {
            return SenderClosedException.class;
        }
    }

    /** By {@code receive()}; the round is opened in one way or another. */
    private abstract static class OfAReceive extends OfAChannel {
        @Override
        Mono<String> assemble(Runnable code) {
            return reactive.receive();
        }

        @Override
        Class<? extends Throwable> refusalAfterDispose() {
            return SenderClosedException.class;
        }

        @Override
        void expectUntouched() {
            assertThat(reactive).hasToString("ReactiveReceiver[open]");
        }

        @Override
        void expectNothingWaits() {
            expectUntouched();
        }
    }

    private static final class Receive extends OfAReceive {
        private final Receiver<String> receiver = reactive.receiver();
        private @Nullable Sender<String> sender;

        @Override
        void prepare() {
            if (!reactive.isDisposed() && !receiver.hasLiveSender()) {
                sender = receiver.sender();
            }
        }

        @Override
        boolean answer(String value) {
            return sender != null && sender.send(value);
        }

        @Override
        boolean fail(Throwable cause) {
            return sender != null && sender.fail(cause);
        }
    }

    /** The rounds are opened by a subscription to {@code senders()}. */
    private static final class ReceiveBesideSenders extends OfAReceive {
        private final RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.patient();

        ReceiveBesideSenders() {
            reactive.senders().subscribe(slots);
        }

        @Override
        void prepare() {
            if (!reactive.isDisposed() && !reactive.receiver().hasLiveSender()) {
                slots.request(1);
            }
        }

        private Sender<String> sender() {
            return slots.values().get(slots.values().size() - 1);
        }

        @Override
        boolean answer(String value) {
            return sender().send(value);
        }

        @Override
        boolean fail(Throwable cause) {
            return sender().fail(cause);
        }
    }

    private static final class Exchange extends OfAChannel {
        private final List<Sender<String>> handedOut = new ArrayList<>();

        @Override
        Mono<String> assemble(Runnable code) {
            return reactive.exchange(sender -> {
                handedOut.add(sender);
                code.run();
            });
        }

        @Override
        boolean answer(String value) {
            return handedOut.get(handedOut.size() - 1).send(value);
        }

        @Override
        boolean fail(Throwable cause) {
            return handedOut.get(handedOut.size() - 1).fail(cause);
        }

        @Override
        void expectUntouched() {
            assertThat(handedOut).isEmpty();
            assertThat(reactive).hasToString("ReactiveReceiver[no round yet]");
        }

        @Override
        void expectNothingWaits() {
            assertThat(handedOut).isEmpty();
            assertThat(reactive.receiver().hasLiveSender()).isFalse();
        }
    }

    private static final class Request extends OutcomeForm {
        private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1);
        private final List<Long> tickets = new ArrayList<>();
        private final @Nullable Duration maxWait;

        Request(@Nullable Duration maxWait) {
            this.maxWait = maxWait;
        }

        @Override
        boolean isQueued() {
            return maxWait != null;
        }

        @Override
        Mono<String> assemble(Runnable code) {
            LongFunction<Publisher<?>> send = ticket -> {
                tickets.add(ticket);
                code.run();
                return Mono.empty();
            };
            return maxWait == null ? correlator.request(send) : correlator.request(null, maxWait, send);
        }

        @Override
        Object parentOf(Mono<String> mono) {
            return mono;
        }

        @Override
        boolean answer(String value) {
            return correlator.complete(tickets.get(tickets.size() - 1), value) == ReplyResult.DELIVERED;
        }

        @Override
        boolean fail(Throwable cause) {
            return correlator.fail(tickets.get(tickets.size() - 1), cause) == ReplyResult.DELIVERED;
        }

        @Override
        Disposable disposable() {
            return correlator;
        }

        @Override
        Class<? extends Throwable> endByDispose() {
            return CorrelatorClosedException.class;
        }

        @Override
        Class<? extends Throwable> refusal() {
            return CorrelatorFullException.class;
        }

        @Override
        void expectUntouched() {
            expectNothingWaits();
            assertThat(correlator.statistics().opened()).isZero();
        }

        @Override
        void expectNothingWaits() {
            assertThat(tickets).isEmpty();
            assertThat(correlator.inFlight()).isZero();
        }
    }
}
