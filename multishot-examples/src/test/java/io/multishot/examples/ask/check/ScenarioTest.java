package io.multishot.examples.ask.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each scenario of the self-check against a server of its own. */
class ScenarioTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Transcript transcript = new Transcript(new PrintStream(written, true, StandardCharsets.UTF_8));

    @ParameterizedTest
    @EnumSource
    void scenario_onFreshServer_passes(Scenario scenario) {
        try (Bench bench = new Bench(transcript)) {
            scenario.run(bench);
        }
        String read = written.toString(StandardCharsets.UTF_8);
        System.out.print(read);
        assertThat(transcript.failed()).as(read).isZero();
        assertThat(transcript.passed()).as(read).isPositive();
    }

    @Test
    void transcript_wrongOutcome_isCountedAndShown() {
        transcript.check("GET /ask/why", "500", false, "200");
        assertThat(transcript.failed()).isOne();
        assertThat(transcript.passed()).isZero();
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("WRONG", "GET /ask/why -> 500", "expected: 200");
    }
}
