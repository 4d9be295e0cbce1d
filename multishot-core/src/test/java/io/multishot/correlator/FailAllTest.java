package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ending many requests at once: how many are counted, and that a callback that throws harms no other. */
class FailAllTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator =
            Correlator.builder(4).timeSource(clock::get).sweepByCaller().build();
    private final List<Object> told = new ArrayList<>();

    @Test
    void failAll_nothingInFlight_isZero() {
        assertThat(correlator.failAll(CAUSE)).isZero();

        correlator.complete(correlator.open().ticket(), "a");
        correlator.open().cancel();

        assertThat(correlator.failAll(CAUSE)).isZero();
    }

    @Test
    void failAll_someInFlight_endsThemAndTellsHowMany() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        correlator.open(Duration.ofHours(1), callback);
        Pending<String> answered = correlator.open();
        Pending<String> unreceived = correlator.open();
        correlator.complete(answered.ticket(), "a");

        assertThat(correlator.failAll(CAUSE)).isEqualTo(2);

        callback.expectFailure(CAUSE);
        assertThat(answered.tryReceive()).isEqualTo("a");
        assertThatThrownBy(unreceived::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCause(CAUSE);
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.statistics().failed()).isEqualTo(2);
        assertThat(correlator.failAll(CAUSE)).isZero();
    }

    @Test
    void failAll_requestsAndWaits_countsBoth() {
        for (int i = 0; i < 4; i++) {
            correlator.open();
        }
        RecordingSlotRequest<String> first = new RecordingSlotRequest<>();
        RecordingSlotRequest<String> second = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofHours(1), first);
        correlator.open(null, Duration.ofHours(1), second);

        assertThat(correlator.failAll(CAUSE)).isEqualTo(6);

        first.expectRefused(CAUSE);
        second.expectRefused(CAUSE);
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 4, 0, 4, 0, 0, 0, 0, 0, 2));
    }

    @Test
    void expire_someDue_endsThoseAndTellsHowMany() {
        Pending<String> due = correlator.open(Duration.ofNanos(5));
        RecordingCallback<String> callback = new RecordingCallback<>();
        correlator.open(Duration.ofNanos(5), callback);
        Pending<String> later = correlator.open(Duration.ofNanos(6));
        Pending<String> unlimited = correlator.open();

        clock.set(5);
        assertThat(correlator.expire()).isEqualTo(2);

        assertThat(callback.calls()).isEqualTo(1);
        assertThatThrownBy(due::tryReceive).hasCauseInstanceOf(TimeoutException.class);
        assertThat(later.tryReceive()).isNull();
        assertThat(unlimited.tryReceive()).isNull();
        assertThat(correlator.inFlight()).isEqualTo(2);
        assertThat(correlator.statistics().timedOut()).isEqualTo(2);
        assertThat(correlator.expire()).isZero();
    }

    @Test
    void failAll_severalCallbacksThrow_tellsAllAndThrowsTheFirst() {
        RuntimeException first = new RuntimeException("first");
        Error second = new AssertionError("second");
        open(first, second);

        expectFirstThrownAndSecondSuppressed(() -> correlator.failAll(CAUSE), first, second);

        assertThat(told).hasSize(4).containsOnly(CAUSE);
    }

    @Test
    void failAll_firstIsAnError_throwsIt() {
        Error first = new AssertionError("first");
        RuntimeException second = new RuntimeException("second");
        open(first, second);

        expectFirstThrownAndSecondSuppressed(() -> correlator.failAll(CAUSE), first, second);
    }

    @Test
    void close_severalCallbacksThrow_tellsAllAndThrowsTheFirst() {
        RuntimeException first = new RuntimeException("first");
        Error second = new AssertionError("second");
        open(first, second);

        expectFirstThrownAndSecondSuppressed(correlator::close, first, second);

        assertThat(told).hasSize(4).hasOnlyElementsOfType(CancellationException.class);
        assertThat(correlator.isClosed()).isTrue();
        correlator.close();
    }

    @Test
    void expire_severalCallbacksThrow_tellsAllAndThrowsTheFirst() {
        RuntimeException first = new RuntimeException("first");
        Error second = new AssertionError("second");
        open(first, second);
        RecordingSlotRequest<String> waits = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofNanos(1), waits);

        clock.set(1);
        expectFirstThrownAndSecondSuppressed(correlator::expire, first, second);

        assertThat(told).hasSize(4).hasOnlyElementsOfType(TimeoutException.class);
        waits.expectOpened();
    }

    @Test
    void failAll_callbacksThrowTheSameException_throwsItWithoutItself() {
        RuntimeException same = new RuntimeException("same");
        open(same, same);

        assertThat(catchThrowable(() -> correlator.failAll(CAUSE))).isSameAs(same);

        assertThat(same).hasNoSuppressedExceptions();
        assertThat(told).hasSize(4);
    }

    private void expectFirstThrownAndSecondSuppressed(ThrowingCallable call, Throwable first, Throwable second) {
        assertThat(catchThrowable(call)).isSameAs(first);
        assertThat(first).hasSuppressedException(second);
        assertThat(first.getSuppressed()).hasSize(1);
        assertThat(correlator.statistics().opened()
                        - correlator.statistics().failed()
                        - correlator.statistics().timedOut()
                        - correlator.inFlight())
                .isZero();
    }

    /** Four requests that are due at 1, of which the second and the third throw. */
    private void open(Throwable second, Throwable third) {
        for (@Nullable Throwable thrown : new Throwable[] {null, second, third, null}) {
            correlator.open(Duration.ofNanos(1), new Reaction<>(cause -> {
                told.add(cause);
                if (thrown != null) {
                    Reaction.rethrow(thrown);
                }
            }));
        }
    }
}
