package io.multishot.correlator;

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

    /** Null while it does not tick. */
    private volatile @Nullable Tick latest;

    private static final class Tick {
        final long time;

        /** Set by one of the threads that read it, at least. */
        volatile boolean read;

        Tick(long time) {
            this.time = time;
        }
    }

    CoarseClock(DeadlineTimer timer) {
        this.timer = timer;
    }

    /** Returns a time by the timer's clock that is no more than about a second old. */
    long nanoTime() {
        Tick tick = latest;
        if (tick == null) {
            return start();
        }
        if (!tick.read) {
            tick.read = true;
        }
        return tick.time;
    }

    private long start() {
        long now = timer.nanoTime();
        Tick first = new Tick(now);
        if (LATEST.compareAndSet(this, null, first)) {
            schedule();
        }
        return now;
    }

    private void schedule() {
        try {
            timer.schedule(this::tick, SECOND);
        } catch (Throwable refused) {
            latest = null; // the next reader tries again, and reads the clock meanwhile
        }
    }

    private void tick() {
        Tick tick = latest;
        if (tick != null && tick.read) {
            latest = new Tick(timer.nanoTime());
            schedule();
        } else {
            latest = null;
        }
    }
}
