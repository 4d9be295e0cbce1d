package io.multishot.correlator;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The timer of the process: one daemon thread, which ends some time after the last wake-up. */
final class SharedTimer implements DeadlineTimer {
    static final SharedTimer INSTANCE = new SharedTimer();

    private static final long KEEP_ALIVE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.create("multishot-timer", task));

    private final DeadlineTimer timer = DeadlineTimer.on(executor);
    private final CoarseClock coarseClock = new CoarseClock(this);

    private SharedTimer() {
        executor.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
    }

    CoarseClock coarseClock() {
        return coarseClock;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        executor.prestartCoreThread(); // if no thread can be started, this throws before the task is in the queue
        return timer.schedule(task, delay);
    }
}
