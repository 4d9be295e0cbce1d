package io.multishot.correlator;

import io.multishot.internal.UncaughtExceptions;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a correlator up no later than the earliest deadline, to the resolution. One wake-up is scheduled at a time, and
 * none while there is nothing to wake up for.
 *
 * <p>A thread that needs an earlier one schedules it and then installs it, so that a thread that stalls or dies between
 * the two leaves others nothing to rely on. The wake-up itself, when it has done its work, installs the next one and
 * then reads the deadlines once more; a thread that opens a request publishes the deadline and then reads which wake-up
 * is installed: at least one of the two sees the other.
 *
 * <p>Times are in nanoseconds since the correlator was made.
 */
final class DeadlineAlarm {
    /** What the alarm is for. */
    interface Work {
        /**
         * Does what is due.
         *
         * @return false if some of it is left for another call, which must follow at once
         */
        boolean wake(long now);

        /** Returns the time of the next wake-up that is needed, {@link DeadlineWord#NEVER} if none is. */
        long earliest(long now);
    }

    private static final VarHandle INSTALLED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "installed", VarHandle.class, DeadlineAlarm.class, WakeUp.class);

    private final DeadlineTimer timer;
    private final ElapsedTime time;
    private final Work work;

    /** A power of two: wake-ups are at its multiples, so that deadlines which are close share one. */
    private final long tick;

    /** The wake-up that other threads rely on: it is scheduled, or runs. */
    private volatile @Nullable WakeUp installed;

    /**
     * Creates an alarm that is not set.
     *
     * @param resolution how late a wake-up may be, in nanoseconds; more than zero
     */
    DeadlineAlarm(DeadlineTimer timer, ElapsedTime time, long resolution, Work work) {
        this.timer = timer;
        this.time = time;
        this.work = work;
        tick = Long.highestOneBit(resolution);
    }

    long tick() {
        return tick;
    }

    /** Tells whether a wake-up is installed that is to come, or runs. */
    boolean isSet() {
        WakeUp current = installed;
        return current != null && !current.spent;
    }

    /** Tells whether a wake-up is installed that comes by this time, or runs. */
    boolean covers(long at, long now) {
        return isReliable(installed, ahead(at, now), now);
    }

    /** Tells whether a wake-up that others rely on is late, or could not schedule the next one. */
    boolean needsRepair(long now) {
        WakeUp current = installed;
        return current != null && (current.refused || (!current.spent && now - current.at > tick));
    }

    /**
     * Makes sure that a wake-up comes by this time, or at once if that has passed.
     *
     * @throws RuntimeException or {@link Error}: what the timer throws; then nothing has changed
     */
    void ensure(long at, long now) {
        set(ahead(at, now), now);
    }

    /** Returns the time of the wake-up for something that is due then. With no delay, some timers run a task inline. */
    private long ahead(long at, long now) {
        return roundUp(Math.max(at, now + 1));
    }

    /** Tells whether this wake-up comes by the time, or runs. */
    private boolean isReliable(@Nullable WakeUp current, long wanted, long now) {
        return current != null && current.at <= wanted && !isLost(current, now);
    }

    /** Tells whether a wake-up is over, or late: the timer may have lost it, or the thread that runs it is stuck. */
    private boolean isLost(@Nullable WakeUp current, long now) {
        return current == null || now - current.at > tick || current.spent;
    }

    private void set(long wanted, long now) {
        long needed = wanted;
        while (true) {
            WakeUp current = installed;
            if (isReliable(current, needed, now)) {
                return;
            }
            // Other threads may have relied on a wake-up that is lost, for an earlier deadline. Look for that before it
            // is replaced, since this thread may stall after that, and afterwards, since they may have done so
            // meanwhile.
            boolean lost = isLost(current, now);
            if (lost) {
                needed = earliest(wanted, now);
            }
            WakeUp next = schedule(current, needed);
            if (!next.install()) {
                next.cancel();
            } else if (lost) {
                needed = earliest(wanted, now);
            } else {
                return; // a thread that replaces it by a later one finds it lost, and looks
            }
        }
    }

    private long earliest(long wanted, long now) {
        return Math.min(wanted, ahead(work.earliest(now), now));
    }

    private WakeUp schedule(@Nullable WakeUp before, long at) {
        // By the time of now: the thread may have stalled since it read the clock.
        return schedule(before, at, Math.max(1, at - time.now()));
    }

    private WakeUp schedule(@Nullable WakeUp before, long at, long delay) {
        WakeUp wakeUp = new WakeUp(before, at);
        wakeUp.scheduled = timer.schedule(wakeUp, Duration.ofNanos(delay));
        return wakeUp;
    }

    private long roundUp(long at) {
        return at > DeadlineWord.NEVER - tick ? DeadlineWord.NEVER - 1 : (at + tick - 1) & -tick;
    }

    /** A time to wake up at; it takes effect once and if it is the one that is installed. */
    private final class WakeUp implements Runnable {
        final long at;

        /** The one that was installed when this one was made; itself once it is installed. */
        private volatile @Nullable WakeUp before;

        volatile DeadlineTimer.@Nullable Scheduled scheduled;

        /** It ran, and no other was needed. It stays installed, so that a thread that saw none before finds another. */
        volatile boolean spent;

        /** It could not schedule the next one. Written before {@link #spent}. */
        volatile boolean refused;

        WakeUp(@Nullable WakeUp before, long at) {
            this.before = before;
            this.at = at;
        }

        /** Makes this the one that other threads rely on; false if it is already, or another one is by now. */
        boolean install() {
            WakeUp current = before;
            if (current == this || !INSTALLED.compareAndSet(DeadlineAlarm.this, current, this)) {
                return false;
            }
            before = this; // not to keep it
            if (current != null) {
                current.cancel();
            }
            return true;
        }

        void cancel() {
            DeadlineTimer.Scheduled task = scheduled;
            if (task != null) {
                try {
                    task.cancel();
                } catch (Throwable thrown) {
                    UncaughtExceptions.report(thrown); // it runs, and finds that it is not installed
                }
            }
        }

        @Override
        public void run() {
            scheduled = null; // it cannot be cancelled any more
            // The thread that scheduled it may not have installed it yet, or never will.
            if (!install() && installed != this) {
                return;
            }
            boolean done = true;
            try {
                done = work.wake(time.now());
            } catch (Throwable thrown) {
                UncaughtExceptions.report(thrown);
            }
            try {
                goOn(done);
            } catch (Throwable refused) {
                this.refused = true;
                spent = true; // the next request with a deadline sets it
                UncaughtExceptions.report(refused);
            }
        }

        private void goOn(boolean done) {
            long now = time.now();
            long earliest = work.earliest(now);
            if (earliest == DeadlineWord.NEVER) {
                spent = true;
            } else {
                long nextAt = afterThis(earliest, now);
                WakeUp next = done ? schedule(this, nextAt) : schedule(this, nextAt, 1);
                if (!next.install()) {
                    next.cancel(); // another thread replaced this one, which took long
                }
            }
            // Even if it was replaced: others may have relied on it until then, for a deadline that it had not seen.
            now = time.now();
            earliest = work.earliest(now);
            if (earliest != DeadlineWord.NEVER) {
                ensure(afterThis(earliest, now), now);
            }
        }

        /** Returns when to wake up next: what this one could not do, a later one may, but not at the same tick. */
        private long afterThis(long earliest, long now) {
            return Math.max(ahead(earliest, now), roundUp(at + 1));
        }
    }
}
