package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the alarm wakes its work up, also where the timer, the work or another thread comes at the wrong moment. */
class DeadlineAlarmTest {
    private static final long TICK = 64;
    private static final long FAR = 1_000_000;

    private final ManualTimer timer = new ManualTimer();
    private final ScriptedWork work = new ScriptedWork();
    private final DeadlineAlarm alarm = new DeadlineAlarm(timer, new ElapsedTime(timer::nanoTime), TICK, work);
    private final List<Throwable> uncaught = new ArrayList<>();

    /** Has the earliest deadline that the test sets, and does what the test says. */
    private static final class ScriptedWork implements DeadlineAlarm.Work {
        final List<Long> wakes = new ArrayList<>();
        long earliest = DeadlineWord.NEVER;

        /** How many wake-ups, from the first, leave work for the next one. */
        int unfinished;

        Runnable onWake = () -> {};
        Runnable onEarliest = () -> {};

        @Override
        public boolean wake(long now) {
            wakes.add(now);
            onWake.run();
            return wakes.size() > unfinished;
        }

        /** The deadline is read before what the test does then. */
        @Override
        public long earliest(long now) {
            long read = earliest;
            Runnable then = onEarliest;
            onEarliest = () -> {};
            then.run();
            return read;
        }
    }

    @BeforeEach
    void startAtZero() {
        assertThat(timer.nanoTime()).isZero();
    }

    private void ensure(long at) {
        alarm.ensure(at, timer.nanoTime());
    }

    private boolean covers(long at) {
        return alarm.covers(at, timer.nanoTime());
    }

    private void expectWakeUpAt(long at) {
        assertThat(timer.nextAt()).isEqualTo(at);
    }

    private void advanceReporting(long time) {
        UncaughtExceptionsTest.reportingTo(uncaught::add, () -> timer.advanceTo(time));
    }

    // ---- one at a time ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(longs = {1, 63, 64})
    void ensure_notSet_setsOneAtTheNextTick(long at) {
        assertThat(covers(at)).isFalse();

        ensure(at);

        expectWakeUpAt(TICK);
        assertThat(covers(at)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 129, 10_000, DeadlineWord.NEVER - 1})
    void ensure_notEarlierThanTheOneThere_schedulesNothing(long later) {
        ensure(100);

        ensure(later);

        assertThat(timer.scheduled).isEqualTo(1);
        expectWakeUpAt(2 * TICK);
    }

    @Test
    void ensure_earlierThanTheOneThere_replacesIt() {
        ensure(1_000);
        ensure(129);
        expectWakeUpAt(3 * TICK);
        assertThat(covers(128)).isFalse();

        ensure(128);

        expectWakeUpAt(2 * TICK);
        assertThat(covers(128)).isTrue();
    }

    @Test
    void ensure_inThePast_wakesAtTheNextTick() {
        timer.advanceTo(200);

        ensure(10);

        expectWakeUpAt(4 * TICK);
    }

    @Test
    void ensure_atTheEndOfTime_schedulesWithoutOverflow() {
        ensure(DeadlineWord.NEVER - 1);
        expectWakeUpAt(DeadlineWord.NEVER - 1);
    }

    @Test
    void wakeUp_nothingAhead_setsNone() {
        ensure(100);

        timer.advanceTo(FAR);

        assertThat(work.wakes).containsExactly(2 * TICK);
        assertThat(timer.pending()).isZero();
        assertThat(covers(FAR)).isFalse();
    }

    @Test
    void wakeUp_somethingAhead_setsTheNextForThat() {
        work.earliest = 1_000;
        ensure(100);

        timer.advanceTo(999);

        assertThat(work.wakes).containsExactly(2 * TICK);
        expectWakeUpAt(1_024);
    }

    @Test
    void wakeUp_somethingIsOverdueStill_comesAgainAtTheNextTick() {
        work.earliest = 50;
        ensure(50);

        timer.advanceTo(3 * TICK - 1);

        assertThat(work.wakes).containsExactly(TICK, 2 * TICK);
        expectWakeUpAt(3 * TICK);
    }

