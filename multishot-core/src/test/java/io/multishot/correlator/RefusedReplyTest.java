package io.multishot.correlator;

import static io.multishot.correlator.ReplyResult.DELIVERED;
import static io.multishot.correlator.ReplyResult.DUPLICATE;
import static io.multishot.correlator.ReplyResult.LATE;
import static io.multishot.correlator.ReplyResult.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reply is told that comes too late, twice, or from nowhere; and that it disturbs nobody. */
class RefusedReplyTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(() -> 0).sweepByCaller().build();

    /** The ways in which a request ends, and what a reply is after that. */
    enum End {
        COMPLETED(DUPLICATE, correlator -> correlator.complete(ticket(correlator), "a")),
        FAILED(DUPLICATE, correlator -> correlator.fail(ticket(correlator), CAUSE)),
        TIMED_OUT(LATE, Correlator::expire),
        FAILED_BY_FAIL_ALL(LATE, correlator -> correlator.failAll(CAUSE)),
        CLOSED(LATE, Correlator::close);

        private final ReplyResult further;
        private final Consumer<Correlator<String>> end;

        End(ReplyResult further, Consumer<Correlator<String>> end) {
            this.further = further;
            this.end = end;
        }

        private static long ticket(Correlator<?> correlator) {
            return correlator.snapshot().get(0).ticket();
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void reply_requestEndedAndNotReceived_isRefused(End how) {
        Pending<String> pending = correlator.open(Duration.ZERO);

        how.end.accept(correlator);

        expectRefused(pending.ticket(), how.further);
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void reply_requestEndedWithAWaiter_isRefused(End how) {
        RecordingCallback<String> callback = new RecordingCallback<>();
        Pending<String> pending = correlator.open(Duration.ZERO, callback);

        how.end.accept(correlator);
        callback.reset();

        expectRefused(pending.ticket(), how.further);
        callback.expectNothing();
    }

    @ParameterizedTest
    @EnumSource(value = End.class, names = "CLOSED", mode = EnumSource.Mode.EXCLUDE)
    void reply_slotHasMovedOnToARequestInFlight_isLateAndDisturbsNobody(End how) {
        Pending<String> old = correlator.open(Duration.ZERO);
        how.end.accept(correlator);
        Pending<String> next = correlator.open();

        expectRefused(old.ticket(), LATE);

        assertThat(next.tryReceive()).isNull();
        assertThat(correlator.complete(next.ticket(), "b")).isEqualTo(DELIVERED);
        assertThat(next.tryReceive()).isEqualTo("b");
    }

    @Test
    void reply_slotNeverUsed_isUnknown() {
        long ticket = firstTicket(correlator);

        expectRefused(ticket, UNKNOWN);

        assertThat(correlator.open().ticket()).isEqualTo(ticket);
    }

    @Test
    void reply_toTheTicketAfterTheLast_isUnknown() {
        Pending<String> inFlight = correlator.open();
        expectRefused(inFlight.ticket() + 1, UNKNOWN);
        expectRefused(inFlight.ticket() - 1, UNKNOWN);

        correlator.complete(inFlight.ticket(), "a");
        expectRefused(inFlight.ticket() + 1, UNKNOWN);
        expectRefused(inFlight.ticket() - 1, UNKNOWN);
    }

    @Test
    void reply_randomTickets_areUnknownAndDisturbNobody() {
        Correlator<String> odd = Correlator.builder(5).sweepByCaller().build();
        for (int i = 0; i < 5; i++) {
            odd.open();
        }
        SplittableRandom random = new SplittableRandom(42);

        for (int i = 0; i < 10_000; i++) {
            assertThat(odd.complete(random.nextLong(), "a")).isEqualTo(UNKNOWN);
        }
        for (long ticket : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(odd.fail(ticket, CAUSE)).isEqualTo(UNKNOWN);
        }

        assertThat(odd.inFlight()).isEqualTo(5);
        assertThat(odd.statistics().unknown()).isEqualTo(10_005);
    }

    @Test
    void reply_toAnEarlierRun_isUnknown() {
        Correlator<String> later =
                Correlator.builder(1).timeSource(() -> 0).sweepByCaller().build();
        Pending<String> inFlight = later.open();
        for (int i = 0; i < 100; i++) {
            Pending<String> earlier = correlator.open();
            assertThat(later.complete(earlier.ticket(), "a")).isEqualTo(UNKNOWN);
            earlier.cancel();
        }
        assertThat(inFlight.tryReceive()).isNull();
    }

    private static long firstTicket(Correlator<String> correlator) {
        return Tables.firstChunk(correlator).nextRequest(0).ticket();
    }

    private void expectRefused(long ticket, ReplyResult expected) {
        for (int i = 0; i < 2; i++) {
            assertThat(correlator.complete(ticket, "refused")).isEqualTo(expected);
            assertThat(correlator.fail(ticket, CAUSE)).isEqualTo(expected);
            assertThat(correlator.complete(Ticket.toHex(ticket), "refused")).isEqualTo(expected);
            assertThat(correlator.fail(Ticket.toBytes(ticket), CAUSE)).isEqualTo(expected);
        }
    }
}
