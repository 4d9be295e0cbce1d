package io.multishot;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The daemon thread that all correlators share. It starts when there is something to sweep, and ends some time after. */
final class SharedSweeper {
    private static final long KEEP_ALIVE_SECONDS = 5;

    private static final ScheduledThreadPoolExecutor EXECUTOR = create();

    private SharedSweeper() {}

    @SuppressWarnings("FutureReturnValueIgnored") // a sweep throws nothing: it reports it itself
    static void schedule(Runnable sweep, Duration delay) {
        EXECUTOR.schedule(sweep, Nanos.of(delay), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor create() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "multishot-sweeper", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null); // it outlives whoever happens to start it
            return thread;
        });
        executor.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
