package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads stall and die at every step; large scenarios are exhausted, or explored within a limit or by chance. */
class FaultTest {
    private static Exploration exploration(String scenario, Object... arguments) {
        return Exploration.of(FaultScenarios.class, scenario).with(arguments).maxSteps(300);
    }

    @Test
    void stall_ofALockFreeThread_leavesTheOthersAlone() {
        Report report = exploration("counter", "lockFree").stalls(1).explore().assertExhaustedWithoutFailure();
        assertThat(report.outcomes()).containsExactly("2", "stalled 1");
        assertThat(report.outcomes())
                .isEqualTo(exploration("counter", "lockFree")
                        .stalls(1)
                        .sleepSets(false)
                        .explore()
                        .outcomes());
    }

    @Test
    void stall_ofALockHolder_blocksTheOthers() {
        exploration("counter", "spinLock").explore().assertExhaustedWithoutFailure();
        exploration("counter", "spinLock").stalls(1).explore().assertFailure(Failure.Kind.STEP_LIMIT);
        exploration("monitorOfAStalledThread").explore().assertExhaustedWithoutFailure();
        Failure failure =
                exploration("monitorOfAStalledThread").stalls(1).explore().assertFailure(Failure.Kind.DEADLOCK);
        assertThat(failure.trace()).anyMatch(line -> line.contains("T1:other") && line.contains("stalls for ever"));
    }

    @Test
    void stall_afterTheLastStepInAMonitor_blocksTheOthers() {
        exploration("seenInsideOfAMonitor").explore().assertExhaustedWithoutFailure();
        exploration("seenInsideOfAMonitor").stalls(1).explore().assertFailure(Failure.Kind.DEADLOCK);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void death_ofAThreadThatWaits_leavesTheMonitor() {
        assertThat(exploration("waiting")
                        .deaths(1)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("entered");
    }

    @Test
    void stall_ofAWriter_isNoOrder() {
        exploration("readAfterJoin").explore().assertExhaustedWithoutFailure();
        exploration("readAfterJoin").stalls(1).explore().assertFailure(Failure.Kind.DATA_RACE);
    }

    @Test
    void death_ofALockHolder_releasesTheLockOnlyByFinally() {
        exploration("counter", "spinLock").deaths(1).explore().assertFailure(Failure.Kind.STEP_LIMIT);
        Report report = exploration("counter", "finally").deaths(1).explore();
        // Of two calls, the one to the lock and the one that releases it, the second may die as well.
        assertThat(report.assertFailure(Failure.Kind.STEP_LIMIT).trace())
                .anyMatch(line -> line.contains("dies before"));
        assertThat(exploration("counter", "lockFree")
                        .deaths(1)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("1", "2");
    }

    @Test
    void preemptions_limited_makeFewerExecutions() {
        Exploration none = exploration("stack", 2, 1).preemptions(0);
        Exploration one = exploration("stack", 2, 1).preemptions(1);
        Exploration any = exploration("stack", 2, 1).sleepSets(false);
        long[] executions = Stream.of(none, one, any)
                .mapToLong(
                        each -> each.explore().assertExhaustedWithoutFailure().executions())
                .toArray();
        assertThat(executions[0]).isLessThan(executions[1]);
        assertThat(executions[1]).isLessThan(executions[2]);
        exploration("lostUpdate").preemptions(1).explore().assertFailure(Failure.Kind.THROWN);
    }

    @Test
    void random_sameSeed_findsTheSame() {
        Report report = exploration("lostUpdate").random(7).maxExecutions(1_000).explore();
        assertThat(report.assertFailure(Failure.Kind.THROWN).trace()).isNotEmpty();
        Report again = exploration("lostUpdate").random(7).maxExecutions(1_000).explore();
        assertThat(again.executions()).isEqualTo(report.executions());
        Report right =
                exploration("counter", "lockFree").random(7).maxExecutions(100).explore();
        assertThat(right.assertNoFailure().executions()).isEqualTo(100);
        assertThat(right.exhausted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 1"})
    void stack_ofSeveralThreads_isExhausted(int threads, int operations) {
        Report report = exploration("stack", threads, operations).explore().assertExhaustedWithoutFailure();
        assertThat(report.executions()).isLessThan(1_000);
    }
}
