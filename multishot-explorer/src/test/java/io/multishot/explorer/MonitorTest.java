package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Monitors exclude, order and wake as the language specification has it; locks and adders as their stand-ins do. */
class MonitorTest {
    private static Exploration exploration(String scenario, Object... arguments) {
        return Exploration.of(MonitorScenarios.class, scenario).with(arguments);
    }

    private static Report passes(String scenario, Object... arguments) {
        Report all = exploration(scenario, arguments).sleepSets(false).explore().assertExhaustedWithoutFailure();
        Report report = exploration(scenario, arguments).explore().assertExhaustedWithoutFailure();
        assertThat(report.outcomes()).isEqualTo(all.outcomes());
        return report;
    }

    @ParameterizedTest
    @ValueSource(strings = {"method", "staticMethod", "block", "lock", "throwing"})
    void monitor_ofOneObject_excludesAndOrders(String way) {
        Report report = passes("counting", way);
        assertThat(report.outcomes()).containsExactly("2");
        assertThat(report.executions()).isEqualTo(2);
    }

    @Test
    void monitors_ofDifferentObjects_orderNothing() {
        exploration("counting", "nothing").explore().assertFailure(Failure.Kind.DATA_RACE);
        exploration("otherMonitors").explore().assertFailure(Failure.Kind.DATA_RACE);
    }

    @Test
    void monitors_enteredInDifferentOrder_deadlock() {
        passes("lockOrder", true);
        Failure failure = exploration("lockOrder", false).explore().assertFailure(Failure.Kind.DEADLOCK);
        assertThat(failure.message()).contains("waits in enter monitor");
    }

    @Test
    void wait_checkedInALoop_passes() {
        assertThat(passes("waiting", "loop").outcomes()).containsExactly("true");
    }

    @Test
    void wait_withoutLoop_isWokenForNoReason() {
        assertThat(passes("waiting", "once").outcomes()).containsExactly("false", "true");
        assertThat(exploration("waiting", "once").spuriousWakeups(0).explore().outcomes())
                .containsExactly("true");
    }

    @Test
    void wait_timed_mayTimeOut() {
        assertThat(exploration("waiting", "timed").spuriousWakeups(0).explore().outcomes())
                .containsExactly("false", "true");
    }

    @Test
    void wait_withoutNotification_isADeadlock() {
        Failure failure = exploration("waiting", "notNotified").explore().assertFailure(Failure.Kind.DEADLOCK);
        assertThat(failure.message()).contains("T0:main waits in wait");
    }

    @Test
    void notify_ofTwo_wakesEither() {
        assertThat(exploration("notifyOne", false)
                        .spuriousWakeups(0)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("first 0", "first 1");
        exploration("notifyOne", true).spuriousWakeups(0).explore().assertExhaustedWithoutFailure();
    }

    @Test
    void wait_interrupted_throwsInsideOfTheMonitor() {
        assertThat(exploration("interrupted")
                        .spuriousWakeups(0)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("interrupted, inside: true");
    }

    @Test
    void notify_outsideOfTheMonitor_throws() {
        Failure failure = exploration("notOwner").explore().assertFailure(Failure.Kind.THROWN);
        assertThat(failure.cause()).isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    void conditions_ofALock_wakeTheirOwn() {
        assertThat(passes("conditions").outcomes()).containsExactly("12");
    }

    @Test
    void tryLock_succeedsOrNot() {
        assertThat(passes("tryLock").outcomes()).containsExactly("failed: false", "failed: true");
    }

    @Test
    void adder_summedMeanwhile_hasAnyOfTheAdditions() {
        assertThat(passes("adding").outcomes()).containsExactly("0,11", "1,11", "10,11", "11,11");
    }
}
