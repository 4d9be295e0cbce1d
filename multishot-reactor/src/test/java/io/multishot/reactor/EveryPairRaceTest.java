package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.test.util.RaceTestUtils;

/**
 * Every pair of signals at the Reactor side, each with itself included, at the same moment: whatever comes of it, the books
 * balance. {@link ReactiveReceiverRaceTest} and {@link SendersRaceTest} say for single pairs what exactly comes of them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EveryPairRaceTest {
    private static final int ROUNDS = 400;

    /** While {@code senders()} has a subscriber with demand, and a receive waits in the round of the sender that it has. */
    enum WithSenders implements Signal {
        REQUEST(round -> round.slots.request(1)),
        SENDERS_CANCEL(round -> round.slots.cancel()),
        SENDERS_SUBSCRIBE(Round::subscribeToSenders),
        RECEIVE(Round::receive),
        RECEIVE_CANCEL(round -> round.waiting.cancel()),
        EXCHANGE(Round::exchange),
        SEND(round -> round.send(round.sender)),
        FAIL(round -> round.sender.fail(new IllegalArgumentException("failed"))),
        CLOSE(round -> round.sender.close()),
        REVOKE(round -> round.receiver.receiver().revoke()),
        DISPOSE(round -> round.receiver.dispose());

        private final Signal signal;

        WithSenders(Signal signal) {
            this.signal = signal;
        }

        @Override
        public void emit(Round round) {
            signal.emit(round);
        }
    }

    /** While an exchange waits for its answer. */
    enum WithExchange implements Signal {
        REQUEST(round -> round.waiting.request(1)),
        EXCHANGE_CANCEL(round -> round.waiting.cancel()),
        EXCHANGE(Round::exchange),
        SENDERS_SUBSCRIBE(Round::subscribeToSenders),
        RECEIVE(Round::receive),
        SEND(round -> round.send(round.sender)),
        FAIL(round -> round.sender.fail(new IllegalArgumentException("failed"))),
        CLOSE(round -> round.sender.close()),
        REVOKE(round -> round.receiver.receiver().revoke()),
        DISPOSE(round -> round.receiver.dispose());

        private final Signal signal;

        WithExchange(Signal signal) {
            this.signal = signal;
        }

        @Override
        public void emit(Round round) {
            signal.emit(round);
        }
    }

    /** While a pipeline ends in the sender of a round in which an exchange waits. */
    enum WithSubscriber implements Signal {
        NEXT(Round::next),
        ERROR(round -> round.pipeline.onError(new IllegalArgumentException("failed"))),
        COMPLETE(round -> round.pipeline.onComplete()),
        EXCHANGE_CANCEL(round -> round.waiting.cancel()),
        SEND(round -> round.send(round.sender)),
        REVOKE(round -> round.receiver.receiver().revoke()),
        DISPOSE(round -> round.receiver.dispose());

        private final Signal signal;

        WithSubscriber(Signal signal) {
            this.signal = signal;
        }

        @Override
        public void emit(Round round) {
            signal.emit(round);
        }

        /** Signals of one upstream are serial (§1.3). */
        boolean isOfUpstream() {
            return this == NEXT || this == ERROR || this == COMPLETE;
        }
    }

    @FunctionalInterface
    interface Signal {
        void emit(Round round);
    }

    /** One round to race in, and its books. */
    private static final class Round {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final RecordingSubscriber<Sender<Integer>> slots = RecordingSubscriber.patient();
        final RecordingSubscriber<Integer> waiting = RecordingSubscriber.unbounded();
        final List<RecordingSubscriber<Integer>> receives = new ArrayList<>();
        final List<RecordingSubscriber<Sender<Integer>>> senders = new ArrayList<>();
        final List<Sender<Integer>> handedOut = new ArrayList<>();
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicReference<Sender<Integer>> asked = new AtomicReference<>();
        Sender<Integer> sender;
        final RecordingSubscriber<Integer> upstreamHooks = RecordingSubscriber.unbounded();
        CoreSubscriber<Integer> pipeline;

        static Round withSenders() {
            Round round = new Round();
            round.receives.add(round.waiting);
            round.senders.add(round.slots);
            round.receiver.senders().subscribe(round.slots);
            round.receiver.receive().subscribe(round.waiting);
            round.slots.request(2);
            round.sender = round.slots.values().get(0);
            return round;
        }

        static Round withExchange() {
            Round round = new Round();
            round.receives.add(round.waiting);
            round.receiver.exchange(round.asked::set).subscribe(round.waiting);
            round.sender = round.asked.get();
            return round;
        }

        static Round withSubscriber() {
            Round round = withExchange();
            round.pipeline = ReactiveReceiver.subscriberOf(round.sender, round.upstreamHooks.currentContext());
            round.pipeline.onSubscribe(Operators.emptySubscription());
            return round;
        }

        void send(Sender<Integer> to) {
            if (to.send(sent.incrementAndGet())) {
                accepted.incrementAndGet();
            }
        }

        /** A pipeline is not told whether its value was accepted: it is received, or discarded. */
        void next() {
            accepted.incrementAndGet();
            pipeline.onNext(sent.incrementAndGet());
        }

        void receive() {
            RecordingSubscriber<Integer> another = RecordingSubscriber.unbounded();
            synchronized (receives) {
                receives.add(another);
            }
            receiver.receive().subscribe(another);
        }

        void exchange() {
            RecordingSubscriber<Integer> another = RecordingSubscriber.unbounded();
            synchronized (receives) {
                receives.add(another);
            }
            receiver.exchange(handed -> {
                        synchronized (handedOut) {
                            handedOut.add(handed);
                        }
                    })
                    .subscribe(another);
        }

        void subscribeToSenders() {
            RecordingSubscriber<Sender<Integer>> another = RecordingSubscriber.unbounded();
            synchronized (senders) {
                senders.add(another);
            }
            receiver.senders().subscribe(another);
        }

        /** Ends what is under way, and compares. */
        void expectBalance(boolean mayRelease) {
            senders.forEach(subscriber -> handedOut.addAll(subscriber.values()));
            assertThat(handedOut.stream().filter(Sender::isOpen).count())
                    .as("live senders")
                    .isLessThanOrEqualTo(1);
            int unread = receiver.receiver().hasOutcome() ? takeUnread() : 0;
            receiver.dispose();
            int seen = unread;
            for (RecordingSubscriber<Integer> receive : receives) {
                seen += receive.values().size()
                        + (int) receive.discarded().stream()
                                .filter(Integer.class::isInstance)
                                .count();
                expectOneEnd(receive);
            }
            senders.forEach(EveryPairRaceTest::expectOneEnd);
            seen += upstreamHooks.discarded().size();
            assertThat(seen).as("values seen").isBetween(mayRelease ? 0 : accepted.get(), accepted.get());
        }

        private int takeUnread() {
            try {
                return receiver.receiver().tryReceive() == null ? 0 : 1;
            } catch (SenderClosedException | CompletionException noValue) {
                return 0;
            }
        }
    }

    /** One terminal signal, as the last one; none only for who cancelled. */
    private static void expectOneEnd(RecordingSubscriber<?> subscriber) {
        long ends = subscriber.signals().stream()
                .filter(signal -> !signal.isOnNext())
                .count();
        assertThat(ends).as("terminal signals of %s", subscriber.signals()).isLessThanOrEqualTo(1);
        if (ends == 1) {
            assertThat(subscriber.signals().get(subscriber.signals().size() - 1).isOnNext())
                    .as("a value is the last signal of %s", subscriber.signals())
                    .isFalse();
        } else {
            assertThat(subscriber.isCancelled()).as("waits for ever").isTrue();
        }
    }

    static Stream<Arguments> pairsWithSenders() {
        return pairs(WithSenders.values());
    }

    static Stream<Arguments> pairsWithExchange() {
        return pairs(WithExchange.values());
    }

    static Stream<Arguments> pairsWithSubscriber() {
        return pairs(WithSubscriber.values())
                .filter(pair -> !(((WithSubscriber) pair.get()[0]).isOfUpstream()
                        && ((WithSubscriber) pair.get()[1]).isOfUpstream()));
    }

    private static <S> Stream<Arguments> pairs(S[] signals) {
        List<Arguments> pairs = new ArrayList<>();
        for (int i = 0; i < signals.length; i++) {
            for (int j = i; j < signals.length; j++) {
                pairs.add(Arguments.of(signals[i], signals[j]));
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithSenders")
    void withSenders_pair_booksBalance(WithSenders one, WithSenders other) {
        boolean mayRelease = one == WithSenders.DISPOSE || other == WithSenders.DISPOSE;
        for (int i = 0; i < ROUNDS; i++) {
            Round round = Round.withSenders();
            RaceTestUtils.race(() -> one.emit(round), () -> other.emit(round));
            round.expectBalance(mayRelease);
        }
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithExchange")
    void withExchange_pair_booksBalance(WithExchange one, WithExchange other) {
        boolean mayRelease = one == WithExchange.DISPOSE || other == WithExchange.DISPOSE;
        for (int i = 0; i < ROUNDS; i++) {
            Round round = Round.withExchange();
            RaceTestUtils.race(() -> one.emit(round), () -> other.emit(round));
            round.expectBalance(mayRelease);
        }
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithSubscriber")
    void withSubscriber_pair_booksBalance(WithSubscriber one, WithSubscriber other) {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = Round.withSubscriber();
            RaceTestUtils.race(() -> one.emit(round), () -> other.emit(round));
            round.expectBalance(false);
        }
    }
}
