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
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a correlator wakes up, and what for: by a timer of the test's, and by the shared one. */
class DeadlineSweeperTest {
    private static final Duration RESOLUTION = Duration.ofNanos(64);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ManualTimer timer = new ManualTimer();
    private final List<Throwable> uncaught = new ArrayList<>();
    private final Correlator<String> correlator = Correlator.builder(2)
            .resolution(RESOLUTION)
            .timer(timer)
            .callbackExecutor(Runnable::run)
            .build();

    private Pending<String> open(long nanos) {
        return correlator.open(Duration.ofNanos(nanos));
    }

    private static boolean isOver(Pending<String> request) {
        return !request.toString().contains("in flight");
    }

    // ---- when -------------------------------------------------------------------------------------------------------

    @Test
    void timer_nothingInFlight_isNotUsed() {
        assertThat(correlator.expire()).isZero();
        correlator.failAll(new RuntimeException());
        correlator.close();

        assertThat(timer.scheduled).isZero();
    }

    /** A storm leaves the timer's thread to other correlators in between. */
    @Test
    void wakeUp_manyAreDue_endsSomeAndGoesOnAtOnce() {
        Correlator<String> large = Correlator.builder(30_000).timer(timer).build();
        for (int i = 0; i < 25_000; i++) {
            large.open(Duration.ofNanos(100));
        }
        timer.clock.set(timer.nextAt());

        timer.runTask();
        assertThat(large.inFlight()).isBetween(1, 25_000 - 16_384);
        assertThat(timer.lastDelay).isEqualTo(Duration.ofNanos(1));

        timer.runTask();
        assertThat(large.inFlight()).isZero();
    }

    @Test
    void wakeUp_severalRequests_comesForTheEarliestAndThenForTheNext() {
        Pending<String> later = open(1_000);
        Pending<String> earlier = open(250);
        assertThat(timer.nextAt()).isEqualTo(256);

        timer.advanceTo(255);
        assertThat(isOver(earlier)).isFalse();
        timer.advanceTo(256);
        assertThat(isOver(earlier)).isTrue();
        assertThat(isOver(later)).isFalse();
        assertThat(timer.nextAt()).isEqualTo(1_024);
        timer.advanceTo(1_024);

        assertThat(isOver(later)).isTrue();
    }

    @Test
    void wakeUp_deadlinesOfOneTick_isShared() {
        open(195);
        open(255);
        int scheduled = timer.scheduled;

        timer.advanceTo(256);

        assertThat(correlator.statistics().timedOut()).isEqualTo(2);
        assertThat(scheduled).isEqualTo(1);
    }

    /** Each tick is as long as the resolution at most. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65, 1_000, 1_048_575, 1_048_576, 1_048_577, 999_999_999})
    void request_anyTimeout_endsNeverEarlyAndWithinATick(long timeout) {
        timer.advanceTo(77);
        Pending<String> request = open(timeout);

        timer.advanceTo(77 + timeout - 1);
        assertThat(isOver(request)).isFalse();
        timer.advanceTo(77 + timeout + 63);

        assertThat(isOver(request)).isTrue();
    }

    @Test
    void wakeUp_requestsAreOver_comesOnceForTheDeadlineAndOnceForTheHeartbeat() {
        correlator.complete(open(250).ticket(), "a");

        timer.advanceTo(10 * SECOND);

        assertThat(timer.scheduled).isEqualTo(2);
        assertThat(timer.isArmed()).isFalse();
        open(250);
        assertThat(timer.isArmed()).isTrue();
    }

    @Test
    void wakeUp_nothingButRequestsWithoutADeadline_doesNotCome() {
        correlator.open();

        assertThat(timer.scheduled).isZero();
    }

    /** Each would be a wake-up a second. */
    @Test
    void sharedTimer_manyCorrelatorsWithoutDeadlines_isNotSet() {
        for (int i = 0; i < 1_000; i++) {
            Correlator<String> usual = Correlator.withCapacity(10);
            usual.open();

            assertThat(((DeadlineAlarm) Tables.get(Tables.get(Tables.get(usual, "engine"), "timekeeper"), "alarm"))
                            .isSet())
                    .isFalse();
        }
    }

