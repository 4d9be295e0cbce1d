package io.multishot.reactor;

import static io.multishot.reactor.Races.race;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.Races.Side;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * What two threads may do at the same moment to a request of {@link ReactiveCorrelator}, in a table of one slot: every
 * pair in each situation, after which the books balance.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RequestRaceTest {
    private static final int ROUNDS = 700;

    /** For a window of a few instructions. */
    private static final int DENSE_ROUNDS = 12_000;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long AFTER_EVERY_DEADLINE = Duration.ofDays(1).toNanos();
    private static final RuntimeException FAILED = new RuntimeException("failed");
    private static final RuntimeException LOST = new RuntimeException("connection lost");
    private static final RuntimeException UNSENT = new UnsupportedOperationException("could not be sent");

    private static final Side<Table> REQUEST = new Side<>("request", table -> table.main.request(1));
    private static final Side<Table> BAD_REQUEST = new Side<>("bad request", table -> table.main.request(0));
    private static final Side<Table> CANCEL = new Side<>("cancel", table -> table.main.cancel());
    private static final Side<Table> ANOTHER = new Side<>("another", Table::another);
    private static final Side<Table> ANOTHER_WAITS = new Side<>("another that may wait", Table::anotherThatMayWait);
    private static final Side<Table> COMPLETE = new Side<>("complete", table -> table.complete(table.tickets.get(0)));
    private static final Side<Table> FAIL =
            new Side<>("fail", table -> table.correlator.fail(table.tickets.get(0), FAILED));
    private static final Side<Table> EXPIRE = new Side<>("expire", table -> table.core.expire(AFTER_EVERY_DEADLINE));
    private static final Side<Table> FAIL_ALL = new Side<>("failAll", table -> table.correlator.failAll(LOST));
    private static final Side<Table> DISPOSE = new Side<>("dispose", table -> table.correlator.dispose());
    private static final Side<Table> SENDING_SUBSCRIBED =
            new Side<>("sending subscribed", table -> table.sending.handOver());
    private static final Side<Table> SENDING_FAILS = new Side<>("sending fails", table -> table.sending.fail());
    private static final Side<Table> SENDING_COMPLETES =
            new Side<>("sending completes", table -> table.sending.complete());
    private static final Side<Table> HOLDER_CANCEL = new Side<>("cancel of the holder", table -> table.holder.cancel());

    /** Of one publisher, and so serial (§1.3). */
    private static final List<Side<Table>> OF_THE_SENDING =
            List.of(SENDING_SUBSCRIBED, SENDING_FAILS, SENDING_COMPLETES);

    private static final List<Side<Table>> OF_THE_TABLE = List.of(ANOTHER, ANOTHER_WAITS, EXPIRE, FAIL_ALL, DISPOSE);

    private static final List<Side<Table>> NOT_SENT = List.of(REQUEST, BAD_REQUEST, CANCEL);

    private static final List<Side<Table>> SENT =
            List.of(COMPLETE, FAIL, CANCEL, BAD_REQUEST, SENDING_FAILS, SENDING_COMPLETES);

    /** What the main request is doing, and the sides that may race then. */
    enum Situation {
        NOT_REQUESTED(Table::notRequested, NOT_SENT),
        NOT_REQUESTED_THAT_MAY_WAIT(Table::notRequestedThatMayWait, NOT_SENT),
        NOT_REQUESTED_IN_A_FULL_TABLE(Table::full, NOT_SENT),
        IN_FLIGHT(Table::inFlight, SENT),
        IN_FLIGHT_THAT_MIGHT_HAVE_WAITED(Table::inFlightThatMightHaveWaited, SENT),
        /** What {@code send} returned was subscribed to, and has not handed over its subscription. */
        SUBSCRIBING(Table::subscribing, List.of(SENDING_SUBSCRIBED, COMPLETE, FAIL, CANCEL, BAD_REQUEST)),
        /** Another request has the slot, which is what completes or fails. */
        WAITING(Table::waiting, List.of(COMPLETE, HOLDER_CANCEL, CANCEL, BAD_REQUEST));

        final Supplier<Table> tables;
        private final List<Side<Table>> sides;

        Situation(Supplier<Table> tables, List<Side<Table>> ofTheRequest) {
            this.tables = tables;
            sides = Stream.concat(ofTheRequest.stream(), OF_THE_TABLE.stream()).toList();
        }

        Stream<Arguments> pairs() {
            return Races.pairs(sides, OF_THE_SENDING).map(pair -> Arguments.of(this, pair.get()[0], pair.get()[1]));
        }
    }

    /** What {@code send} of the main request returns: the test signals its subscriber. */
    static final class Sending implements Publisher<Object>, Subscription {
        private final boolean atOnce;
        private final AtomicReference<@Nullable Subscriber<? super Object>> subscriber = new AtomicReference<>();
        private volatile boolean handedOver;
        private volatile boolean failed;
        private volatile boolean cancelled;

        Sending(boolean atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void subscribe(Subscriber<? super Object> s) {
            assertThat(subscriber.getAndSet(s)).isNull();
            if (atOnce) {
                handOver();
            }
        }

        private Subscriber<? super Object> subscriber() {
            return Objects.requireNonNull(subscriber.get(), "not subscribed");
        }

        void handOver() {
            handedOver = true;
            subscriber().onSubscribe(this);
        }

        void fail() {
            failed = true;
            subscriber().onError(UNSENT);
        }

        void complete() {
            subscriber().onComplete();
        }

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancelled = true;
        }

        void handOverIfSubscribed() {
            if (subscriber.get() != null && !handedOver) {
                handOver();
            }
        }
    }

    /** A table of one slot to race in, and its books. */
    static final class Table {
        final Correlator<Integer> core = Correlator.builder(1)
                .sweepByCaller()
                .timeSource(() -> 0)
                .maxWaiting(4)
                .build();
        final ReactiveCorrelator<Integer> correlator = ReactiveCorrelator.from(core);

        /** Of the requests that were sent, in order. */
        final List<Long> tickets = new CopyOnWriteArrayList<>();

        final RecordingSubscriber<Integer> main = RecordingSubscriber.patient();
        final Sending sending;
        final RecordingSubscriber<Integer> holder = RecordingSubscriber.unbounded();
        final List<RecordingSubscriber<Integer>> subscribers = new CopyOnWriteArrayList<>();
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger accepted = new AtomicInteger();

        private Table(boolean subscribingAtOnce, boolean mayWait) {
            sending = new Sending(subscribingAtOnce);
            subscribers.add(main);
            (mayWait ? correlator.request(SECOND, SECOND, this::sendMain) : correlator.request(SECOND, this::sendMain))
                    .subscribe(main);
        }

        static Table notRequested() {
            return new Table(true, false);
        }

        static Table notRequestedThatMayWait() {
            return new Table(true, true);
        }

        static Table inFlight() {
            return notRequested().requested();
        }

        static Table inFlightThatMightHaveWaited() {
            return notRequestedThatMayWait().requested();
        }

        private Table requested() {
            main.request(1);
            return this;
        }

        static Table subscribing() {
            return new Table(false, false).requested();
        }

        /** The slot is taken, and the main request, which may wait for it, is not requested yet. */
        static Table full() {
            Table table = new Table(true, true);
            table.subscribers.add(table.holder);
            table.correlator.request(table::send).subscribe(table.holder);
            return table;
        }

        /** The ticket in the list is that of the holder of the slot. */
        static Table waiting() {
            Table table = full().requested();
            assertThat(table.core.statistics().waiting()).isOne();
            return table;
        }

        private Publisher<?> sendMain(long ticket) {
            tickets.add(ticket);
            return sending;
        }

        private Publisher<?> send(long ticket) {
            tickets.add(ticket);
            return Mono.empty();
        }

        void another() {
            RecordingSubscriber<Integer> another = RecordingSubscriber.unbounded();
            subscribers.add(another);
            correlator.request(this::send).subscribe(another);
        }

        void anotherThatMayWait() {
            RecordingSubscriber<Integer> another = RecordingSubscriber.unbounded();
            subscribers.add(another);
            correlator.request(null, SECOND, this::send).subscribe(another);
        }

        void complete(long ticket) {
            if (correlator.complete(ticket, sent.incrementAndGet()) == ReplyResult.DELIVERED) {
                accepted.incrementAndGet();
            }
        }

        /** Answers all that still wait, one after the other, and compares. */
        void expectBalance() {
            if (!main.isCancelled()) {
                main.request(1); // if that was no side of the race
            }
            expectOneRequestForEachThatWaits();
            sending.handOverIfSubscribed();
            for (int i = 0; i < tickets.size(); i++) { // it grows while slots are passed on
                complete(tickets.get(i));
            }
            assertThat(tickets).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(subscribers.size());
            int seen = 0;
            for (RecordingSubscriber<Integer> each : subscribers) {
                seen += each.values().size() + each.discarded().size();
                each.expectOneEndOfAMono();
            }
            assertThat(seen).as("values seen").isEqualTo(accepted.get());
            boolean sendingEnded = sending.subscriber.get() != null && !mainHasValue();
            assertThat(sending.cancelled).as("sending cancelled").isEqualTo(sendingEnded);
            assertThat(seen(UNSENT.getClass())).as("failures of the sending").isEqualTo(sending.failed ? 1 : 0);
            assertThat(seen(TimeoutException.class))
                    .as("timeouts")
                    .isEqualTo(core.statistics().timedOut());
            expectIdle();
        }

        /** Nothing is in flight or in the queue for a subscriber that cancelled or had its end. */
        private void expectOneRequestForEachThatWaits() {
            long waiting = subscribers.stream()
                    .filter(each -> each.signals().isEmpty() && !each.isCancelled())
                    .count();
            CorrelatorStatistics counts = core.statistics();
            assertThat(counts.inFlight() + counts.waiting()).as("of %s", counts).isEqualTo(waiting);
        }

        /** Returns how many errors of this type were signalled or dropped. */
        private long seen(Class<? extends Throwable> error) {
            return subscribers.stream()
                    .flatMap(each -> Stream.concat(
                            each.signals().stream().map(Signal::getThrowable), each.droppedErrors().stream()))
                    .filter(error::isInstance)
                    .count();
        }

        private boolean mainHasValue() {
            return main.hasValue() || !main.discarded().isEmpty();
        }

        /** The slot is free, once, and every request that was opened had one end. */
        void expectIdle() {
            CorrelatorStatistics counts = core.statistics();
            assertThat(counts.inFlight()).as("in flight").isZero();
            assertThat(counts.waiting()).as("waiting").isZero();
            assertThat(counts.delivered()).isEqualTo(accepted.get());
            assertThat(counts.opened())
                    .as("opened, of %s", counts)
                    .isEqualTo(counts.delivered() + counts.failed() + counts.timedOut() + counts.cancelled());
            if (!core.isClosed()) {
                Pending<Integer> only = core.open();
                assertThatThrownBy(core::open).isInstanceOf(CorrelatorFullException.class);
                assertThat(core.complete(only.ticket(), 0)).isEqualTo(ReplyResult.DELIVERED);
            }
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Situation.values()).flatMap(Situation::pairs);
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    void pair_booksBalance(Situation situation, Side<Table> one, Side<Table> other) {
        race(ROUNDS, situation.tables, one::run, other::run, Table::expectBalance);
    }

    /** Pairs that meet in a window of a few instructions, and a sequel which would show it. */
    static Stream<Arguments> narrowPairs() {
        Side<Table> cancelThenAnother = CANCEL.then(ANOTHER);
        return Stream.of(
                Arguments.of(Situation.NOT_REQUESTED, REQUEST, REQUEST),
                Arguments.of(Situation.NOT_REQUESTED, REQUEST, CANCEL),
                Arguments.of(Situation.NOT_REQUESTED, REQUEST, cancelThenAnother),
                Arguments.of(Situation.NOT_REQUESTED, REQUEST, DISPOSE),
                Arguments.of(Situation.NOT_REQUESTED_THAT_MAY_WAIT, REQUEST, REQUEST),
                Arguments.of(Situation.NOT_REQUESTED_THAT_MAY_WAIT, REQUEST, CANCEL),
                Arguments.of(Situation.NOT_REQUESTED_THAT_MAY_WAIT, REQUEST, cancelThenAnother),
                Arguments.of(Situation.NOT_REQUESTED_IN_A_FULL_TABLE, REQUEST, CANCEL),
                Arguments.of(Situation.SUBSCRIBING, SENDING_SUBSCRIBED, CANCEL),
                Arguments.of(Situation.SUBSCRIBING, SENDING_SUBSCRIBED, EXPIRE),
                Arguments.of(Situation.WAITING, COMPLETE, CANCEL),
                Arguments.of(Situation.WAITING, HOLDER_CANCEL, CANCEL),
                Arguments.of(Situation.WAITING, HOLDER_CANCEL, EXPIRE),
                Arguments.of(Situation.WAITING, CANCEL, ANOTHER_WAITS));
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("narrowPairs")
    void narrowPair_booksBalance(Situation situation, Side<Table> one, Side<Table> other) {
        race(DENSE_ROUNDS, situation.tables, one::run, other::run, Table::expectBalance);
    }

    @Test
    void release_vsAnother_theFirstInTheQueueGetsTheSlot() {
        race(DENSE_ROUNDS, Table::waiting, HOLDER_CANCEL::run, ANOTHER::run, table -> {
            table.main.expectNoSignal();
            assertThat(table.tickets).hasSize(2);
            table.subscribers.get(2).expectError(CorrelatorFullException.class);
            table.expectBalance();
        });
    }
}
