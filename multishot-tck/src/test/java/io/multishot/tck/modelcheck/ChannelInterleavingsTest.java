package io.multishot.tck.modelcheck;

import io.multishot.explorer.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explores every scenario until it is exhausted; leaves the counts in {@code target/interleavings.md}. */
@Execution(ExecutionMode.CONCURRENT)
class ChannelInterleavingsTest {
    private static final Path REPORT = Path.of("target", "interleavings.md");
    private static final Map<String, String> ROWS = new ConcurrentSkipListMap<>();

    static List<ChannelExploration> scenarios() {
        return ChannelExploration.all();
    }

    static List<ChannelExploration> largeScenarios() {
        return ChannelExploration.large();
    }

    @ParameterizedTest
    @MethodSource("largeScenarios")
    @EnabledIfSystemProperty(named = "evidence", matches = "true", disabledReason = "takes minutes: -Pevidence")
    void largeScenario_explored_exhaustedWithoutFailure(ChannelExploration scenario) {
        explore(scenario);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenario_explored_exhaustedWithoutFailure(ChannelExploration scenario) {
        explore(scenario);
    }

    private static void explore(ChannelExploration scenario) {
        Report report = scenario.explore();
        report.assertExhaustedWithoutFailure();
        ROWS.put(scenario.toString(), report.executions() + " | " + report.pruned());
    }

    @AfterAll
    static void writeReport() throws IOException {
        StringBuilder table = new StringBuilder("| scenario | executions | pruned |\n| --- | ---: | ---: |\n");
        ROWS.forEach((scenario, counts) ->
                table.append("| ").append(scenario).append(" | ").append(counts).append(" |\n"));
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, table);
    }
}
