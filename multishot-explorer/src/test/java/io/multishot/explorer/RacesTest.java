package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trying only the threads that a race asks for leaves out none of the executions, and gives up fewer half-way. Both
 * ways make each execution once, so that equal numbers are the same executions.
 */
class RacesTest {
    private static final int PROGRAMS = Integer.getInteger("races.programs", 100);
    private static final int MAX_EXECUTIONS = 500;

    private static Report sameAsWithoutRaces(Exploration exploration) {
        Report all = exploration.sourceSets(false).explore().assertExhaustedWithoutFailure();
        Report report = exploration.sourceSets(true).explore().assertExhaustedWithoutFailure();
        assertThat(report.outcomes()).isEqualTo(all.outcomes());
        assertThat(report.executions()).isEqualTo(all.executions());
        assertThat(report.pruned()).isLessThanOrEqualTo(all.pruned());
        return report;
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 1", "4, 1"})
    void stack_exhausted_hasTheSameExecutions(int threads, int operations) {
        sameAsWithoutRaces(Exploration.of(FaultScenarios.class, "stack").with(threads, operations));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 1"})
    void timerAndSweep_exhausted_hasTheSameExecutions(int stalls, int deaths) {
        sameAsWithoutRaces(Exploration.of(DeadlineBoundScenarios.class, "requests")
                .with("NONE", 1, -1, true, false)
                .stalls(stalls)
                .deaths(deaths));
    }

    @ParameterizedTest
    @CsvSource({"counting, lock", "waiting, loop", "waiting, timed"})
    void monitor_exhausted_hasTheSameExecutions(String scenario, String way) {
        sameAsWithoutRaces(Exploration.of(MonitorScenarios.class, scenario).with(way));
    }

    @Test
    void yieldBeforeAStepOfAJoinedThread_stalled_isMade() {
        sameAsWithoutRaces(Exploration.of(RandomStepsScenario.class, "run")
                .with("B10B20?12 R11 A02Y01")
                .stalls(1));
    }

    @Test
    void randomPrograms_exhausted_haveTheSameExecutions() {
        int compared = 0;
        for (long seed = 1; seed <= PROGRAMS; seed++) {
            Random random = new Random(seed * 104_729);
            String code = RandomStepsTest.program(random);
            int fault = random.nextInt(8);
            Exploration exploration = Exploration.of(RandomStepsScenario.class, "run")
                    .with(code)
                    .maxExecutions(MAX_EXECUTIONS)
                    .stalls(fault == 0 ? 1 : 0)
                    .deaths(fault == 1 ? 1 : 0);
            Report all = exploration.sourceSets(false).explore();
            if (all.exhausted()) {
                Report report = exploration.sourceSets(true).explore().assertExhaustedWithoutFailure();
                assertThat(report.outcomes()).as(code).isEqualTo(all.outcomes());
                assertThat(report.executions()).as(code).isEqualTo(all.executions());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(PROGRAMS / 2);
    }
}
