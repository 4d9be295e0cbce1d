package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A protocol of a timer and bounds of deadlines: it holds, and each planted bug of it is found. All explorations are
 * without a preemption bound, unless the name of the test says otherwise.
 */
class DeadlineBoundTest {
    private static final int NONE = -1;

    private static Exploration requests(String bug, int first, int second, boolean sweeps, boolean timePasses) {
        return Exploration.of(DeadlineBoundScenarios.class, "requests").with(bug, first, second, sweeps, timePasses);
    }

    private static Exploration reuse(String bug, boolean sweeps, boolean timePasses) {
        return Exploration.of(DeadlineBoundScenarios.class, "reuse").with(bug, 1, 3, sweeps, timePasses);
    }

    private static Exploration extension(String bug, int first, int second, boolean sweeps, boolean timePasses) {
        return Exploration.of(DeadlineBoundScenarios.class, "extension").with(bug, first, second, sweeps, timePasses);
    }

    private static Exploration extensionAndReuse(String bug) {
        return Exploration.of(DeadlineBoundScenarios.class, "extensionAndReuse").with(bug, 1, 5);
    }

    // ---- the protocol holds -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"1, -1, true", "1, 2, true", "1, 1, false", "2, 1, false"})
    void requests_oneThreadStalls_holds(int first, int second, boolean timePasses) {
        requests("NONE", first, second, false, timePasses).stalls(1).explore().assertExhaustedWithoutFailure();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    @Timeout(300)
    void requestAndSweep_oneThreadDies_holds(boolean timePasses) {
        requests("NONE", 1, NONE, true, timePasses).deaths(1).explore().assertExhaustedWithoutFailure();
    }

    @Test
    @Timeout(300)
    void requestAndSweep_oneThreadStalls_holds() {
        requests("NONE", 1, NONE, true, false).stalls(1).explore().assertExhaustedWithoutFailure();
    }

    @Test
    void slotUsedAgain_oneThreadStalls_holds() {
        reuse("NONE", false, true).stalls(1).explore().assertExhaustedWithoutFailure();
    }

    @ParameterizedTest
    @CsvSource({"1, 3, true", "3, 1, true"})
    void extension_oneThreadStalls_holds(int first, int second, boolean timePasses) {
        extension("NONE", first, second, false, timePasses).stalls(1).explore().assertExhaustedWithoutFailure();
    }

    @Test
    @Timeout(300)
    void extensionOfSlotUsedAgain_exhausted_holds() {
        extensionAndReuse("NONE").explore().assertExhaustedWithoutFailure();
    }

    @Test
    @Timeout(600)
    void twoRequestsAndSweep_exhausted_holds() {
        requests("NONE", 1, 2, true, false).explore().assertExhaustedWithoutFailure();
    }

    @Test
    @Timeout(300)
    void slotUsedAgainAndSweep_exhausted_holds() {
        reuse("NONE", true, false).explore().assertExhaustedWithoutFailure();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1"})
    @Timeout(300)
    void extensionAndSweep_exhausted_holds(int first, int second) {
        extension("NONE", first, second, true, false).explore().assertExhaustedWithoutFailure();
    }

    // With a death these take minutes in full, of 40,000 executions and more: hence the bound.

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 1"})
    void twoRequestsAndSweep_oneThreadDiesWithoutPreemption_holds(int first, int second) {
        requests("NONE", first, second, true, false)
                .deaths(1)
                .preemptions(0)
                .explore()
                .assertExhaustedWithoutFailure();
    }

    @Test
    void slotUsedAgainAndSweep_oneThreadDiesWithoutPreemption_holds() {
        reuse("NONE", true, false).deaths(1).preemptions(0).explore().assertExhaustedWithoutFailure();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1"})
    void extensionAndSweep_oneThreadDiesWithoutPreemption_holds(int first, int second) {
        extension("NONE", first, second, true, false)
                .deaths(1)
                .preemptions(0)
                .explore()
                .assertExhaustedWithoutFailure();
    }

    // ---- each planted bug is found ----------------------------------------------------------------------------------

    private static void assertFound(Exploration exploration, String message) {
        Failure failure = exploration.explore().assertFailure(Failure.Kind.THROWN);
        assertThat(failure.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"WAKES_IF_CHUNK_WAS_LOWERED", "CHUNK_IF_GROUP_WAS_LOWERED"})
    void boundLoweredOnlyIfTheOneBeforeWas_oneThreadStalls_isLate(String bug) {
        assertFound(requests(bug, 1, 2, false, false).stalls(1), "late: the timer sleeps until 99, request 1");
    }

    @ParameterizedTest
    @CsvSource({"NO_SECOND_LOOK", "LOOKS_BEFORE_OPEN"})
    void lookLeftOutOrEarly_isLate(String bug) {
        assertFound(requests(bug, 1, NONE, false, false), "late: the timer sleeps until 99, request 0");
    }

    @ParameterizedTest
    @CsvSource({"SCAN_UNNOTICED", "NO_LOCK"})
    void scanUnnoticedOrNotExclusive_oneThreadStalls_isLate(String bug) {
        assertFound(requests(bug, 1, NONE, true, false).stalls(1), "late: the timer sleeps until 99, request 0");
    }

    @Test
    void deathForgotten_oneThreadDies_isLate() {
        assertFound(
                requests("DEATH_FORGOTTEN", 1, NONE, true, false).deaths(1),
                "late: the timer sleeps until 99, request 0");
    }

    @Test
    void deadlineReadOnce_slotUsedAgain_isEarly() {
        assertFound(reuse("DEADLINE_READ_ONCE", false, false), "early: request 1 expired before 3");
    }

    @Test
    void notMarked_extended_isEarly() {
        assertFound(extension("NOT_MARKED", 1, 3, false, false), "early: request 0 expired before 3");
    }

    @Test
    void markPassedOver_oneThreadDies_isLate() {
        assertFound(
                extension("MARK_PASSED_OVER", 1, 1, true, false).deaths(1),
                "late: the timer sleeps until 99, request 0");
    }

    @Test
    @Timeout(300)
    void noStamp_slotUsedAgain_isLate() {
        assertFound(extensionAndReuse("NO_STAMP"), "late: the timer sleeps until 5, request 1 is due at 1");
    }
}
