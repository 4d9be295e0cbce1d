package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.OutcomeSource;
import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import io.multishot.TransitionRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The transition tables of {@code docs/correlator.md}, row by row: a test's name starts with the ID of its row. The
 * last test keeps the two in step.
 */
class CorrelatorTransitionTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final RuntimeException LOST = new RuntimeException("connection lost");

    private final RecordingCallback<String> callback = new RecordingCallback<>();
    private final List<Integer> inFlightWhenCalled = new ArrayList<>();
    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(() -> 0).sweepByCaller().build();

    enum End {
        BY_DEADLINE,
        BY_FAIL_ALL,
        BY_CLOSE
    }

    private int end(End how) {
        return switch (how) {
            case BY_DEADLINE -> correlator.expire(1);
            case BY_FAIL_ALL -> correlator.failAll(LOST);
            case BY_CLOSE -> {
                long before = correlator.statistics().failed();
                correlator.close();
                yield (int) (correlator.statistics().failed() - before);
            }
        };
    }

    private Pending<String> open() {
        return correlator.open(Duration.ofNanos(1));
    }

    private Pending<String> waiting() {
        Pending<String> request = open();
        request.receive(callback);
        return request;
    }

    /** Notes, when it is called, how many requests are in flight. */
    private Reaction<String> looking() {
        return new Reaction<>(outcome -> inFlightWhenCalled.add(correlator.inFlight()));
    }

    private void assertFree() {
        assertThat(correlator.inFlight()).isZero();
    }

    // ---- P: complete, fail ------------------------------------------------------------------------------------------

    @Test
    void P1_open_keepsTheOutcomeAndFreesTheSlot() {
        Pending<String> answered = open();
        assertThat(correlator.complete(answered.ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
        assertFree();
        assertThat(answered.tryReceive()).isEqualTo("a");

        Pending<String> failed = open();
        assertThat(correlator.fail(failed.ticket(), CAUSE)).isEqualTo(ReplyResult.DELIVERED);
        assertFree();
        assertThatThrownBy(failed::tryReceive).hasCause(CAUSE);
    }

    @Test
    void P2_waits_freesTheSlotThenCalls() {
        Pending<String> request = correlator.open(null, looking());
        assertThat(correlator.complete(request.ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
        assertThat(inFlightWhenCalled).containsExactly(0);

        Pending<String> failing = waiting();
        assertThat(correlator.fail(failing.ticket(), CAUSE)).isEqualTo(ReplyResult.DELIVERED);
        callback.expectFailure(CAUSE);
        assertFree();
    }

    /** As a reply finds it that looked the request up before it was over, and stalled. */
    @Test
    void P3_answered_isADuplicate() {
        Pending<String> unread = open();
        correlator.complete(unread.ticket(), "a");
        assertThat(unread.end(Ending.DELIVERED, "b")).isNull();
        assertThat(unread.refusal()).isEqualTo(ReplyResult.DUPLICATE);
        unread.tryReceive();
        assertThat(unread.end(Ending.DELIVERED, "b")).isNull();
        assertThat(unread.refusal()).isEqualTo(ReplyResult.DUPLICATE);

        Pending<String> failed = open();
        correlator.fail(failed.ticket(), CAUSE);
        assertThat(failed.end(Ending.DELIVERED, "b")).isNull();
        assertThat(failed.refusal()).isEqualTo(ReplyResult.DUPLICATE);
    }

    @Test
    void P4_lapsedOrCancelled_isLate() {
        Pending<String> unread = open();
        correlator.expire(1);
        assertThat(unread.end(Ending.DELIVERED, "b")).isNull();
        assertThat(unread.refusal()).isEqualTo(ReplyResult.LATE);
        assertThatThrownBy(unread::tryReceive).hasCauseInstanceOf(TimeoutException.class);
        assertThat(unread.refusal()).isEqualTo(ReplyResult.LATE);

        Pending<String> cancelled = open();
        cancelled.cancel();
        assertThat(cancelled.end(Ending.DELIVERED, "b")).isNull();
        assertThat(cancelled.refusal()).isEqualTo(ReplyResult.LATE);
    }

    @Test
    void P5_lastOfAFreeSlot_isAsTheSlotSays() {
        Pending<String> answered = open();
        correlator.complete(answered.ticket(), "a");
        assertThat(correlator.complete(answered.ticket(), "b")).isEqualTo(ReplyResult.DUPLICATE);

        Pending<String> cancelled = open();
        cancelled.cancel();
        assertThat(correlator.complete(cancelled.ticket(), "b")).isEqualTo(ReplyResult.LATE);
    }

    @Test
    void P6_earlierOne_isLate() {
        Pending<String> answered = open();
        correlator.complete(answered.ticket(), "a");
        Pending<String> next = open();
        assertThat(correlator.complete(answered.ticket(), "b")).isEqualTo(ReplyResult.LATE);
        next.cancel();
        assertThat(correlator.complete(answered.ticket(), "b")).isEqualTo(ReplyResult.LATE);
    }

    @Test
    void P7_neverIssued_isUnknown() {
        long ticket = open().ticket();
        assertThat(correlator.complete(ticket + 1, "a")).isEqualTo(ReplyResult.UNKNOWN);
        assertThat(correlator.fail(ticket - 1, CAUSE)).isEqualTo(ReplyResult.UNKNOWN);
        assertThat(correlator.complete("garbage", "a")).isEqualTo(ReplyResult.UNKNOWN);
        Correlator<String> three = Correlator.withCapacity(3);
        assertThat(three.complete(3, "a")).as("no slot has this index").isEqualTo(ReplyResult.UNKNOWN);
    }

    // ---- E: the deadline, failAll, close ----------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void E1_open_keepsTheCauseAndFreesTheSlot(End how) {
        Pending<String> request = open();
        assertThat(end(how)).isEqualTo(1);
        assertFree();
        assertThatThrownBy(request::tryReceive).isInstanceOf(CompletionException.class);
    }

    @ParameterizedTest
    @EnumSource
    void E2_waits_freesTheSlotThenCalls(End how) {
        open().receive(looking());
        assertThat(end(how)).isEqualTo(1);
        assertThat(inFlightWhenCalled).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void E3_ended_nothing(End how) {
        Pending<String> request = open();
        correlator.complete(request.ticket(), "a");
        assertThat(end(how)).isZero();
        assertThat(request.end(Ending.ABORTED, Pending.ofFailure(LOST))).isNull();
        assertThat(request.tryReceive()).isEqualTo("a");
    }

    @Test
    void E4_deadlineIsLaterOrNone_nothing() {
        Pending<String> request = open();
        assertThat(correlator.expire(0)).isZero();
        request.cancel();
        correlator.open();
        assertThat(correlator.expire(Long.MAX_VALUE)).isZero();
        assertThat(correlator.inFlight()).isOne();
    }

    // ---- K: cancel, and cancel and revoke of a callback -------------------------------------------------------------

    @Test
    void K1_cancelOpen_freesTheSlot() {
        Pending<String> request = open();
        assertThat(request.cancel()).isTrue();
        assertThat(request.cancel()).isFalse();
        assertFree();
        assertThatThrownBy(request::tryReceive).isInstanceOf(CancellationException.class);
    }

    @Test
    void K2_cancelWaits_freesTheSlotThenCalls() {
        Pending<String> request = open();
        request.receive(looking());
        assertThat(request.cancel()).isTrue();
        assertThat(inFlightWhenCalled).containsExactly(0);
    }

    @Test
    void K3_cancelEnded_leavesTheOutcome() {
        Pending<String> request = open();
        correlator.complete(request.ticket(), "a");
        assertThat(request.cancel()).isFalse();
        assertThat(request.tryReceive()).isEqualTo("a");
    }

    @Test
    void K4_callbackCancel_requestGoesOn() throws Exception {
        Pending<String> request = waiting();
        assertThat(callback.cancel()).isTrue();
        assertThat(callback.cancel()).isFalse();
        assertThat(correlator.inFlight()).isOne();
        correlator.complete(request.ticket(), "a");
        callback.expectNothing();
        assertThat(request.receive()).isEqualTo("a");
    }

    @Test
    void K5_callbackRevoke_freesTheSlotAndCallsNobody() {
        Pending<String> request = waiting();
        assertThat(callback.revoke()).isTrue();
        assertFree();
        assertThat(correlator.complete(request.ticket(), "a")).isEqualTo(ReplyResult.LATE);
        callback.expectNothing();
    }

    @Test
    void K6_otherCallback_nothing() {
        Pending<String> request = waiting();
        RecordingCallback<String> other = new RecordingCallback<>();
        assertThatThrownBy(() -> request.receive(other)).isInstanceOf(IllegalStateException.class);
        assertThat(other.cancel()).isFalse();
        assertThat(other.revoke()).isFalse();
        correlator.complete(request.ticket(), "a");
        callback.expectValue("a");
    }

    // ---- G: receive, tryReceive -------------------------------------------------------------------------------------

    @Test
    void G1_open_waits() {
        Pending<String> request = open();
        assertThat(request.tryReceive()).isNull();
        request.receive(callback);
        callback.expectNothing();
        assertThat(request.isAwaitedBy(callback)).isTrue();
    }

    @Test
    void G2_waitsTheSame_goesOn() {
        Pending<String> request = waiting();
        request.receive(callback);
        correlator.complete(request.ticket(), "a");
        callback.expectValue("a");
    }

    @Test
    void G3_waitsAnother_isRefused() {
        Pending<String> request = waiting();
        assertThatThrownBy(() -> request.receive(new RecordingCallback<>())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(request::tryReceive).isInstanceOf(IllegalStateException.class);
        assertThat(request.isAwaitedBy(callback)).isTrue();
    }

    @Test
    void G4_value_isReceived() {
        Pending<String> request = open();
        correlator.complete(request.ticket(), "a");
        request.receive(callback);
        callback.expectValue("a");

        Pending<String> other = open();
        correlator.complete(other.ticket(), "b");
        assertThat(other.tryReceive()).isEqualTo("b");
    }

    @Test
    void G5_failure_isReceived() {
        Pending<String> request = open();
        correlator.fail(request.ticket(), CAUSE);
        request.receive(callback);
        callback.expectFailure(CAUSE);

        Pending<String> other = open();
        correlator.fail(other.ticket(), CAUSE);
        assertThatThrownBy(other::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCause(CAUSE);
    }

    @Test
    void G6_lapse_isReceived() {
        Pending<String> request = open();
        correlator.failAll(LOST);
        request.receive(callback);
        callback.expectFailure(LOST);

        Pending<String> other = open();
        correlator.failAll(LOST);
        assertThatThrownBy(other::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCause(LOST);
    }

    @Test
    void G7_received_isRefused() {
        Pending<String> answered = open();
        correlator.complete(answered.ticket(), "a");
        answered.tryReceive();
        assertReceivedAlready(answered);

        Pending<String> lapsed = waiting();
        correlator.failAll(LOST);
        assertReceivedAlready(lapsed);
    }

    private static void assertReceivedAlready(Pending<String> request) {
        assertThatThrownBy(() -> request.receive(new RecordingCallback<>()))
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThatThrownBy(request::tryReceive).isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void G8_cancelled_isTold() {
        Pending<String> request = open();
        request.cancel();
        request.receive(callback);
        callback.expectClosed();
        assertThatThrownBy(request::tryReceive).isInstanceOf(CancellationException.class);
    }

    // ---- O: open ----------------------------------------------------------------------------------------------------

    @Test
    void O1_free_opens() {
        Pending<String> request = correlator.open();
        assertThat(request.isInFlight()).isTrue();
        request.cancel();
        assertThat(correlator.open(null, callback).isAwaitedBy(callback)).isTrue();
    }

    @Test
    void O2_full_isRefusedOrWaits() {
        open();
        assertThatThrownBy(correlator::open).isInstanceOf(CorrelatorFullException.class);
        RecordingSlotRequest<String> notToWait = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ZERO, notToWait);
        assertThat(notToWait.expectRefused()).isInstanceOf(CorrelatorFullException.class);
        RecordingSlotRequest<String> waits = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofNanos(1), waits);
        waits.expectNothing();
        RecordingSlotRequest<String> oneTooMany = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofNanos(1), oneTooMany);
        assertThat(oneTooMany.expectRefused()).isInstanceOf(CorrelatorFullException.class);
    }

    @Test
    void O3_closed_throws() {
        correlator.close();
        assertThatThrownBy(correlator::open).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> correlator.open(null, callback)).isInstanceOf(IllegalStateException.class);
        callback.expectNothing();
    }

    /** Closed by the time source, which is asked after the first look and before the request is published. */
    @Test
    void O4_closedMeanwhile_lapses() {
        AtomicReference<Correlator<String>> closing = new AtomicReference<>();
        Correlator<String> closed = Correlator.builder(1)
                .timeSource(() -> {
                    if (closing.get() != null) {
                        closing.get().close();
                    }
                    return 0;
                })
                .sweepByCaller()
                .build();
        closing.set(closed);
        Pending<String> request = closed.open();
        assertThatThrownBy(request::tryReceive).hasCauseInstanceOf(CorrelatorClosedException.class);
        assertThat(closed.inFlight()).isZero();
    }

    /** The wake-up that was set for it came at once, found nothing, and no other can be set. */
    @Test
    void O5_timerRefusesOnceItIsPublished_isTakenBack() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            timer.advanceTo(Duration.ofHours(1).toNanos());
            timer.reject(true);
        };

        assertThatThrownBy(() -> timed.open(LATER, callback)).isInstanceOf(RejectedExecutionException.class);

        assertThat(timed.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(callback.calls()).isZero();
        OutcomeSource<?> waitsAt = Tables.get(callback, "at");
        assertThat(waitsAt).isNull();
        timer.reject(false);
        timed.complete(timed.open(LATER, callback).ticket(), "a");
        callback.expectValue("a");
    }

    // ---- the word of a slot -----------------------------------------------------------------------------------------

    private final AtomicLong clock = new AtomicLong();
    private final ManualTimer timer = new ManualTimer(clock);
    private final Correlator<String> timed = Correlator.builder(4)
            .timer(timer)
            .resolution(Duration.ofNanos(TICK))
            .callbackExecutor(Runnable::run)
            .build();

    private static final long TICK = 1024;
    private static final Duration LATER = Duration.ofNanos(10 * TICK);

    private static ReplyResult extend(Correlator<?> correlator, Pending<?> request, Duration timeout) {
        RequestEngine<?> engine = Tables.get(correlator, "engine");
        return engine.extend(request.ticket(), timeout.toNanos());
    }

    private static boolean isFired(Pending<?> request) {
        return DeadlineWord.isFired(request.range().chunk().wordAcquire(request.slot()));
    }

    @Test
    void D1_ahead_countsForTheBound() {
        Pending<String> request = timed.open(LATER);
        timed.expire(LATER.toNanos() - 1);
        assertThat(isFired(request)).isFalse();
        assertThat(request.range().chunk().bound(0)).isEqualTo(LATER.toNanos());
    }

    @Test
    void D2_due_isFired() {
        Pending<String> request = timed.open(LATER);
        assertThat(DeadlineSweeper.fire(request, LATER.toNanos() - 1)).isNegative();
        assertThat(isFired(request)).isFalse();
        assertThat(DeadlineSweeper.fire(request, LATER.toNanos())).isEqualTo(LATER.toNanos());
        assertThat(isFired(request)).isTrue();
    }

    @Test
    void D3_fired_endsTheRequest() {
        Pending<String> request = timed.open(LATER, callback);
        DeadlineSweeper.fire(request, LATER.toNanos());
        assertThat(timed.expire(0)).as("nothing is due by the bound").isZero();
        assertThat(timed.expire(LATER.toNanos())).isEqualTo(1);
        assertThat(callback.calls()).isEqualTo(1);
    }

    @Test
    void D4_aheadAndExtended_hasTheNewDeadline() {
        Pending<String> request = timed.open(LATER);
        clock.set(LATER.toNanos() - 1);
        assertThat(extend(timed, request, Duration.ofHours(1))).isEqualTo(ReplyResult.DELIVERED);
        timer.advanceTo(LATER.toNanos() + TICK);
        assertThat(timed.inFlight()).isEqualTo(1);
        timer.advanceTo(Duration.ofHours(1).toNanos() + LATER.toNanos());
        assertThat(timed.inFlight()).as("rounded up").isEqualTo(1);
        timer.advanceTo(Duration.ofHours(2).toNanos());
        assertThat(timed.inFlight()).isZero();
    }

    @Test
    void D4_aheadAndExtendedToAnEarlierOne_endsThen() {
        Pending<String> request = timed.open(Duration.ofHours(1));
        assertThat(extend(timed, request, Duration.ofMillis(10))).isEqualTo(ReplyResult.DELIVERED);
        timer.advanceTo(Duration.ofMillis(12).toNanos());
        assertThat(timed.inFlight()).isZero();
    }

    @Test
    void D5_dueOrFiredAndExtended_isLate() {
        Pending<String> due = timed.open(LATER);
        Pending<String> fired = timed.open(Duration.ofHours(1));
        DeadlineSweeper.fire(fired, Duration.ofHours(1).toNanos());
        clock.set(LATER.toNanos());
        assertThat(extend(timed, due, Duration.ofHours(1))).isEqualTo(ReplyResult.LATE);
        assertThat(extend(timed, fired, Duration.ofHours(1))).isEqualTo(ReplyResult.LATE);
        timer.advanceTo(LATER.toNanos() + TICK);
        assertThat(due.isInFlight()).isFalse();
    }

    // ---- the wake-up ------------------------------------------------------------------------------------------------

    @Test
    void W1_noneOrALaterOne_isReplaced() {
        timed.open(Duration.ofNanos(900 * TICK));
        assertThat(timer.scheduled).isEqualTo(1);
        timed.open(Duration.ofNanos(500 * TICK));
        assertThat(timer.scheduled).isEqualTo(2);
        assertThat(timer.lastDelay).isEqualTo(Duration.ofNanos(500 * TICK));
        timer.runTask(); // the only one
    }

    @Test
    void W2_anEarlierOne_staysInstalled() {
        timed.open(Duration.ofNanos(5 * TICK));
        timed.open(Duration.ofNanos(5 * TICK - 1));
        timed.open(Duration.ofNanos(900 * TICK));
        assertThat(timer.scheduled).isEqualTo(1);
    }

    @Test
    void W3_overdue_isReplaced() {
        timed.open(Duration.ofNanos(5 * TICK));
        timer.drop();
        clock.set(6 * TICK);
        timed.open(LATER);
        assertThat(timer.isArmed()).as("overdue by no more than a tick").isFalse();
        clock.set(6 * TICK + 1);
        timed.open(LATER);
        timer.advanceTo(7 * TICK);
        assertThat(timed.statistics().timedOut()).as("the lost one's").isEqualTo(1);
    }

    @Test
    void W4_theInstalledOne_installsTheNext() {
        timed.open(Duration.ofNanos(5 * TICK));
        timed.open(Duration.ofNanos(9 * TICK));
        clock.set(5 * TICK);
        timer.runTask();
        assertThat(timer.lastDelay).isEqualTo(Duration.ofNanos(4 * TICK));
        assertThat(timed.inFlight()).isEqualTo(1);
    }

    @Test
    void W5_runsBeforeItIsInstalled_installsItself() {
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            clock.set(5 * TICK);
            timer.runTask(); // nothing is published yet
        };
        timed.open(Duration.ofNanos(5 * TICK));
        assertThat(timer.scheduled).as("once more, since that one is spent").isEqualTo(2);
        timer.advanceTo(6 * TICK);
        assertThat(timed.inFlight()).isZero();
    }

    @Test
    void W6_notTheInstalledOne_doesNothing() {
        timed.open(Duration.ofNanos(9 * TICK));
        Runnable replaced = timer.task();
        timed.open(Duration.ofNanos(5 * TICK));
        clock.set(20 * TICK);
        replaced.run();
        assertThat(timed.inFlight()).isEqualTo(2);
        timer.runTask();
        assertThat(timed.inFlight()).isZero();
    }

    @Test
    void everyRow_ofTheTables_hasItsTest() throws Exception {
        TransitionRows.assertHaveTests("correlator.md", CorrelatorTransitionTest.class, Set.of());
    }
}
