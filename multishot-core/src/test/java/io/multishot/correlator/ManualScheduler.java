package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

/** Keeps what it is asked to schedule until the test runs it. */
final class ManualScheduler implements DeadlineTimer {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean rejects;

    /** How often something was scheduled. */
    int scheduled;

    Duration lastDelay = Duration.ZERO;

    @Override
    public void schedule(Runnable task, Duration delay) {
        if (rejects) {
            throw new RejectedExecutionException("by the test");
        }
        scheduled++;
        lastDelay = delay;
        tasks.add(task);
        assertThat(tasks).as("tasks at a time").hasSize(1);
    }

    void reject(boolean now) {
        rejects = now;
    }

    boolean isArmed() {
        return !tasks.isEmpty();
    }

    /** Runs the one task that is scheduled. */
    void runTask() {
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
    }
}
