package io.multishot.correlator;

import static io.multishot.testkit.AllocationMeter.bytesPerRound;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Callback;
import io.multishot.Reaction;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a request allocates on its thread: its one object of 24 bytes, exactly. */
class CorrelatorAllocationTest {
    private static final String VALUE = "value";
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int REQUEST = 24;
    private static final int FAILURE = 16;
    private static final int IN_FLIGHT = 500;
    private static final int OF_A_SWEEP = 128;

    private final Correlator<String> correlator =
            Correlator.builder(4).sweepByCaller().build();
    private final Callback<String> callback = new Reaction<>(outcome -> {});

    /** The last request, so that every one of them escapes. */
    private Pending<String> pending = correlator.open();

    @Test
    void request_receivedByCallback_allocatesTheRequest() {
        expectBytes(REQUEST, () -> {
            pending = correlator.open();
            pending.receive(callback);
            correlator.complete(pending.ticket(), VALUE);
        });
    }

    @Test
    void request_answeredFirst_allocatesTheRequest() {
        expectBytes(REQUEST, () -> {
            pending = correlator.open();
            correlator.complete(pending.ticket(), VALUE);
            pending.tryReceive();
        });
    }

    @Test
    void request_openedWithCallback_allocatesTheRequest() {
        expectBytes(REQUEST, () -> {
            pending = correlator.open(null, callback);
            correlator.complete(pending.ticket(), VALUE);
        });
    }

    @Test
    void request_openedWithCallbackAndDeadline_allocatesTheRequest() {
        expectBytes(REQUEST, () -> {
            pending = correlator.open(HOUR, callback);
            correlator.complete(pending.ticket(), VALUE);
        });
    }

    @Test
    void request_sweptByTheSharedDaemon_allocatesTheRequest() {
        Correlator<String> usual = Correlator.withCapacity(4);
        usual.open();
        expectBytes(REQUEST, () -> {
            pending = usual.open(HOUR, callback);
            usual.complete(pending.ticket(), VALUE);
        });
        usual.close();
    }

    @Test
    void request_failed_allocatesTheFailureToo() {
        expectBytes(REQUEST + FAILURE, () -> {
            pending = correlator.open(null, callback);
            correlator.fail(pending.ticket(), CAUSE);
        });
    }

    @Test
    void request_cancelled_allocatesTheRequest() {
        expectBytes(REQUEST, () -> {
            pending = correlator.open(null, callback);
            pending.cancel();
        });
    }

    @Test
    void request_revokedByItsCallback_allocatesTheRequest() {
        expectBytes(REQUEST, () -> {
            pending = correlator.open(null, callback);
            callback.revoke();
        });
    }

    @Test
    void reply_refused_allocatesNothing() {
        long ticket = pending.ticket();
        correlator.complete(ticket, VALUE);
        expectBytes(0, () -> {
            correlator.complete(ticket, VALUE);
            correlator.complete(ticket + 4, VALUE);
            correlator.fail(ticket, CAUSE);
            correlator.fail(ticket + 4, CAUSE);
        });
    }

    @Test
    void reply_garbage_allocatesNothing() {
        byte[] bytes = new byte[7];
        expectBytes(0, () -> {
            correlator.complete("garbage", VALUE);
            correlator.fail(bytes, CAUSE);
        });
    }

    /** A few objects for the call, of which the compiler may do without some. */
    @Test
    void sweep_nothingDue_allocatesNothingForEachSlot() {
        Correlator<String> large = withInFlight(Correlator.builder(1_000));

        assertThat(bytesPerRound(large::expire)).isLessThanOrEqualTo(OF_A_SWEEP);
    }

    @Test
    void sweep_readsSlots_allocatesNothingForEach() {
        Correlator<String> large = withInFlight(Correlator.builder(1_000));

        assertThat(bytesPerRound(() -> {
                    large.open(Duration.ZERO).cancel(); // leaves its deadline behind, so that the sweep reads the slots
                    large.expire();
                }))
                .isLessThanOrEqualTo(OF_A_SWEEP + REQUEST);
    }

    @Test
    void sweep_leaksReportedBefore_allocatesNothingForEachSlot() {
        AtomicInteger reported = new AtomicInteger();
        Correlator<String> large = withInFlight(
                Correlator.builder(1_000).reportLeaks(Duration.ofNanos(1), leak -> reported.incrementAndGet()));
        large.expire(System.nanoTime() + 1_000);
        assertThat(reported).hasValue(IN_FLIGHT);

        assertThat(bytesPerRound(large::expire)).isLessThanOrEqualTo(OF_A_SWEEP);
    }

    @Test
    void sweep_leaksReportedLater_allocatesNothingForEachSlot() {
        Correlator<String> large = withInFlight(Correlator.builder(1_000).reportLeaks(HOUR, leak -> {}));

        assertThat(bytesPerRound(large::expire)).isLessThanOrEqualTo(OF_A_SWEEP);
    }

    private static Correlator<String> withInFlight(CorrelatorBuilder settings) {
        Correlator<String> large = settings.sweepByCaller().build();
        for (int i = 0; i < IN_FLIGHT; i++) {
            large.open(HOUR);
        }
        return large;
    }

    private static void expectBytes(int bytes, Runnable round) {
        assertThat(bytesPerRound(round)).isEqualTo(bytes);
    }
}
