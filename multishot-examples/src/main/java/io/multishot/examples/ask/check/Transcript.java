package io.multishot.examples.ask.check;

import java.io.PrintStream;

/** Prints what was done, what came of it and whether that was right, and counts. */
final class Transcript {
    private final PrintStream out;
    private int passed;
    private int failed;

    Transcript(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        out.println();
        out.println(title);
    }

    void say(String line) {
        out.println(line);
    }

    void check(String done, String outcome, boolean right, String expected) {
        if (right) {
            passed++;
            out.printf("  ok     %s -> %s%n", done, outcome);
        } else {
            failed++;
            out.printf("  WRONG  %s -> %s; expected: %s%n", done, outcome, expected);
        }
    }

    int passed() {
        return passed;
    }

    int failed() {
        return failed;
    }
}
