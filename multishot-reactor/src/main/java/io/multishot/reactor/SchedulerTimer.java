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
        Disposable scheduled = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return scheduled::dispose;
    }
}
