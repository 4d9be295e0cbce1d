package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multishot.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A timer that loses what it accepted, or cannot start its thread: the next request with a deadline, or the next one
 * that finds the table full, sets it for all.
 */
class LostTimerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ManualTimer timer = new ManualTimer();
    private final Correlator<String> correlator = Correlator.builder(50_000)
            .resolution(Duration.ofNanos(64))
            .timer(timer)
            .callbackExecutor(Runnable::run)
            .build();

    private Pending<String> open(long nanos) {
        return correlator.open(Duration.ofNanos(nanos));
    }

    /** The later request's deadline may be far away. */
    @ParameterizedTest
    @ValueSource(longs = {0, 100, 1_000_000_000_000L})
    void open_wakeUpWasDropped_endsWhatIsDueAtTheNextTick(long timeout) {
        Pending<String> due = open(100);
        Pending<String> ahead = open(1_000);
        timer.drop();
        timer.advanceTo(500);

        open(timeout);
        timer.advanceTo(576);
        assertThat(due.toString()).contains("failure");
        assertThat(ahead.tryReceive()).isNull();
        timer.advanceTo(1_024);

        assertThat(ahead.toString()).contains("failure");
    }

    @Test
    void open_wakeUpsAreDroppedOverAndOver_setsOneEachTime() {
        for (int i = 1; i <= 100; i++) {
            open(100);
            assertThat(timer.pending()).isEqualTo(1);
            timer.drop();
            timer.advanceTo(i * 1_000L);
        }
        open(100);
        timer.advanceTo(200_000);
        assertThat(correlator.statistics().timedOut()).isEqualTo(101);
    }

    @Test
    void open_manyRequestsAfterTheLoss_setsOne() {
        open(100);
        timer.drop();
        timer.advanceTo(500);
        int before = timer.scheduled;

        for (int i = 0; i < 40_000; i++) {
            open(1_000_000);
        }

        assertThat(timer.pending()).isEqualTo(1);
        assertThat(timer.scheduled - before).isLessThanOrEqualTo(2);
    }

    @Test
    void open_threadCannotBeStarted_throwsAndIsAsBefore() {
        OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
        timer.onSchedule = () -> {
            throw noThread;
        };
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> open(100)).isSameAs(noThread);
        }
        assertThat(correlator.inFlight()).isZero();
        assertThat(timer.pending()).isZero();

        timer.onSchedule = () -> {};
        open(100);
        timer.advanceTo(128);
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0));
    }

    /** What is due holds every slot, so no other request comes to set the timer. */
    @ParameterizedTest
    @EnumSource
    void open_fullAndWakeUpWasDropped_endsWhatIsDue(Opening opening) {
        Correlator<String> one = one();
        one.open(Duration.ofNanos(100));
        timer.drop();
        timer.advanceTo(500);

        assertThat(opening.refusedBy(one)).hasNoCause();
        timer.advanceTo(576);

        one.open(Duration.ofNanos(100));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITH_DEADLINE")
    void open_fullAndTimerRejects_isRefusedAsFullWithTheCause(Opening opening) {
        Correlator<String> one = one();
        one.open(Duration.ofNanos(100));
        timer.drop();
        timer.advanceTo(500);
        timer.reject(true);

        assertThat(opening.refusedBy(one)).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    /** A wait that never ends does not set the timer, and the request that is due holds the slot. */
    @Test
    void openWithEndlessWait_wakeUpWasDropped_isOpened() {
        Correlator<String> one = builder(1).maxWaiting(10).build();
        one.open(Duration.ofNanos(100));
        timer.drop();
        timer.advanceTo(500);

        RecordingSlotRequest<String> waits = new RecordingSlotRequest<>();
        one.open(null, Duration.ofSeconds(Long.MAX_VALUE), waits);
        waits.expectNothing();
        timer.advanceTo(576);

        waits.expectOpened();
    }

    @Test
    void openWithoutDeadline_fullAndWakeUpCouldNotSetTheNext_endsWhatIsDue() {
        Correlator<String> two = builder(2).build();
        two.open(Duration.ofNanos(100));
        two.open(Duration.ofNanos(200));
        timer.reject(true);
        timer.advanceTo(128);
        timer.reject(false);
        two.open();
        assertThat(timer.isArmed()).isFalse();

        assertThatThrownBy(two::open).isInstanceOf(CorrelatorFullException.class);
        timer.advanceTo(300);

        two.open();
    }

    /** Nothing is lost then, and each bound would have to be looked at. */
    @Test
    void open_fullOfRequestsWithoutDeadline_setsNothing() {
        Correlator<String> one = one();
        one.open();

        assertThatThrownBy(one::open).isInstanceOf(CorrelatorFullException.class);

        assertThat(timer.scheduled).isZero();
    }

    private Correlator<String> one() {
        return builder(1).build();
    }

    private CorrelatorBuilder builder(int capacity) {
        return Correlator.builder(capacity)
                .resolution(Duration.ofNanos(64))
                .timer(timer)
                .callbackExecutor(Runnable::run);
    }

    enum Opening {
        WITH_DEADLINE,
        WITHOUT_DEADLINE,
        WITHOUT_A_WAIT;

        CorrelatorFullException refusedBy(Correlator<String> correlator) {
            if (this == WITHOUT_A_WAIT) {
                RecordingSlotRequest<String> request = new RecordingSlotRequest<>();
                correlator.open(null, Duration.ZERO, request);
                return (CorrelatorFullException) request.expectRefused();
            }
            return catchThrowableOfType(
                    CorrelatorFullException.class,
                    this == WITH_DEADLINE ? () -> correlator.open(Duration.ofDays(1)) : correlator::open);
        }
    }

    @Test
    void openWithoutDeadline_wakeUpWasDropped_leaksAreReportedAllTheSame() {
        List<RequestInfo> reports = new ArrayList<>();
        Correlator<String> reporting = Correlator.builder(10)
                .timer(timer)
                .callbackExecutor(Runnable::run)
                .reportLeaks(Duration.ofSeconds(1), reports::add)
                .build();
        reporting.open();
        timer.drop();
        timer.advanceTo(10 * SECOND);

        reporting.open();
        timer.advanceTo(20 * SECOND);

        assertThat(reports).hasSize(2);
    }

    @Test
    void openWithWait_wakeUpWasDropped_theOtherWaitsEndToo() {
        Correlator<String> one = Correlator.builder(1)
                .timer(timer)
                .callbackExecutor(Runnable::run)
                .maxWaiting(10)
                .build();
        one.open(Duration.ofDays(1));
        RecordingSlotRequest<String> first = new RecordingSlotRequest<>();
        one.open(null, Duration.ofSeconds(1), first);
        timer.drop();
        timer.advanceTo(10 * SECOND);

        one.open(null, Duration.ofHours(1), new RecordingSlotRequest<>());
        timer.advanceTo(11 * SECOND);

        assertThat(first.expectRefused()).isInstanceOf(CorrelatorFullException.class);
    }

    @Test
    void expire_executorWasShutDown_endsWhatIsDue() {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
        Correlator<String> stopped =
                Correlator.builder(10).timer(DeadlineTimer.on(executor)).build();
        Pending<String> request = stopped.open(Duration.ofDays(1));
        executor.shutdownNow();

        assertThatThrownBy(() -> stopped.open(Duration.ofMillis(1))).isInstanceOf(RejectedExecutionException.class);
        assertThat(stopped.inFlight()).isEqualTo(1);
        assertThat(stopped.expire(System.nanoTime() + Duration.ofDays(2).toNanos()))
                .isEqualTo(1);

        assertThatThrownBy(request::tryReceive).hasCauseInstanceOf(TimeoutException.class);
    }

    /** A thread that blocks knows its deadline. */
    @Test
    void receive_sharedTimerLosesTheWakeUp_endsAtItsDeadline() throws Exception {
        ThreadPoolExecutor executor = Tables.get(DeadlineTimer.shared(), "executor");
        Correlator<String> usual = Correlator.withCapacity(1);
        Pending<String> request = usual.open(Duration.ofMillis(200));
        executor.getQueue().clear();

        assertThat(Task.start(request::receive).thrown()).hasCauseInstanceOf(TimeoutException.class);
        assertThat(usual.inFlight()).isZero();
    }
}
