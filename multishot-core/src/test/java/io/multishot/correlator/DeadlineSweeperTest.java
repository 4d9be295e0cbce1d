package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who calls the sweep, and when: a scheduler of the test's, and the shared daemon. */
class DeadlineSweeperTest {
    private static final Duration RESOLUTION = Duration.ofNanos(100);

    private final AtomicLong clock = new AtomicLong();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Correlator<String> correlator = Correlator.builder(2)
            .timeSource(clock::get)
            .resolution(RESOLUTION)
            .timer(scheduler)
            .build();

    @Test
    void sweep_nothingInFlight_isNotScheduled() {
        assertThat(scheduler.isArmed()).isFalse();
        assertThat(correlator.expire()).isZero();
        correlator.failAll(new RuntimeException());
        assertThat(scheduler.isArmed()).isFalse();
    }

    @Test
    void sweep_severalRequests_isScheduledOnceInEachResolution() {
        Pending<String> first = correlator.open(Duration.ofNanos(250));
        Pending<String> second = correlator.open();
        assertThat(scheduler.scheduled).isEqualTo(1);
        assertThat(scheduler.lastDelay).isEqualTo(RESOLUTION);

        for (int sweeps = 1; sweeps <= 3; sweeps++) {
            clock.set(sweeps * 100L);
            scheduler.runTask();
            assertThat(scheduler.scheduled).isEqualTo(1 + sweeps);
            assertThat(first.toString()).contains(sweeps < 3 ? "in flight" : "failure");
        }
        assertThat(second.tryReceive()).isNull();
    }

    @Test
    void sweep_nothingInFlightAnyMore_isDisarmedAndArmedAgain() {
        correlator.complete(correlator.open().ticket(), "a");
        assertThat(scheduler.isArmed()).isTrue();

        scheduler.runTask();
        assertThat(scheduler.isArmed()).isFalse();

        correlator.open(RESOLUTION);
        assertThat(scheduler.isArmed()).isTrue();
        clock.set(100);
        scheduler.runTask();
        assertThat(correlator.statistics().timedOut()).isEqualTo(1);
        assertThat(scheduler.isArmed()).isFalse();
    }

    @Test
    void sweep_callbackThrows_isReportedAndTheSweepGoesOn() {
        List<Throwable> uncaught = new ArrayList<>();
        RuntimeException thrown = new RuntimeException("thrown by the callback");
        correlator.open(Duration.ZERO, Reaction.throwing(thrown));
        correlator.open();

        UncaughtExceptionsTest.reportingTo(uncaught::add, scheduler::runTask);

        assertThat(uncaught).containsExactly(thrown);
        assertThat(scheduler.isArmed()).isTrue();
    }

