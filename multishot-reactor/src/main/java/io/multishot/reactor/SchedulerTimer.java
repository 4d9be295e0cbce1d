package io.multishot.reactor;

import io.multishot.correlator.DeadlineTimer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** The clock and the timer of a scheduler. */
final class SchedulerTimer implements DeadlineTimer {
    private final Scheduler scheduler;

    SchedulerTimer(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public long nanoTime() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        Disposable scheduled = scheduler.schedule(task, nanos(delay), TimeUnit.NANOSECONDS);
        return scheduled::dispose;
    }

    private static long nanos(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException longerThanALong) {
            return Long.MAX_VALUE;
        }
    }
}
