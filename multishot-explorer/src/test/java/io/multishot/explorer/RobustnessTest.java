package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile scenarios end, misuse is refused, and the message says what to do. */
class RobustnessTest {
    private static Exploration exploration(String scenario, Object... arguments) {
        return Exploration.of(RobustnessScenarios.class, scenario).with(arguments);
    }

    @Test
    void failure_besideALoopThatCatchesEverything_ends() {
        Failure failure =
                exploration("catchingEverything", "throwing").explore().assertFailure(Failure.Kind.THROWN);
        assertThat(failure.message()).contains("planted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refusing", "finally"})
    void refusal_besideALoopThatCatchesEverything_ends(String how) {
        assertThatThrownBy(() -> exploration("catchingEverything", how).explore())
                .isInstanceOf(UnmodelledOperationException.class);
    }

    @Test
    void exception_ofTheScenario_isCaughtByIt() {
        assertThat(exploration("catchingItsOwn").explore().outcomes()).containsExactly("own");
    }

    @Test
    void initialiser_thatFails_leavesTheRestExplored() {
        assertThat(exploration("afterAFailingInitialiser")
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("0", "1");
    }

    @Test
    void spinWithoutHint_failure_saysWhatToCall() {
        Failure failure = exploration("spinWithoutHint").maxSteps(50).explore().assertFailure(Failure.Kind.STEP_LIMIT);
        assertThat(failure.message()).contains("Thread.onSpinWait()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.multishot.explorer.RobustnessScenarios.hnit",
                "io.multishot.explorer.RobustnessScenario.hint",
                "java.lang.String.hash",
                "hint"
            })
    void toleratedField_thatThereIsNot_isRefused(String field) {
        assertThatThrownBy(() ->
                        exploration("takesAString", "x").toleratingRaces(field).explore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    void argument_ofTheWrongType_isRefusedWithTheRightOnes() {
        assertThatThrownBy(() -> exploration("takesAString", 1).explore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takesAString[class java.lang.String]");
        assertThatThrownBy(() -> exploration("takesAnInt", "x").explore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takesAnInt[int]");
        assertThat(exploration("takesAnInt", 7).explore().outcomes()).containsExactly("7");
    }

    @Test
    void refusal_namesTheLineAndTheWayOut() {
        assertThatThrownBy(() -> exploration("catchingEverything", "refusing").explore())
                .hasMessageMatching("(?s).*catchingEverything\\(RobustnessScenarios\\.java:\\d+\\) reaches"
                        + " java\\.lang\\.Thread\\.sleep.*substituting\\(\\.\\.\\.\\).*");
    }

    @Test
    void subclass_ofASubstitutedClass_isOneOfTheStandIn() {
        assertThatThrownBy(() -> exploration("subclassOfThreadLocal").explore())
                .isInstanceOf(UnmodelledOperationException.class);
        assertThat(exploration("subclassOfThreadLocal")
                        .substituting("java.lang.ThreadLocal", RobustnessScenarios.OneThreadLocal.class)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("initial");
    }

    @Test
    void joins_withoutInterrupts_costNothing() {
        Report report = exploration("addAndJoin", 4, false).explore().assertExhaustedWithoutFailure();
        assertThat(report.executions()).isEqualTo(24);
        assertThat(report.outcomes()).containsExactly("interrupted 0");
    }

    @Test
    void joins_interrupted_areExploredAtEveryPlace() {
        Report report = exploration("addAndJoin", 2, true).explore().assertExhaustedWithoutFailure();
        assertThat(report.outcomes())
                .isEqualTo(exploration("addAndJoin", 2, true)
                        .sleepSets(false)
                        .explore()
                        .outcomes())
                .containsExactly("interrupted 0", "interrupted 1");
    }
}
