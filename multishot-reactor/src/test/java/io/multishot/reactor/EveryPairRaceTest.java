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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.test.util.RaceTestUtils;

/**
 * Every pair of signals at the Reactor side, each with itself included, at the same moment: whatever comes of it, the
 * books balance. {@link ReactiveReceiverRaceTest} and {@link SendersRaceTest} say for single pairs what exactly comes
 * of them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EveryPairRaceTest {
    private static final int ROUNDS = 400;

    /** What one side of a race does. */
    record Signal(String name, Consumer<Round> emission) {
        void emit(Round round) {
            emission.accept(round);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Signal SENDERS_SUBSCRIBE = new Signal("senders subscribe", Round::subscribeToSenders);
    private static final Signal RECEIVE = new Signal("receive", Round::receive);
    private static final Signal EXCHANGE = new Signal("exchange", Round::exchange);
    private static final Signal WAITING_CANCEL = new Signal("cancel of who waits", round -> round.waiting.cancel());
    private static final Signal SEND = new Signal("send", round -> round.send(round.sender));
    private static final Signal FAIL =
            new Signal("fail", round -> round.sender.fail(new IllegalArgumentException("failed")));
    private static final Signal CLOSE = new Signal("close", round -> round.sender.close());
    private static final Signal REVOKE =
            new Signal("revoke", round -> round.receiver.receiver().revoke());
    private static final Signal DISPOSE = new Signal("dispose", round -> round.receiver.dispose());

    /**
     * While {@code senders()} has a subscriber with demand, and a receive waits in the round of the sender that it has.
     */
    private static final List<Signal> WITH_SENDERS = List.of(
            new Signal("request of a sender", round -> round.slots.request(1)),
            new Signal("senders cancel", round -> round.slots.cancel()),
            SENDERS_SUBSCRIBE,
            RECEIVE,
            WAITING_CANCEL,
            EXCHANGE,
            SEND,
            FAIL,
            CLOSE,
            REVOKE,
            DISPOSE);

    /** While an exchange waits for its answer. */
    private static final List<Signal> WITH_EXCHANGE = List.of(
            new Signal("request", round -> round.waiting.request(1)),
            WAITING_CANCEL,
            EXCHANGE,
            SENDERS_SUBSCRIBE,
            RECEIVE,
            SEND,
            FAIL,
            CLOSE,
            REVOKE,
            DISPOSE);

    /** Of one upstream, and so serial (§1.3). */
    private static final List<Signal> OF_UPSTREAM = List.of(
            new Signal("next", Round::next),
            new Signal("error", round -> round.pipeline.onError(new IllegalArgumentException("failed"))),
            new Signal("complete", round -> round.pipeline.onComplete()));

    /** While a pipeline ends in the sender of a round in which an exchange waits. */
    private static final List<Signal> WITH_SUBSCRIBER = Stream.concat(
                    OF_UPSTREAM.stream(), Stream.of(WAITING_CANCEL, SEND, REVOKE, DISPOSE))
            .toList();

    /** One round to race in, and its books. */
    static final class Round {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final RecordingSubscriber<Sender<Integer>> slots = RecordingSubscriber.patient();
        final RecordingSubscriber<Integer> waiting = RecordingSubscriber.unbounded();
        final List<RecordingSubscriber<Integer>> receives = new ArrayList<>();
        final List<RecordingSubscriber<Sender<Integer>>> senders = new ArrayList<>();
        final List<Sender<Integer>> handedOut = new ArrayList<>();
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicReference<Sender<Integer>> asked = new AtomicReference<>();

        @SuppressWarnings("NullAway.Init") // by whoever makes the round
        Sender<Integer> sender;

        final RecordingSubscriber<Integer> upstreamHooks = RecordingSubscriber.unbounded();

        @SuppressWarnings("NullAway.Init") // by withSubscriber, for the signals of a pipeline
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
        return pairs(WITH_SENDERS);
    }

    static Stream<Arguments> pairsWithExchange() {
        return pairs(WITH_EXCHANGE);
    }

    static Stream<Arguments> pairsWithSubscriber() {
        return pairs(WITH_SUBSCRIBER).filter(pair -> !OF_UPSTREAM.containsAll(List.of(pair.get())));
    }

    private static Stream<Arguments> pairs(List<Signal> signals) {
        return IntStream.range(0, signals.size())
                .boxed()
                .flatMap(i ->
                        signals.subList(i, signals.size()).stream().map(other -> Arguments.of(signals.get(i), other)));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithSenders")
    void withSenders_pair_booksBalance(Signal one, Signal other) {
        race(Round::withSenders, one, other, one == DISPOSE || other == DISPOSE);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithExchange")
    void withExchange_pair_booksBalance(Signal one, Signal other) {
        race(Round::withExchange, one, other, one == DISPOSE || other == DISPOSE);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithSubscriber")
    void withSubscriber_pair_booksBalance(Signal one, Signal other) {
        race(Round::withSubscriber, one, other, false);
    }

    private static void race(Supplier<Round> rounds, Signal one, Signal other, boolean mayRelease) {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = rounds.get();
            RaceTestUtils.race(() -> one.emit(round), () -> other.emit(round));
            round.expectBalance(mayRelease);
        }
    }
}
