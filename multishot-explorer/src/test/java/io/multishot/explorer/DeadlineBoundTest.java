package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A protocol of a timer and bounds of deadlines: it holds, and each planted bug of it is found. */
class DeadlineBoundTest {
    private static final int NONE = -1;

    private static Exploration exploration(
            boolean alwaysBoth, boolean scansAllAfterDeath, boolean sweeps, int first, int second) {
        return Exploration.of(DeadlineBoundScenarios.class, "run")
                .with(alwaysBoth, scansAllAfterDeath, sweeps, 1, first, second);
    }

    @Test
    void oneRequest_exhausted_isInTime() {
        exploration(true, true, false, 1, NONE).explore().assertExhaustedWithoutFailure();
    }

    @Test
    @Tag("exhaustive")
    @Timeout(300)
    void oneRequestAndSweep_exhausted_isInTime() {
        exploration(true, true, true, 1, NONE).explore().assertExhaustedWithoutFailure();
    }

    @ParameterizedTest
    @CsvSource({"false, 0, 1", "true, 0, 1", "true, 1, 0"})
    void twoRequests_oneThreadStalls_areInTime(boolean sweeps, int first, int second) {
        exploration(true, true, sweeps, first, second)
                .stalls(1)
                .random(1)
                .maxExecutions(2_000)
                .explore()
                .assertNoFailure();
    }

    @Test
    void sweepThatDies_isMadeUpFor() {
        exploration(true, true, true, 1, NONE)
                .deaths(1)
                .preemptions(0)
                .explore()
                .assertExhaustedWithoutFailure();
    }

    @Test
    @Tag("exhaustive")
    @Timeout(300)
    void groupNotLowered_oneThreadStalls_isLate() {
        Failure failure = exploration(false, true, false, 0, 1)
                .stalls(1)
                .preemptions(0)
                .explore()
                .assertFailure(Failure.Kind.THROWN);
        assertThat(failure.message()).contains("late: the timer sleeps until 99, request 1");
    }

    @Test
    void onlyWhatLooksDueIsScannedAfterADeath_isLate() {
        Failure failure =
                exploration(true, false, true, 1, NONE).deaths(1).explore().assertFailure(Failure.Kind.THROWN);
        assertThat(failure.message()).contains("late: the timer sleeps until 99, request 0");
    }
}
