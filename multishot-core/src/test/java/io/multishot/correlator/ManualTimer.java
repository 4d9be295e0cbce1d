package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** A clock and timer that the test moves: it keeps what it is asked to schedule until the test runs it. */
final class ManualTimer implements DeadlineTimer {
    private record Task(Runnable code, long at) {}

    final AtomicLong clock;
    private final List<Task> tasks = new ArrayList<>();
    private boolean rejects;

    /** What to do when something is scheduled, before it is. */
    Runnable onSchedule = () -> {};

    /** What to do when something was scheduled, before the call returns. */
    Runnable afterSchedule = () -> {};

    /** What to do when something is cancelled, before it is. */
    Runnable onCancel = () -> {};

    /** How often something was scheduled. */
    int scheduled;

    Duration lastDelay = Duration.ZERO;

    ManualTimer() {
        this(new AtomicLong());
    }

    ManualTimer(AtomicLong clock) {
        this.clock = clock;
    }

    @Override
    public long nanoTime() {
        return clock.get();
    }

    @Override
    public Scheduled schedule(Runnable code, Duration delay) {
        onSchedule.run();
        if (rejects) {
            throw new RejectedExecutionException("by the test");
        }
        scheduled++;
        lastDelay = delay;
        Task task = new Task(code, clock.get() + delay.toNanos());
        tasks.add(task);
        afterSchedule.run();
        return () -> {
            onCancel.run();
            tasks.remove(task);
        };
    }

    void reject(boolean now) {
        rejects = now;
    }

    boolean isArmed() {
        return !tasks.isEmpty();
    }

    /** Returns how many tasks are scheduled. */
    int pending() {
        return tasks.size();
    }

    /** Returns the time of the one task that is scheduled. */
    long nextAt() {
        assertThat(tasks).hasSize(1);
        return tasks.get(0).at();
    }

    /** Loses what is scheduled, as an executor that is shut down does. */
    void drop() {
        tasks.clear();
    }

    /** Returns the one task that is scheduled. */
    Runnable task() {
        assertThat(tasks).hasSize(1);
        return tasks.get(0).code();
    }

    /** Runs the one task that is scheduled. */
    void runTask() {
        assertThat(tasks).hasSize(1);
        tasks.remove(0).code().run();
    }

    /** Runs the task that was scheduled last. */
    void runLast() {
        tasks.remove(tasks.size() - 1).code().run();
    }

    /** Runs what is due until this time, with the clock at the time of each. */
    void advanceTo(long time) {
        while (true) {
            Task next = null;
            for (Task task : tasks) {
                if (task.at() <= time && (next == null || task.at() < next.at())) {
                    next = task;
                }
            }
            if (next == null) {
                break;
            }
            tasks.remove(next);
            clock.set(Math.max(clock.get(), next.at()));
            next.code().run();
        }
        clock.set(time);
    }
}
