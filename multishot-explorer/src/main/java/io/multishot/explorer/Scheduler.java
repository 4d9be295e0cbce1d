package io.multishot.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which threads of an execution can make their next step, and the choice among them. */
final class Scheduler {
    private final ChoicePath path;
    private final List<LogicalThread> threads;
    private final Settings settings;
    private int spuriousWakeups;
    private int preemptions;
    /** For each effect, the steps that have it, and all that those depend on. */
    private final int[][] pastOfEffects = new int[Step.EFFECTS][];

    /** All steps, and those that yielded with all that they depend on, which is every step before. */
    private int[] pastOfAll = Clocks.ZERO;

    private int[] pastOfYields = Clocks.ZERO;

    private final Races races = new Races();

    /** The choice that let the thread go which makes the next step; null if nothing was to be chosen. */
    private @Nullable Schedule choice;

    private @Nullable LogicalThread running;
    private boolean allAsleep;

    Scheduler(ChoicePath path, List<LogicalThread> threads, Settings settings) {
        this.path = path;
        this.threads = threads;
        this.settings = settings;
        spuriousWakeups = settings.spuriousWakeups;
        preemptions = settings.preemptions;
        Arrays.fill(pastOfEffects, Clocks.ZERO);
    }

    /** The thread stopped before its next step. */
    void announce(LogicalThread thread) {
        if (running == null || thread.announced) { // else it has only come to its first step, which nobody chose
            running = thread;
        }
        thread.announced = true;
    }

    /** The thread makes the step, which ends the wait of those that yielded to it. */
    void made(LogicalThread thread, Step announced) {
        boolean ordered = !announced.isUnnoticed();
        for (LogicalThread other : threads) {
            if (other != thread && ordered) {
                other.othersStepped = true;
            }
        }
        if (announced.blocking() == Step.Blocking.YIELD) {
            thread.othersStepped = false;
        }
        Step step = announced.asOfNow();
        remember(thread, step);
        if (settings.usesRaces()) {
            races.add(thread, step, thread.pastOfStep, choice, path.isNew());
        }
        choice = null;
    }

    /** Adds to the thread's past the steps that this one depends on. */
    private void remember(LogicalThread thread, Step step) {
        thread.pastOfStep = thread.past;
        int[] past = thread.past;
        Shared touched = step.touched();
        if (touched != null) {
            past = Clocks.joined(past, step.writes() ? touched.accesses : touched.writers);
        }
        for (int effect = 0; effect < Step.EFFECTS; effect++) {
            if (step.dependsOn(effect)) {
                past = Clocks.joined(past, pastOfEffects[effect]);
            }
        }
        boolean yields = step.blocking() == Step.Blocking.YIELD;
        if (!step.isUnnoticed()) {
            past = Clocks.joined(past, yields ? pastOfAll : pastOfYields);
        }
        LogicalThread ended = step.target();
        if (ended != null && !thread.interrupted) { // a join
            past = Clocks.joined(past, ended.past);
        }
        past = Clocks.with(past.clone(), thread.id, thread.time() + 1);
        thread.past = past;
        if (!step.isUnnoticed()) {
            pastOfAll = Clocks.joined(pastOfAll, past);
        }
        if (yields) {
            pastOfYields = past;
        }
        if (touched != null) {
            touched.accesses = Clocks.joined(touched.accesses, past);
            if (step.writes()) {
                touched.writers = past;
            }
        }
        for (int effect = 0; effect < Step.EFFECTS; effect++) {
            if ((step.effects() & 1 << effect) != 0) {
                pastOfEffects[effect] = Clocks.joined(pastOfEffects[effect], past);
            }
        }
    }

    /** The thread that goes next; null if none can, or every one that can sleeps. */
    @Nullable
    LogicalThread next() {
        for (LogicalThread thread : threads) {
            if (!thread.started) {
                return thread; // nobody can tell when it gets to its first step, so there is nothing to choose
            }
        }
        List<LogicalThread> ready = ready();
        if (ready.isEmpty()) {
            return null;
        }
        for (LogicalThread thread : ready) {
            if (thread.pending != null && thread.pending.isUnnoticed()) {
                return thread; // it makes no difference when it does
            }
        }
        LogicalThread last = running;
        boolean couldGoOn = last != null && ready.contains(last);
        if (couldGoOn && preemptions == 0) {
            ready = List.of(last);
        }
        Choice next = path.replayed();
        if (next == null) {
            Schedule fresh = Schedule.of(threads, ready, settings.reduces() ? path.lastSchedule() : null);
            if (fresh.alternatives() == 0) {
                allAsleep = true;
                return null;
            }
            if (!settings.usesRaces() || threads.stream().anyMatch(Scheduler::isHardToReverse)) {
                fresh.wantAll();
            }
            path.add(fresh);
            next = fresh;
        } else if (!(next instanceof Schedule met) || !met.isMetAgainBy(threads)) {
            throw new NondeterminismException("another step");
        }
        path.pass(next);
        choice = (Schedule) next;
        LogicalThread chosen = threads.get(choice.thread());
        if (couldGoOn && chosen != last && preemptions > 0) {
            preemptions--;
        }
        return chosen;
    }

