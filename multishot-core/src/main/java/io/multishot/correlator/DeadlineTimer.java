package io.multishot.correlator;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a correlator's deadlines, and what wakes the correlator up when one is due: both are one thing, so that
 * a clock of a test moves both. A correlator has at most one wake-up scheduled, and none while nothing is in flight.
 * It runs no callback there.
 *
 * @see CorrelatorBuilder#timer
 */
public interface DeadlineTimer {

    /** A task that was scheduled. */
    @FunctionalInterface
    interface Scheduled {
        /** Keeps the task from running, if it does not run yet. */
        void cancel();
    }

    /**
     * Returns the time.
     *
     * @return nanoseconds since some fixed point of time; it must not go back
     */
    long nanoTime();

    /**
     * Schedules a task. It must not run within this call.
     *
     * @param task the task, which throws nothing and does not block
     * @param delay the delay, which fits a long in nanoseconds
     * @return the way to cancel it
     * @throws RejectedExecutionException if the timer takes no tasks; any exception reaches the caller that opens a
     *     request, and the request is not opened
     */
    Scheduled schedule(Runnable task, Duration delay);

    /**
     * Returns the timer of correlators that name none: one daemon thread for the whole process, and
     * {@link System#nanoTime}. The thread starts with the first request and ends some time after the last one.
     *
     * @return the shared timer
     */
    static DeadlineTimer shared() {
        return SharedTimer.INSTANCE;
    }

    /**
     * Returns a timer that runs on an executor, by the time of {@link System#nanoTime}.
     *
     * @param executor the executor; the caller shuts it down
     * @return the timer
     * @throws NullPointerException if the executor is {@code null}
     */
    static DeadlineTimer on(ScheduledExecutorService executor) {
        Objects.requireNonNull(executor, "executor");
        return new DeadlineTimer() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Scheduled schedule(Runnable task, Duration delay) {
                Future<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            }
        };
    }
}
