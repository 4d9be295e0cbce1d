package io.multishot.correlator;

import java.util.function.LongSupplier;

/** The time since the correlator was made, in nanoseconds, from zero up to one below {@link DeadlineWord#NEVER}. */
final class ElapsedTime {
    private final LongSupplier nanoTime;
    private final long origin;

    ElapsedTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        origin = nanoTime.getAsLong();
    }

    /** Returns the time now; zero if the source went back behind the origin. */
    long now() {
        return since(nanoTime.getAsLong());
    }

    /** Returns the time that the source's {@code nanoTime} stands for; zero if that was before the origin. */
    long since(long nanoTime) {
        return Math.max(0, nanoTime - origin);
    }

    /** Returns the same, which may be negative. */
    long at(long nanoTime) {
        return Math.min(nanoTime - origin, DeadlineWord.NEVER - 1); // so that nothing without a deadline is due
    }

    long sourceTime() {
        return nanoTime.getAsLong();
    }
}
