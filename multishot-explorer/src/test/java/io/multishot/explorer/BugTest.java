package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Planted bugs are found, and right code passes, with and without sleep sets. */
class BugTest {
    private static Exploration exploration(String scenario, Object... arguments) {
        return Exploration.of(BugScenarios.class, scenario).with(arguments);
    }

    private static Report passes(String scenario, Object... arguments) {
        Report all = exploration(scenario, arguments).sleepSets(false).explore().assertExhaustedWithoutFailure();
        Report report = exploration(scenario, arguments).explore().assertExhaustedWithoutFailure();
        assertThat(report.outcomes()).isEqualTo(all.outcomes());
        assertThat(report.executions()).isLessThanOrEqualTo(all.executions());
        return report;
    }

    private static Failure fails(Failure.Kind kind, String scenario, Object... arguments) {
        exploration(scenario, arguments).sleepSets(false).explore().assertFailure(kind);
        return exploration(scenario, arguments).explore().assertFailure(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "volatile"})
    void publication_ordered_passes(String mode) {
        passes("publish", mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "opaque"})
    void publication_unordered_isARaceThatNamesBothAccesses(String mode) {
        Failure failure = fails(Failure.Kind.DATA_RACE, "publish", mode);
        assertThat(failure.message())
                .contains("Mailbox#1." + (mode.equals("plain") ? "full" : "box"))
                .contains("T0:main at BugScenarios.java:")
                .contains("T1:other at BugScenarios.java:");
    }

    @Test
    void finalField_publishedByARace_isSafe() {
        passes("publishFinalField");
    }

    @Test
    void wakeUp_checkedAgain_passes() {
        passes("waitForFlag", true);
    }

    @Test
    void wakeUp_checkedOnce_isLost() {
        Failure failure = fails(Failure.Kind.DEADLOCK, "waitForFlag", false);
        assertThat(failure.message()).contains("T0:main waits in park");
    }

    @Test
    void cancel_byCompareAndSet_hasOneWinner() {
        passes("cancel", true);
    }

    @Test
    void cancel_byCheckAndStore_hasTwoWinners() {
        assertThat(fails(Failure.Kind.THROWN, "cancel", false).message()).contains("2 winners");
    }

    @Test
    void deadlock_ofJoins_isFound() {
        assertThat(fails(Failure.Kind.DEADLOCK, "deadlock").message())
                .contains("T0:main waits in join for T1:other", "T1:other waits in join for T0:main");
    }

    @Test
    void permits_twoUnparks_areOnePark() {
        passes("permitsDoNotAddUp", 1);
        fails(Failure.Kind.DEADLOCK, "permitsDoNotAddUp", 2);
    }

    @Test
    void interrupt_ofParkedThread_wakesIt() {
        passes("interruptParked");
    }

    @Test
    void interrupt_detected_ordersMemory() {
        passes("interruptPublishes");
    }

    @Test
    void interrupt_ofJoiningThread_throws() {
        passes("interruptJoin");
    }

    @Test
    void parkNanos_timeoutAndWakeUp_areBothExplored() {
        assertThat(passes("timeout").outcomes()).containsExactly("false too late", "true in time", "true too late");
    }

    @Test
    void park_spuriousWakeup_isExploredUnlessSwitchedOff() {
        fails(Failure.Kind.THROWN, "parkOnce");
        exploration("parkOnce").spuriousWakeups(0).explore().assertExhaustedWithoutFailure();
    }

    @Test
    void weakCompareAndSet_spuriousFailure_isExploredUnlessSwitchedOff() {
        fails(Failure.Kind.THROWN, "weakCompareAndSet", false);
        passes("weakCompareAndSet", true);
        exploration("weakCompareAndSet", false).spuriousFailures(0).explore().assertExhaustedWithoutFailure();
    }

    @Test
    void spinning_onOpaqueFlag_ends() {
        passes("spin", true);
    }

