package io.multishot.tck.stress;

import io.multishot.correlator.Correlator;
import java.time.Duration;

/** The code that the tests of the correlator share. */
final class Requests {
    static final Duration HOUR = Duration.ofHours(1);
    static final Exception CAUSE = new Exception("stress");

    private Requests() {}

    /** Time stands still, and requests of no duration are due at once. */
    static Correlator<Integer> correlator(int capacity) {
        return Correlator.builder(capacity).timeSource(() -> 0).sweepByCaller().build();
    }
}