    /** A clock that is not the system's may jump: then a deadline is seen within a second of the timer's. */
    @Test
    void wakeUp_clockOfAUser_hasAHeartbeatAlsoWithDeadlines() {
        open(300 * SECOND);

        timer.advanceTo(10 * SECOND + SECOND / 2);

        assertThat(timer.scheduled).isEqualTo(12); // with the one for the deadline, which the heartbeat replaced
    }

    @Test
    void wakeUp_manyRequestsAnswered_isNotScheduledForEach() {
        for (int i = 0; i < 10_000; i++) {
            timer.advanceTo(i);
            correlator.complete(open(100_000).ticket(), "a");
        }
        assertThat(timer.scheduled).isEqualTo(1);
    }

    @Test
    void wakeUp_onlyAWait_endsIt() {
        correlator.open();
        correlator.open();
        RecordingSlotRequest<String> waits = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofNanos(250), waits);

        timer.advanceTo(255);
        waits.expectNothing();
        timer.advanceTo(256);

        assertThat(waits.expectRefused()).isInstanceOf(CorrelatorFullException.class);
    }

    @Test
    void wakeUp_callbackThrows_isReportedAndTheOthersEnd() {
        RuntimeException thrown = new RuntimeException("thrown by the callback");
        correlator.open(Duration.ZERO, Reaction.throwing(thrown));
        Pending<String> other = open(1);

        UncaughtExceptionsTest.reportingTo(uncaught::add, () -> timer.advanceTo(64));

        assertThat(uncaught).containsExactly(thrown);
        assertThat(isOver(other)).isTrue();
    }

    @Test
    void wakeUp_callbackOpensTheNextRequest_endsThatInTime() {
        RecordingCallback<String> next = new RecordingCallback<>();
        correlator.open(Duration.ofNanos(64), new Reaction<>(outcome -> correlator.open(Duration.ofNanos(100), next)));

        timer.advanceTo(64);
        timer.advanceTo(163);
        next.expectNothing();
        timer.advanceTo(192);

        assertThat(next.calls()).isEqualTo(1);
    }

    @Test
    void close_deadlinesAreFarAway_leavesTheTimer() {
        open(300 * SECOND).cancel();
        open(300 * SECOND);

        correlator.close();
        timer.advanceTo(64);

        assertThat(timer.isArmed()).isFalse();
    }

    @Test
    void close_callbacksThatAreDueWaitForAThread_stillRun() {
        List<Runnable> submitted = new ArrayList<>();
        Correlator<String> slow = Correlator.builder(2)
                .resolution(RESOLUTION)
                .timer(timer)
                .callbackExecutor(submitted::add)
                .build();
        RecordingCallback<String> callback = new RecordingCallback<>();
        slow.open(Duration.ofNanos(64), callback);
        timer.advanceTo(64);
        submitted.clear(); // the executor lost it

        slow.close();
        timer.advanceTo(192);

        submitted.forEach(Runnable::run);
        assertThat(callback.calls()).isEqualTo(1);
        timer.advanceTo(1_000);
        assertThat(timer.isArmed()).isFalse();
    }

    @Test
    void close_timerRejects_endsAllAndIsReported() {
        Pending<String> request = open(300 * SECOND);
        timer.reject(true);

        UncaughtExceptionsTest.reportingTo(uncaught::add, correlator::close);

        assertThat(isOver(request)).isTrue();
        assertThat(uncaught).singleElement().isInstanceOf(RejectedExecutionException.class);
        assertThat(timer.pending()).isEqualTo(1);
        timer.reject(false);
        timer.advanceTo(SECOND);
        assertThat(timer.isArmed()).isFalse();
    }

    // ---- a timer that rejects ---------------------------------------------------------------------------------------

    @Test
    void open_timerRejects_throwsAndLosesNoSlot() {
        timer.reject(true);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> open(100)).isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.statistics().opened()).isZero();

        timer.reject(false);
        RecordingCallback<String> callback = new RecordingCallback<>();
        correlator.open(RESOLUTION, callback);
        correlator.open();
        timer.advanceTo(64);

        assertThat(callback.calls()).isEqualTo(1);
        assertThat(timer.isArmed()).isTrue();
    }

    /** It needs none. */
    @Test
    void openWithoutDeadline_timerRejects_isOpened() {
        timer.reject(true);

        Pending<String> request = correlator.open();

        assertThat(correlator.complete(request.ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
    }

    @Test
    void open_timerRejectsAnEarlierWakeUp_throwsAndTheOthersEndInTime() {
        Pending<String> later = open(1_000);
        timer.reject(true);
        assertThatThrownBy(() -> open(100)).isInstanceOf(RejectedExecutionException.class);
        timer.reject(false);

        timer.advanceTo(1_024);

        assertThat(isOver(later)).isTrue();
        assertThat(correlator.statistics().opened()).isEqualTo(1);
    }

    @Test
    void open_timerRejects_leavesTheCallbackFreeForOthers() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        timer.reject(true);
        assertThatThrownBy(() -> correlator.open(RESOLUTION, callback)).isInstanceOf(RejectedExecutionException.class);
        timer.reject(false);

        assertThat(callback.cancel()).isFalse();
        assertThat(callback.revoke()).isFalse();

        Pending<String> request = correlator.open(null, callback);
        correlator.complete(request.ticket(), "a");
        callback.expectValue("a");
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void openWithWait_timerRejects_refusesTheWait() {
        timer.reject(true);
        RecordingSlotRequest<String> wait = new RecordingSlotRequest<>();

        correlator.open(RESOLUTION, Duration.ofHours(1), wait);

        assertThat(wait.expectRefused()).isInstanceOf(RejectedExecutionException.class);
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void openWithWait_fullAndTimerRejects_throwsAndLeavesNoTrace() {
        Pending<String> first = open(1_000);
        open(1_000);
        timer.reject(true);
        RecordingSlotRequest<String> wait = new RecordingSlotRequest<>();

        assertThatThrownBy(() -> correlator.open(null, Duration.ofNanos(100), wait))
                .isInstanceOf(RejectedExecutionException.class);

        timer.reject(false);
        assertThat(correlator.statistics().waiting()).isZero();
        first.cancel();
        wait.expectNothing();
        assertThatCode(() -> open(100)).doesNotThrowAnyException();
    }

    @Test
    void wakeUp_timerRejectsTheNext_isSetForAllByTheNextRequest() {
        open(100);
        Pending<String> second = open(1_000);
        timer.reject(true);
        UncaughtExceptionsTest.reportingTo(uncaught::add, () -> timer.advanceTo(128));
        assertThat(uncaught).singleElement().isInstanceOf(RejectedExecutionException.class);
        assertThat(timer.isArmed()).isFalse();
        timer.reject(false);

        open(SECOND);
        timer.advanceTo(1_024);

        assertThat(isOver(second)).isTrue();
    }

    // ---- the shared timer -------------------------------------------------------------------------------------------

    private final List<Correlator<String>> many = new ArrayList<>();

    @AfterEach
    void closeAll() {
        many.forEach(Correlator::close);
    }

    @Test
    void sharedTimer_deadlinePasses_endsTheRequest() {
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
    void callbackPool_deadlinePasses_isADaemonOfThatName() {
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        Correlator<String> usual = Correlator.withCapacity(1);
        usual.open(Duration.ZERO, new Reaction<>(outcome -> caller.complete(Thread.currentThread())));

        Thread thread = caller.join();

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("multishot-callbacks-");
        assertThat(thread.getContextClassLoader()).isNull();
    }

    @Test
    void sharedTimer_longestResolution_isTaken() {
        Correlator<String> slow = Correlator.builder(1)
                .resolution(Duration.ofSeconds(Long.MAX_VALUE))
                .build();
        assertThat(slow.complete(slow.open(RESOLUTION).ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
    }

    @Test
    void sharedTimer_manyCorrelators_hasOneTaskForEachNotBeforeItsDeadline() {
        ThreadPoolExecutor executor = Tables.get(DeadlineTimer.shared(), "executor");
        for (int i = 0; i < 10_000; i++) {
            Correlator<String> one = Correlator.withCapacity(1_024);
            one.open(Duration.ofMinutes(5));
            one.open(Duration.ofSeconds(400));
            many.add(one);
        }

        long ofThese = executor.getQueue().stream()
                .filter(task -> ((Delayed) task).getDelay(TimeUnit.SECONDS) > 200)
                .count();

        assertThat(ofThese).isGreaterThanOrEqualTo(10_000);
        assertThat(executor.getQueue()).hasSizeLessThan(10_100);
    }
}
