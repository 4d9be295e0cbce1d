package io.multishot.reactor;

import static io.multishot.reactor.Races.pairs;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Sender;
import io.multishot.SenderClosedException;
import io.multishot.reactor.Races.Side;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

    private static final Side<Round> SENDERS_SUBSCRIBE = new Side<>("senders subscribe", Round::subscribeToSenders);
    private static final Side<Round> RECEIVE = new Side<>("receive", Round::receive);
    private static final Side<Round> EXCHANGE = new Side<>("exchange", Round::exchange);
    private static final Side<Round> WAITING_CANCEL = new Side<>("cancel", round -> round.waiting.cancel());
    private static final Side<Round> SEND = new Side<>("send", round -> round.send(round.sender));
    private static final Side<Round> FAIL =
            new Side<>("fail", round -> round.sender.fail(new IllegalArgumentException("failed")));
    private static final Side<Round> CLOSE = new Side<>("close", round -> round.sender.close());
    private static final Side<Round> REVOKE =
            new Side<>("revoke", round -> round.receiver.receiver().revoke());
    private static final Side<Round> DISPOSE = new Side<>("dispose", round -> round.receiver.dispose());

    /**
     * While {@code senders()} has a subscriber with demand, and a receive waits in the round of the sender that it has.
     */
    private static final List<Side<Round>> WITH_SENDERS = List.of(
            new Side<>("request of a sender", round -> round.slots.request(1)),
            new Side<>("senders cancel", round -> round.slots.cancel()),
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
    private static final List<Side<Round>> WITH_EXCHANGE = List.of(
            new Side<>("request", round -> round.waiting.request(1)),
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
    private static final List<Side<Round>> OF_UPSTREAM = List.of(
            new Side<>("next", Round::next),
            new Side<>("error", round -> round.pipeline.onError(new IllegalArgumentException("failed"))),
            new Side<>("complete", round -> round.pipeline.onComplete()));

    /** While a pipeline ends in the sender of a round in which an exchange waits. */
    private static final List<Side<Round>> WITH_SUBSCRIBER = Stream.concat(
                    OF_UPSTREAM.stream(), Stream.of(WAITING_CANCEL, SEND, REVOKE, DISPOSE))
            .toList();

    /** One round to race in, and its books. */
    static final class Round {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final RecordingSubscriber<Sender<Integer>> slots = RecordingSubscriber.patient();
        final RecordingSubscriber<Integer> waiting = RecordingSubscriber.unbounded();
        final List<RecordingSubscriber<Integer>> receives = new CopyOnWriteArrayList<>();
        final List<RecordingSubscriber<Sender<Integer>>> senders = new CopyOnWriteArrayList<>();
        final List<Sender<Integer>> handedOut = new CopyOnWriteArrayList<>();
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicReference<Sender<Integer>> asked = new AtomicReference<>();

        @SuppressWarnings("NullAway.Init") // by the factory methods
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

        /** A pipeline does not learn whether its value was accepted: it is received, or discarded. */
        void next() {
            accepted.incrementAndGet();
            pipeline.onNext(sent.incrementAndGet());
        }

        void receive() {
            receiver.receive().subscribe(added(receives));
        }

        void exchange() {
            receiver.exchange(handedOut::add).subscribe(added(receives));
        }

        void subscribeToSenders() {
            receiver.senders().subscribe(added(senders));
        }

        private static <V> RecordingSubscriber<V> added(List<RecordingSubscriber<V>> subscribers) {
            RecordingSubscriber<V> another = RecordingSubscriber.unbounded();
            subscribers.add(another);
            return another;
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
                receive.expectOneEndOfAMono();
            }
            senders.forEach(RecordingSubscriber::expectOneEnd);
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

    static Stream<Arguments> pairsWithSenders() {
        return pairs(WITH_SENDERS, List.of());
    }

    static Stream<Arguments> pairsWithExchange() {
        return pairs(WITH_EXCHANGE, List.of());
    }

    static Stream<Arguments> pairsWithSubscriber() {
        return pairs(WITH_SUBSCRIBER, OF_UPSTREAM);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithSenders")
    void withSenders_pair_booksBalance(Side<Round> one, Side<Round> other) {
        race(Round::withSenders, one, other, one == DISPOSE || other == DISPOSE);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithExchange")
    void withExchange_pair_booksBalance(Side<Round> one, Side<Round> other) {
        race(Round::withExchange, one, other, one == DISPOSE || other == DISPOSE);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairsWithSubscriber")
    void withSubscriber_pair_booksBalance(Side<Round> one, Side<Round> other) {
        race(Round::withSubscriber, one, other, false);
    }

    private static void race(Supplier<Round> rounds, Side<Round> one, Side<Round> other, boolean mayRelease) {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = rounds.get();
            RaceTestUtils.race(() -> one.run(round), () -> other.run(round));
            round.expectBalance(mayRelease);
        }
    }
}
