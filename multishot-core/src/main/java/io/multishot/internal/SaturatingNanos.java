package io.multishot.internal;

import java.time.Duration;

/** Saturating arithmetic on durations and points of time in nanoseconds. */
public final class SaturatingNanos {
    private SaturatingNanos() {}

    /**
     * Converts a duration.
     *
     * @param duration the duration
     * @return zero if it is negative, {@link Long#MAX_VALUE} if it is longer than 292 years
     */
    public static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException beyondLong) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Adds to a point of time.
     *
     * @param time the point of time, not negative
     * @param nanos the duration to add, not negative
     * @return the sum, at most {@link Long#MAX_VALUE}
     */
    public static long later(long time, long nanos) {
        long later = time + nanos;
        return later < 0 ? Long.MAX_VALUE : later;
    }
}
