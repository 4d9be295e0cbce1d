package io.multishot.correlator;

import java.util.function.LongSupplier;

/** The time since the correlator was made, in nanoseconds, from zero up to one below {@link DeadlineWord#NEVER}. */
final class ElapsedTime {
    private final LongSupplier nanoTime;
    private final long origin;

    /** The time when it was last read for all: requests without a deadline take it for the time of their opening. */
    private volatile long cached;

    ElapsedTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        origin = nanoTime.getAsLong();
    }

    /** Returns the time now; zero if the source went back behind the origin. */
    long now() {
        return Math.max(0, nanoTime.getAsLong() - origin);
    }

    /** Returns the time that the source's {@code nanoTime} stands for, which may be negative. */
    long at(long nanoTime) {
        return Math.min(nanoTime - origin, DeadlineWord.NEVER - 1); // so that nothing without a deadline is due
    }

    long sourceTime() {
        return nanoTime.getAsLong();
    }

    long cached() {
        return cached;
    }

    void cache(long elapsed) {
        cached = Math.max(0, elapsed);
    }
}