    /** As a timer may do that is about to run it when it is cancelled. */
    @Test
    void wakeUp_runsAlthoughCancelled_doesNothing() {
        timer.onCancel = () -> {
            throw new IllegalStateException("not cancelled");
        };
        UncaughtExceptionsTest.reportingTo(uncaught::add, () -> {
            ensure(500);
            ensure(100);
        });
        assertThat(timer.pending()).isEqualTo(2);
        assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);

        timer.advanceTo(FAR);

        assertThat(work.wakes).containsExactly(2 * TICK);
        assertThat(timer.scheduled).isEqualTo(2);
    }

    // ---- lost and late wake-ups -------------------------------------------------------------------------------------

    @Test
    void ensure_theOneThereIsLateByATick_isPatient() {
        ensure(64);
        timer.drop();
        timer.advanceTo(2 * TICK);

        ensure(FAR);

        assertThat(timer.pending()).isZero();
    }

    @Test
    void ensure_theOneThereWasLost_setsAnother() {
        ensure(64);
        timer.drop();
        timer.advanceTo(2 * TICK + 1);

        ensure(300);

        expectWakeUpAt(320);
        timer.advanceTo(320);
        assertThat(work.wakes).containsExactly(320L);
    }

    @Test
    void ensure_theOneThereWasLost_setsItForAllThatReliedOnIt() {
        work.earliest = 250;
        ensure(64);
        timer.drop();
        timer.advanceTo(2 * TICK + 1);

        ensure(FAR);

        expectWakeUpAt(256);
    }

    /** The other one read the time before the wake-up was late. */
    @Test
    void ensure_replacesALostOneOnWhichAnotherReliesMeanwhile_isSetForThatToo() {
        ensure(64);
        timer.drop();
        timer.advanceTo(2 * TICK + 1);
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            work.earliest = 250;
            alarm.ensure(250, 2 * TICK);
        };

        ensure(FAR);

        expectWakeUpAt(256);
    }

    @Test
    void ensure_wakeUpTakesLong_isSetForAllThatReliedOnIt() {
        work.earliest = 1_000;
        work.onWake = () -> {
            work.onWake = () -> {};
            timer.clock.set(500);
            ensure(FAR);
        };
        ensure(64);

        timer.advanceTo(64);
        timer.advanceTo(1_024);

        assertThat(work.wakes).containsExactly(TICK, 1_024L);
    }

    /** The thread that replaced it read the deadlines before this one was published, and died before it did again. */
    @Test
    void wakeUp_replacedByAThreadThatDies_readsTheDeadlinesAgain() {
        AssertionError death = new AssertionError("dies");
        ensure(64);
        work.onEarliest = () -> {
            timer.afterSchedule = () -> {
                timer.afterSchedule = () -> {};
                work.earliest = 150;
                alarm.ensure(150, 64);
                work.onEarliest = () -> {
                    throw death;
                };
            };
            timer.clock.set(2 * TICK + 1);
            assertThatThrownBy(() -> ensure(FAR)).isSameAs(death);
        };

        timer.advanceTo(64);

        expectWakeUpAt(192);
    }

    // ---- between two steps ------------------------------------------------------------------------------------------

    /** As a timer may do whose clock is ahead. It counts as installed. */
    @Test
    void ensure_wakeUpRunsBeforeItIsInstalled_doesItsWorkAndSetsAnother() {
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            timer.runLast();
        };

        ensure(100);

        assertThat(work.wakes).containsExactly(0L);
        expectWakeUpAt(2 * TICK);
        assertThat(covers(100)).isTrue();
        timer.advanceTo(2 * TICK);
        assertThat(work.wakes).containsExactly(0L, 2 * TICK);
    }

    /** The thread that scheduled it dies before it installs it. */
    @Test
    void wakeUp_neverInstalledByItsThread_wakesTheWork() {
        work.earliest = 300;
        AssertionError death = new AssertionError("dies");
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            throw death;
        };
        assertThatThrownBy(() -> ensure(100)).isSameAs(death);

        timer.advanceTo(2 * TICK);

        assertThat(work.wakes).containsExactly(2 * TICK);
        expectWakeUpAt(320);
    }

    @Test
    void wakeUp_nextRunsBeforeItIsInstalled_doesItsWorkAndSetsAnother() {
        work.earliest = 300;
        ensure(64);
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            timer.runLast();
        };

        timer.advanceTo(64);

        assertThat(work.wakes).containsExactly(TICK, TICK);
        expectWakeUpAt(320);
        assertThat(covers(300)).isTrue();
    }

    @Test
    void wakeUp_leavesSomeOfItsWork_goesOnAtOnce() {
        work.earliest = 64;
        work.unfinished = 2;
        ensure(64);

        timer.advanceTo(100);

        assertThat(work.wakes).startsWith(64L, 65L, 66L).hasSize(3);
    }

    /** The thread relies on the wake-up that runs, which has read the deadlines already. */
    @ParameterizedTest
    @ValueSource(longs = {DeadlineWord.NEVER, 10_000})
    void wakeUp_deadlineComesAfterItReadThem_isSeenByTheSecondLook(long first) {
        work.earliest = first;
        ensure(64);
        work.onEarliest = () -> {
            work.earliest = 300;
            ensure(300);
        };

        timer.advanceTo(64);

        expectWakeUpAt(320);
    }

    @Test
    void ensure_anotherThreadSetsItMeanwhile_keepsTheEarlierOne() {
        timer.onSchedule = () -> {
            timer.onSchedule = () -> {};
            ensure(64);
        };

        ensure(1_000);

        expectWakeUpAt(TICK);
    }

    @Test
    void ensure_anotherThreadSetsALaterOneMeanwhile_setsItsOwn() {
        timer.onSchedule = () -> {
            timer.onSchedule = () -> {};
            ensure(1_000);
        };

        ensure(64);

        expectWakeUpAt(TICK);
    }

    // ---- a timer or work that throws --------------------------------------------------------------------------------

    @Test
    void ensure_timerThrows_isAsBefore() {
        timer.reject(true);

        assertThatThrownBy(() -> ensure(100)).isInstanceOf(RejectedExecutionException.class);

        assertThat(covers(FAR)).isFalse();
        timer.reject(false);
        ensure(FAR);
        assertThat(timer.pending()).isEqualTo(1);
    }

    @Test
    void ensure_timerThrowsAtAnEarlierOne_keepsTheOneThere() {
        ensure(1_000);
        timer.reject(true);

        assertThatThrownBy(() -> ensure(100)).isInstanceOf(RejectedExecutionException.class);

        expectWakeUpAt(1_024);
        assertThat(covers(1_000)).isTrue();
        assertThat(covers(100)).isFalse();
        timer.advanceTo(1_024);
        assertThat(work.wakes).hasSize(1);
    }

    @Test
    void wakeUp_timerThrowsAtTheNext_isSetForTheEarliestByTheNextCall() {
        work.earliest = 300;
        ensure(64);
        timer.reject(true);

        advanceReporting(64);

        assertThat(uncaught).singleElement().isInstanceOf(RejectedExecutionException.class);
        assertThat(covers(FAR)).isFalse();
        timer.reject(false);
        ensure(FAR);
        expectWakeUpAt(320);
    }

    @Test
    void wakeUp_timerThrowsAtTheSecondLook_keepsTheNext() {
        work.earliest = 1_000;
        ensure(64);
        timer.afterSchedule = () -> {
            work.earliest = 300;
            timer.reject(true);
        };

        advanceReporting(64);

        assertThat(uncaught).singleElement().isInstanceOf(RejectedExecutionException.class);
        expectWakeUpAt(1_024);
        assertThat(covers(1_000)).isTrue();
    }

    @Test
    void wakeUp_workThrows_isReportedAndGoesOn() {
        IllegalStateException thrown = new IllegalStateException("by the work");
        work.earliest = 300;
        work.onWake = () -> {
            throw thrown;
        };
        ensure(64);

        advanceReporting(64);

        assertThat(uncaught).containsExactly(thrown);
        expectWakeUpAt(320);
    }
}
