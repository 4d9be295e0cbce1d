package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Code of one request that throws on a thread that is busy with another one's: the thread's handler is told. */
class UncaughtExceptionsTest {
    private static final RuntimeException THROWN = new RuntimeException("thrown by the opening");

    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(() -> 0).sweepByCaller().build();
    private final List<Throwable> uncaught = new ArrayList<>();

    /** Runs something with a handler of uncaught exceptions for this thread. */
    static void reportingTo(Consumer<Throwable> handler, Runnable action) {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((of, thrown) -> {
            assertThat(of).isSameAs(thread);
            handler.accept(thrown);
        });
        try {
            action.run();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
    }

    @Test
    void open_onOpenedThrows_isReportedAndTheRequestIsOpen() {
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>(pending -> {
            throw THROWN;
        });

        reportingTo(uncaught::add, () -> correlator.open(null, Duration.ZERO, opening));

        assertThat(uncaught).containsExactly(THROWN);
        assertThat(opening.expectOpened().cancel()).isTrue();
    }

    @Test
    void complete_onOpenedOfAWaitThrows_isReportedAndTheReplyIsDelivered() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        Pending<String> request = correlator.open(null, callback);
        correlator.open(null, Duration.ofHours(1), new RecordingSlotRequest<>(pending -> {
            throw THROWN;
        }));

        reportingTo(uncaught::add, () -> correlator.complete(request.ticket(), "a"));

        assertThat(uncaught).containsExactly(THROWN);
        callback.expectValue("a");
        assertThat(correlator.inFlight()).isEqualTo(1);
    }

    @Test
    void failAll_onRefusedThrows_isReportedAndAllAreTold() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        correlator.open(null, callback);
        correlator.open(null, Duration.ofHours(1), new SlotRequest<>() {
            @Override
            protected void onOpened(Pending<String> pending) {}

            @Override
            protected void onRefused(Throwable cause) {
                throw THROWN;
            }
        });
        RuntimeException cause = new RuntimeException("cause");

        reportingTo(uncaught::add, () -> assertThat(correlator.failAll(cause)).isEqualTo(2));

        assertThat(uncaught).containsExactly(THROWN);
        callback.expectFailure(cause);
    }

    /** As for the end of a thread: what the handler throws is ignored. */
    @Test
    void complete_theHandlerThrowsToo_theReplyIsDeliveredAndTheLineGoesOn() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        Pending<String> request = correlator.open(null, callback);
        RecordingSlotRequest<String> throwing = new RecordingSlotRequest<>(pending -> {
            throw THROWN;
        });
        RecordingSlotRequest<String> next = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofHours(1), throwing);

        reportingTo(
                thrown -> {
                    throw new IllegalStateException("by the handler");
                },
                () -> correlator.complete(request.ticket(), "a"));

        callback.expectValue("a");
        correlator.open(null, Duration.ofHours(1), next);
        throwing.expectOpened().cancel();
        next.expectOpened();
    }
}
