package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which threads of an execution can make their next step, and the choice among them. */
final class Scheduler {
    private final ChoicePath path;
    private final List<LogicalThread> threads;
    private final Settings settings;
    private int spuriousWakeups;
    private @Nullable LogicalThread running;
    private boolean allAsleep;

    Scheduler(ChoicePath path, List<LogicalThread> threads, Settings settings) {
        this.path = path;
        this.threads = threads;
        this.settings = settings;
        spuriousWakeups = settings.spuriousWakeups;
    }

    /** The thread stopped before its next step. */
    void announce(LogicalThread thread) {
        running = thread;
        thread.othersStepped = false;
    }

    /** The thread goes on, which ends the wait of those that yielded to it. */
    void made(LogicalThread thread) {
        for (LogicalThread other : threads) {
            if (other != thread) {
                other.othersStepped = true;
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
        Choice choice = path.replayed();
        if (choice == null) {
            Schedule fresh = Schedule.of(
                    threads, ready, settings.sleepSets ? path.lastSchedule() : null, settings.loadsMoveAhead);
            if (fresh.alternatives() == 0) {
                allAsleep = true;
                return null;
            }
            path.add(fresh);
            choice = fresh;
        } else if (!(choice instanceof Schedule met) || !met.isMetAgainBy(threads)) {
            throw new NondeterminismException("another step");
        }
        path.pass(choice);
        return threads.get(((Schedule) choice).thread());
    }

    boolean allAsleep() {
        return allAsleep;
    }

    boolean allDone() {
        return threads.stream().allMatch(thread -> thread.done);
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
            case NEVER, TIMED_PARK -> ready.add(thread);
            case JOIN -> {
                LogicalThread target = step == null ? null : step.target();
                if (target == null || target.done || thread.interrupted) {
                    ready.add(thread);
                }
            }
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
