package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sleep sets leave out only executions whose order of steps makes no difference. */
class ReductionTest {
    private static Set<String> outcomes(int wakeups, String scenario, Object... arguments) {
        Set<String> outcomes = explore(true, wakeups, scenario, arguments);
        assertThat(outcomes)
                .as("the outcomes with sleep sets, compared with those without")
                .isEqualTo(explore(false, wakeups, scenario, arguments));
        return outcomes;
    }

    private static Set<String> explore(boolean sleepSets, int wakeups, String scenario, Object... arguments) {
        return Exploration.of(ReductionScenarios.class, scenario)
                .with(arguments)
                .spuriousWakeups(wakeups)
                .sleepSets(sleepSets)
                .explore()
                .assertExhaustedWithoutFailure()
                .outcomes();
    }

    @Test
    void tryLock_whileTheOwnerIsInside_fails() {
        assertThat(outcomes(0, "tryLockOfAHeldLock", true)).containsExactly("0,false", "0,true", "1,false", "1,true");
        assertThat(outcomes(0, "tryLockOfAHeldLock", false)).containsExactly("0,false", "0,true");
    }

    @Test
    void outcome_namedByTwoThreads_isThatOfEither() {
        assertThat(outcomes(0, "outcomeOfEither")).containsExactly("main", "other");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 3", "4, 4"})
    void spin_whileTheOtherStepsElsewhere_givesUp(int spins, int loads) {
        assertThat(outcomes(0, "spinThatGivesUp", spins, loads)).containsExactly("given up", "seen");
    }

    @Test
    void interrupt_ofATimedWait_endsItBeforeItsTime() {
        assertThat(outcomes(0, "interruptOfATimedWait")).contains("interrupted 01 after 0", "interrupted 01 after 5");
    }

    @Test
    void unpark_beforeTheStart_isLost() {
        Exploration.of(ReductionScenarios.class, "unparkAgainstStart")
                .spuriousWakeups(0)
                .explore()
                .assertFailure(Failure.Kind.DEADLOCK);
    }

    @Test
    void join_beforeTheStart_waitsForNothing() {
        assertThat(outcomes(0, "joinAgainstStart")).containsExactly("0", "1");
    }
}