    /**
     * Tells whether the thread may wait for more than a monitor, so that races do not tell when it could go on earlier.
     */
    private static boolean isHardToReverse(LogicalThread thread) {
        Step step = thread.pending;
        return !thread.done
                && step != null
                && switch (step.blocking()) {
                    case NEVER, LEAVE, MONITOR, STALLED -> false;
                    case JOIN -> step.touched() != null;
                    case PARK, TIMED_PARK, YIELD, WAIT, TIMED_WAIT -> true;
                };
    }

    boolean allAsleep() {
        return allAsleep;
    }

    boolean allDone() {
        return threads.stream().allMatch(thread -> thread.done);
    }

    boolean onlyStalledAreLeft() {
        return threads.stream().allMatch(thread -> thread.done || thread.stalled)
                && threads.stream().anyMatch(thread -> thread.stalled);
    }

    boolean maySpendWakeup() {
        return spuriousWakeups > 0;
    }

    void spendWakeup() {
        spuriousWakeups--;
    }

    String describeBlocked() {
        return threads.stream()
                .filter(thread -> !thread.done)
                .map(Scheduler::describe)
                .collect(Collectors.joining(", "));
    }

    private static String describe(LogicalThread thread) {
        Step step = thread.pending;
        if (step == null) {
            return Trace.name(thread);
        }
        return Trace.name(thread) + " waits in " + step.name()
                + (step.target() == null ? "" : " for " + Trace.name(step.target()));
    }

    /**
     * The threads that can go: the one that ran last first, so that the first executions switch little. A thread that
     * yielded can go if another one made a step since, or if no other can. A thread that only a spurious wake-up would
     * let go does not count: nobody may rely on that.
     */
    private List<LogicalThread> ready() {
        List<LogicalThread> ready = new ArrayList<>(threads.size());
        List<LogicalThread> spurious = new ArrayList<>(0);
        List<LogicalThread> yielding = new ArrayList<>(0);
        if (running != null && !running.done) {
            sort(running, ready, spurious, yielding);
        }
        for (LogicalThread thread : threads) {
            if (thread != running && !thread.done) {
                sort(thread, ready, spurious, yielding);
            }
        }
        if (ready.isEmpty()) {
            ready.addAll(yielding);
        }
        if (!ready.isEmpty()) {
            ready.addAll(spurious);
        }
        return ready;
    }

    private void sort(
            LogicalThread thread,
            List<LogicalThread> ready,
            List<LogicalThread> spurious,
            List<LogicalThread> yielding) {
        Step step = thread.pending;
        switch (step == null ? Step.Blocking.NEVER : step.blocking()) {
            case NEVER, LEAVE, TIMED_PARK -> ready.add(thread);
            case JOIN -> {
                LogicalThread target = step == null ? null : step.target();
                if (target == null || target.done || target.stalled || thread.interrupted) {
                    ready.add(thread);
                }
            }
            case MONITOR -> {
                if (step != null && step.isFreeFor(thread)) {
                    ready.add(thread);
                }
            }
            case WAIT, TIMED_WAIT -> {
                if (step == null || !step.isFreeFor(thread)) {
                    return;
                }
                if (thread.notified || thread.interrupted || step.blocking() == Step.Blocking.TIMED_WAIT) {
                    ready.add(thread);
                } else if (maySpendWakeup()) {
                    spurious.add(thread);
                }
            }
            case STALLED -> {}
            case YIELD -> (thread.othersStepped ? ready : yielding).add(thread);
            case PARK -> {
                if (thread.permit || thread.interrupted) {
                    ready.add(thread);
                } else if (maySpendWakeup()) {
                    spurious.add(thread);
                }
            }
        }
    }
}