    @Test
    void open_schedulerRejects_throwsAndLosesNoSlot() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        scheduler.reject(true);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(correlator::open).isInstanceOf(RejectedExecutionException.class);
            assertThatThrownBy(() -> correlator.open(RESOLUTION)).isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.statistics().opened()).isZero();

        scheduler.reject(false);
        correlator.open(RESOLUTION, callback);
        correlator.open();

        clock.set(100);
        scheduler.runTask();
        assertThat(callback.calls()).isEqualTo(1);
        assertThat(scheduler.isArmed()).isTrue();
    }

    @Test
    void open_schedulerRejects_leavesTheCallbackFreeForOthers() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        scheduler.reject(true);
        assertThatThrownBy(() -> correlator.open(null, callback)).isInstanceOf(RejectedExecutionException.class);
        scheduler.reject(false);

        assertThat(callback.cancel()).isFalse();
        assertThat(callback.revoke()).isFalse();

        Pending<String> request = correlator.open(null, callback);
        correlator.complete(request.ticket(), "a");
        callback.expectValue("a");
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void openWithWait_schedulerRejects_refusesTheOpening() {
        scheduler.reject(true);
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();

        correlator.open(null, Duration.ofHours(1), opening);

        assertThat(opening.expectRefused()).isInstanceOf(RejectedExecutionException.class);
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void openWithWait_fullAndSchedulerRejects_throwsAndLeavesNoTrace() {
        Pending<String> first = correlator.open();
        correlator.open();
        scheduler.reject(true);
        sweepThatCannotGoOn();
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();

        assertThatThrownBy(() -> correlator.open(null, Duration.ofHours(1), opening))
                .isInstanceOf(RejectedExecutionException.class);

        scheduler.reject(false);
        assertThat(correlator.statistics().waiting()).isZero();
        first.cancel();
        opening.expectNothing();
        assertThatCode(correlator::open).doesNotThrowAnyException();
    }

    @Test
    void sweep_schedulerRejectsTheNext_isArmedByTheNextRequest() {
        correlator.open();
        scheduler.reject(true);
        sweepThatCannotGoOn();
        scheduler.reject(false);
        assertThat(scheduler.isArmed()).isFalse();

        correlator.open();

        assertThat(scheduler.isArmed()).isTrue();
    }

    @Test
    void open_fullAndSchedulerRejects_isRefusedAsFullWithTheReasonOfTheOther() {
        correlator.open();
        correlator.open();
        scheduler.reject(true);
        sweepThatCannotGoOn();

        assertThatThrownBy(correlator::open)
                .isInstanceOf(CorrelatorFullException.class)
                .satisfies(full -> assertThat(full.getSuppressed())
                        .singleElement()
                        .isInstanceOf(RejectedExecutionException.class));
    }

    private void sweepThatCannotGoOn() {
        List<Throwable> uncaught = new ArrayList<>();
        UncaughtExceptionsTest.reportingTo(uncaught::add, scheduler::runTask);
        assertThat(uncaught).singleElement().isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void sweep_onlyAWait_isArmed() {
        correlator.open();
        correlator.open();
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();
        correlator.open(null, RESOLUTION, opening);

        clock.set(100);
        scheduler.runTask();

        assertThat(opening.expectRefused()).isInstanceOf(CorrelatorFullException.class);
    }

    @Test
    void age_sweepArmed_isCountedFromTheLastSweepOrArming() {
        clock.set(10_000);
        correlator.open();
        clock.set(10_090);
        correlator.open();
        clock.set(10_100);
        assertThat(correlator.snapshot())
                .extracting(RequestInfo::age)
                .containsExactly(Duration.ofNanos(100), Duration.ofNanos(100));
        correlator.failAll(new RuntimeException());
        scheduler.runTask();

        clock.set(20_000);
        correlator.open();
        correlator.open();
        clock.set(20_001);
        assertThat(correlator.snapshot())
                .extracting(RequestInfo::age)
                .containsExactly(Duration.ofNanos(1), Duration.ofNanos(1));
    }

    @Test
    void sharedDaemon_deadlinePasses_endsTheRequest() {
        Correlator<String> usual =
                Correlator.builder(1).resolution(Duration.ofMillis(1)).build();
        for (int i = 0; i < 3; i++) {
            Pending<String> request = usual.open(Duration.ofMillis(1));
            assertThatThrownBy(request::receive)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void sharedDaemon_ofTheUsualSettings_isADaemonOfThatName() {
        CompletableFuture<Thread> sweeper = new CompletableFuture<>();
        Correlator<String> usual = Correlator.withCapacity(1);
        usual.open(Duration.ZERO, new Reaction<>(outcome -> sweeper.complete(Thread.currentThread())));

        Thread thread = sweeper.join();

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("multishot-sweeper");
        assertThat(thread.getContextClassLoader()).isNull();
    }

    @Test
    void sharedDaemon_longestResolution_isTaken() {
        Correlator<String> slow = Correlator.builder(1)
                .resolution(Duration.ofSeconds(Long.MAX_VALUE))
                .build();
        assertThat(slow.complete(slow.open(RESOLUTION).ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
    }
}
