package io.multishot.examples.ask.check;

import java.io.PrintStream;
import java.util.function.Supplier;

/** Starts the server, runs every {@link Scenario} against it and prints a transcript. */
public final class SelfCheck {
    private SelfCheck() {}

    /**
     * Runs the self-check.
     *
     * @param out receives the transcript; its last line is {@code N passed, N failed}
     * @return true if every outcome was right
     */
    public static boolean run(PrintStream out) {
        Transcript transcript = new Transcript(out);
        return run(transcript, () -> new Bench(transcript));
    }

    /** The same on another bench. */
    static boolean run(Transcript transcript, Supplier<Bench> started) {
        try (Bench bench = started.get()) {
            for (Scenario scenario : Scenario.values()) {
                scenario.run(bench);
            }
        } catch (RuntimeException failure) {
            transcript.check("starting and stopping the server", failure.toString(), false, "that it works");
        }
        transcript.title("%d passed, %d failed".formatted(transcript.passed(), transcript.failed()));
        return transcript.failed() == 0;
    }
}
