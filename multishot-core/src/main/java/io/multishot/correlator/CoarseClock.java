package io.multishot.correlator;

import io.multishot.internal.UncaughtExceptions;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time to a second, for less than a clock costs. It ticks while it is read and for a second after that, for all
 * correlators of the process.
 */
final class CoarseClock {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final VarHandle LATEST = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "latest", VarHandle.class, CoarseClock.class, Tick.class);

    private final DeadlineTimer timer;

    private volatile @Nullable Tick latest;

    CoarseClock(DeadlineTimer timer) {
        this.timer = timer;
    }

    /** Returns a time by the timer's clock that is no more than about a second old. */
    long nanoTime() {
        Tick tick = latest;
        if (tick == null || tick.over) {
            return start(tick);
        }
        if (!tick.read) {
            tick.read = true;
        }
        return tick.time;
    }

    private long start(@Nullable Tick before) {
        long now = timer.nanoTime();
        try {
            follow(before, now);
        } catch (Throwable refused) {
            // The next reader tries again, and reads the clock meanwhile.
        }
        return now;
    }

    /** Schedules before it installs: a thread that stalls in between leaves others no tick that is never over. */
    private void follow(@Nullable Tick before, long now) {
        Tick next = new Tick(now);
        DeadlineTimer.Scheduled scheduled = timer.schedule(next, SECOND);
        if (!LATEST.compareAndSet(this, before, next)) {
            scheduled.cancel();
        }
    }

    /** A time that counts for a second, until the task ran. */
    private final class Tick implements Runnable {
        final long time;

        volatile boolean read;
        volatile boolean over;

        Tick(long time) {
            this.time = time;
        }

        @Override
        public void run() {
            try {
                if (latest == this && read) {
                    follow(this, timer.nanoTime());
                }
            } catch (Throwable refused) {
                UncaughtExceptions.report(refused); // the next reader starts the ticks again
            } finally {
                over = true;
            }
        }
    }
}
