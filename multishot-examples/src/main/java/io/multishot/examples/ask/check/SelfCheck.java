package io.multishot.examples.ask.check;

import java.io.PrintStream;

/** Starts the server, runs every {@link Scenario} against it and prints a transcript. */
public final class SelfCheck {
    private SelfCheck() {}

    /**
     * Runs the self-check.
     *
     * @param out where the transcript goes; its last line is {@code N passed, N failed}
     * @return whether every outcome was right
     */
    public static boolean run(PrintStream out) {
        Transcript transcript = new Transcript(out);
        try (Bench bench = new Bench(transcript)) {
            for (Scenario scenario : Scenario.values()) {
                scenario.run(bench);
            }
        }
        transcript.title("%d passed, %d failed".formatted(transcript.passed(), transcript.failed()));
        return transcript.failed() == 0;
    }
}
