package io.multishot.examples.ask.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.examples.ask.work.Answering;
import io.multishot.examples.ask.work.Limits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each scenario of the self-check against a server of its own. */
@Timeout(60)
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
    void selfCheck_answersThatNeverCome_endsAndTellsWhatItWaitedFor() {
        Limits limits = new Limits(Bench.LIMITS.workers(), Duration.ofMillis(100), Duration.ofMillis(100));
        Answering never = question -> {
            new CountDownLatch(1).await(1, TimeUnit.HOURS); // until the worker is stopped
            return question;
        };
        boolean right = SelfCheck.run(transcript, () -> new Bench(transcript, limits, Duration.ofMillis(500), never));
        assertThat(right).isFalse();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("WRONG", "waited PT0.5S for a worker to begin with held-")
                .containsPattern("\\d+ passed, \\d+ failed\\R$");
    }

    @Test
    void selfCheck_serverThatDoesNotStart_endsAndTellsWhy() {
        boolean right = SelfCheck.run(transcript, () -> {
            throw new IllegalStateException("the port is taken");
        });
        assertThat(right).isFalse();
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("the port is taken", "0 passed, 1 failed");
    }

    @Test
    void transcript_wrongOutcome_isCountedAndShown() {
        transcript.check("GET /ask/why", "500", false, "200");
        assertThat(transcript.failed()).isOne();
        assertThat(transcript.passed()).isZero();
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("WRONG", "GET /ask/why -> 500", "expected: 200");
    }
}