    @Test
    void spinning_forEver_exceedsTheLimit() {
        Failure failure = exploration("spin", false).maxSteps(50).explore().assertFailure(Failure.Kind.STEP_LIMIT);
        assertThat(failure.message()).contains("50");
        assertThat(failure.trace()).isNotEmpty();
    }

    @Test
    void array_sameElement_isARaceOtherElementNot() {
        assertThat(passes("shareArray", false).outcomes()).containsExactly("1,2");
        assertThat(fails(Failure.Kind.DATA_RACE, "shareArray", true).message()).contains("long[]#1[0]");
    }

    @Test
    void array_copiedWhileWritten_isARace() {
        fails(Failure.Kind.DATA_RACE, "copySharedArray");
    }

    @Test
    void methodReferences_toModelledMethods_areExplored() {
        Report report = passes("methodReferences");
        assertThat(report.outcomes()).containsExactly("2");
        assertThat(report.executions()).isGreaterThan(1);
    }

    @Test
    void staticState_ofRewrittenClasses_isTakenBack() {
        assertThat(passes("staticState").outcomes()).containsExactly("0,2,1,8", "1,2,1,8");
    }

    @Test
    void staticState_outsideOfRewrittenClasses_isReportedAsNondeterminism() {
        assertThatThrownBy(() -> exploration("hiddenState").explore())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not deterministic");
    }

    @Test
    void counts_ofAtomicOperations_areByKind() {
        assertThat(passes("count").outcomes()).containsExactly(new AtomicOperations(2, 1, 2, 1, 1, 1, 1, 1).toString());
    }

    @Test
    void exception_ofAnyThread_isTheFailuresCause() {
        Failure failure = fails(Failure.Kind.THROWN, "throwing");
        assertThat(failure.cause()).isInstanceOf(IllegalArgumentException.class).hasMessage("planted");
    }

    @Test
    void race_underACatchOfEverything_isStillReported() {
        fails(Failure.Kind.DATA_RACE, "swallowing");
    }

    @Test
    void budget_exceeded_isNotExhausted() {
        Report report = exploration("waitForFlag", true).maxExecutions(3).explore();
        assertThat(report.exhausted()).isFalse();
        assertThat(report.failure()).isNull();
        assertThatThrownBy(report::assertExhaustedWithoutFailure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not exhausted after");
    }

    @Test
    void exploration_twice_givesTheSameReport() {
        assertThat(exploration("timeout").explore())
                .isEqualTo(exploration("timeout").explore());
        Failure first = fails(Failure.Kind.DEADLOCK, "waitForFlag", false);
        Failure second = fails(Failure.Kind.DEADLOCK, "waitForFlag", false);
        assertThat(second.trace()).isEqualTo(first.trace());
    }

    @Test
    void trace_ofStaleLoad_saysWhatWasReadAndFromWhere() {
        Report report = Exploration.of(TraceScenarios.class, "staleData").explore();
        Failure failure = report.assertFailure(Failure.Kind.THROWN);
        assertThat(failure.trace())
                .anyMatch(line -> line.matches(" *\\d+ +T0:main +TraceScenarios\\.java:\\d+ .* start T1:writer"))
                .anyMatch(line -> line.matches(
                        " *\\d+ +T1:writer +TraceScenarios\\.java:\\d+ .* setOpaque AtomicInteger#\\d\\.value = 1"))
                .anyMatch(line -> line.matches(" *\\d+ +T0:main +TraceScenarios\\.java:\\d+ .*"
                        + " getOpaque AtomicInteger#\\d\\.value read 0 +"
                        + "\\(stale: from the beginning, newest is 1 of step \\d+\\)"));
        assertThat(failure.toString()).startsWith("THROWN: T0:main threw java.lang.AssertionError: stale");
    }

    @Test
    void scenario_missing_isRefused() {
        assertThatThrownBy(() -> exploration("nothing").explore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no static method nothing");
    }
}
