package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Giving a request up, and what people read of a request in every state. */
class PendingStateTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(clock::get).sweepByCaller().build();
    private final Pending<String> pending = correlator.open(Duration.ofNanos(10));

    @Test
    void cancel_overAndSlotMovedOn_disturbsNothing() {
        correlator.complete(pending.ticket(), "a");
        pending.tryReceive();
        Pending<String> next = correlator.open();

        assertThat(pending.cancel()).isFalse();

        assertThat(correlator.inFlight()).isEqualTo(1);
        assertThat(next.tryReceive()).isNull();
    }

    @Test
    void tryWithResources_exceptionInside_cancelsTheRequest() {
        Throwable thrown = catchThrowable(() -> {
            try (Pending<String> closed = pending) {
                assertThat(closed.tryReceive()).isNull();
                throw CAUSE;
            }
        });

        assertThat(thrown).isSameAs(CAUSE);
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.complete(pending.ticket(), "late")).isEqualTo(ReplyResult.LATE);
    }

    @Test
    void toString_inFlight_saysSo() {
        expect("in flight");
    }

    @Test
    void toString_receiveWaits_saysSo() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        pending.receive(callback);
        expect("in flight, a receive waits");
        callback.cancel();
        expect("in flight");
    }

    @Test
    void toString_answered_doesNotShowTheValue() {
        correlator.complete(pending.ticket(), "secret");
        expect("value, not yet received");
        pending.tryReceive();
        expect("over");
    }

    @Test
    void toString_failed_saysSo() {
        correlator.fail(pending.ticket(), CAUSE);
        expect("failure, not yet received");
        pending.receive(new RecordingCallback<>());
        expect("over");
    }

    @Test
    void toString_timedOut_saysSo() {
        clock.set(10);
        correlator.expire();
        expect("failure, not yet received");
        pending.receive(new RecordingCallback<>());
        expect("over, without a reply");
    }

    @Test
    void toString_failedByFailAllWithAWaiter_saysSo() {
        pending.receive(new RecordingCallback<>());
        correlator.failAll(CAUSE);
        expect("over, without a reply");
    }

    @Test
    void toString_cancelled_saysSo() {
        pending.cancel();
        expect("cancelled");
    }

    private void expect(String state) {
        assertThat(pending).hasToString("Pending[" + Ticket.toHex(pending.ticket()) + ", " + state + "]");
    }
}
