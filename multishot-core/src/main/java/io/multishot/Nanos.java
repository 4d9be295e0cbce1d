package io.multishot;

import java.time.Duration;

/** Durations and points of time in nanoseconds, which never overflow. */
final class Nanos {
    private Nanos() {}

    /** The duration; one beyond 292 years is as long as a long can tell, a negative one is zero. */
    static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException beyondLong) {
            return Long.MAX_VALUE;
        }
    }

    /** The point of time that is so much later than one that is not negative. */
    static long later(long elapsed, long nanos) {
        long later = elapsed + nanos;
        return later < 0 ? Long.MAX_VALUE : later;
    }
}
