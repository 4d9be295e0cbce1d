package io.multishot.correlator;

import io.multishot.internal.SaturatingNanos;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs a correlator's checks of deadlines: each once, after a delay. At most one check of a correlator is scheduled at
 * a time, and none while nothing is in flight. Callbacks of requests that time out run in the check, so one that blocks
 * holds up all other deadlines of the same timer.
 *
 * @see CorrelatorBuilder#timer
 */
@FunctionalInterface
public interface DeadlineTimer {

    /**
     * Schedules a check. It must not run within this call.
     *
     * @param check the check, which throws nothing
     * @param delay the delay
     * @throws RejectedExecutionException if the timer takes no tasks; any exception reaches the caller that opens a
     *     request, and the request is not opened
     */
    void schedule(Runnable check, Duration delay);

    /**
     * Returns the timer of correlators that name none: one daemon thread for the whole process. It starts with the
     * first check and ends some time after the last.
     *
     * @return the shared timer
     */
    static DeadlineTimer shared() {
        return SharedTimer::schedule;
    }

    /**
     * Returns a timer that runs checks on an executor.
     *
     * @param executor the executor; the caller shuts it down
     * @return the timer
     * @throws NullPointerException if the executor is {@code null}
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a check throws nothing: it reports exceptions itself
    static DeadlineTimer on(ScheduledExecutorService executor) {
        Objects.requireNonNull(executor, "executor");
        return (check, delay) -> executor.schedule(check, SaturatingNanos.of(delay), TimeUnit.NANOSECONDS);
    }
}
