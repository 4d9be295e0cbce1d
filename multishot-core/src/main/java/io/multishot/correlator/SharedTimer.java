package io.multishot.correlator;

import io.multishot.internal.SaturatingNanos;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The daemon thread that all correlators share. It starts with the first check of deadlines and ends some time after
 * the last.
 */
final class SharedTimer {
    private static final long KEEP_ALIVE_SECONDS = 5;

    private static final ScheduledThreadPoolExecutor EXECUTOR = create();

    private SharedTimer() {}

    @SuppressWarnings("FutureReturnValueIgnored") // a sweep reports exceptions itself
    static void schedule(Runnable sweep, Duration delay) {
        EXECUTOR.schedule(sweep, SaturatingNanos.of(delay), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor create() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "multishot-sweeper", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null); // it outlives the thread that happens to start it
            return thread;
        });
        executor.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
