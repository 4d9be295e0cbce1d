package io.multishot.tck.modelcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.explorer.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Explores every scenario, and reports in {@code target/interleavings.md} how many executions that took, and whether
 * these were all. Every build exhausts the small scenarios, and makes a bounded number of executions of the others.
 * With {@code -Dinterleavings=all} it exhausts the large ones as well, and the bound of the rest is ten times as high.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("exhaustive")
class ChannelInterleavingsTest {
    private static final boolean ALL = "all".equals(System.getProperty("interleavings"));
    private static final Path REPORT = Path.of("target", "interleavings.md");
    private static final Map<String, String> ROWS = new ConcurrentSkipListMap<>();

    static List<ChannelExploration> small() {
        return ChannelExploration.small();
    }

    static List<ChannelExploration> large() {
        return ChannelExploration.large();
    }

    static List<ChannelExploration> tooLarge() {
        return ChannelExploration.tooLarge();
    }

    @ParameterizedTest
    @MethodSource("small")
    void smallScenario_explored_exhaustedWithoutFailure(ChannelExploration scenario) {
        exhaust(scenario);
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeScenario_explored_holds(ChannelExploration scenario) {
        if (ALL) {
            exhaust(scenario);
        } else {
            exploreUpTo(ChannelExploration.BOUND, scenario);
        }
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void tooLargeScenario_exploredUpToABound_holds(ChannelExploration scenario) {
        exploreUpTo(ALL ? 10 * ChannelExploration.BOUND : ChannelExploration.BOUND, scenario);
    }

    private static void exhaust(ChannelExploration scenario) {
        Report report = scenario.explore();
        report.assertExhaustedWithoutFailure();
        record(scenario, report);
    }

    private static void exploreUpTo(int bound, ChannelExploration scenario) {
        Report report = scenario.exploreUpTo(bound);
        assertThat(report.failure()).isNull();
        assertThat(report.exhausted())
                .as("exhausted by %d executions: list it among the small ones", report.executions())
                .isFalse();
        record(scenario, report);
    }

    private static void record(ChannelExploration scenario, Report report) {
        String extent = report.exhausted() ? "exhausted" : "bounded";
        ROWS.put(scenario.toString(), extent + " | " + report.executions() + " | " + report.pruned());
    }

    @AfterAll
    static void writeReport() throws IOException {
        StringBuilder table =
                new StringBuilder("| scenario | extent | executions | pruned |\n| --- | --- | --- | --- |\n");
        ROWS.forEach((scenario, counts) ->
                table.append("| ").append(scenario).append(" | ").append(counts).append(" |\n"));
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, table);
    }
}
