package io.multishot.tck.modelcheck;

import io.multishot.correlator.DeadlineTimer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands in for the timer that all correlators share. The scenario moves its clock, and runs the tasks on whichever
 * thread it likes. A thread that parks moves the clock, too.
 */
public final class ModelTimer implements DeadlineTimer {
    /** For the rewritten code. */
    public static final ModelTimer INSTANCE = new ModelTimer();

    private final AtomicLong clock = new AtomicLong();
    private final AtomicReference<Task> latest = new AtomicReference<>();

    @Override
    public long nanoTime() {
        return System.nanoTime() + clock.get();
    }

    @Override
    public Scheduled schedule(Runnable code, Duration delay) {
        long at = nanoTime() + delay.toNanos();
        Task task;
        do {
            task = new Task(code, at, latest.get());
        } while (!latest.compareAndSet(task.before, task));
        return task;
    }

    /** Moves the clock to a time, unless it is later already. */
    void advanceTo(long time) {
        if (nanoTime() < time) {
            clock.set(time - System.nanoTime());
        }
    }

    /** Returns the task that is scheduled for the earliest time, up to the one given; null if there is none. */
    Task next(long until) {
        Task next = null;
        for (Task task = latest.get(); task != null; task = task.before) {
            if (task.at <= until && !task.over.get() && (next == null || task.at <= next.at)) {
                next = task;
            }
        }
        return next;
    }

    /** Runs a task that is due now, if there is one. */
    boolean runDue() {
        Task due = next(nanoTime());
        if (due == null) {
            return false;
        }
        due.run();
        return true;
    }

    /** Runs the tasks up to a time, with the clock at the time of each. */
    void runUntil(long time) {
        for (Task task = next(time); task != null; task = next(time)) {
            advanceTo(task.at);
            task.run();
        }
        advanceTo(time);
    }

    /** A task that is run at most once, and not after it was cancelled. */
    static final class Task implements Scheduled {
        private final Runnable code;
        private final long at;
        private final Task before;
        private final AtomicBoolean over = new AtomicBoolean();

        Task(Runnable code, long at, Task before) {
            this.code = code;
            this.at = at;
            this.before = before;
        }

        void run() {
            if (over.compareAndSet(false, true)) {
                code.run();
            }
        }

        @Override
        public void cancel() {
            over.set(true);
        }
    }
}
