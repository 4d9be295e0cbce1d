package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of every operation is right. */
class AccessTest {
    @ParameterizedTest
    @ValueSource(strings = {"varHandles", "arrays", "elements", "atomics", "threadIds"})
    void operations_byOneThread_haveTheirUsualResults(String scenario) {
        Report report =
                Exploration.of(AccessScenarios.class, scenario).explore().assertExhaustedWithoutFailure();
        assertThat(report.executions()).isEqualTo(1);
    }
}
