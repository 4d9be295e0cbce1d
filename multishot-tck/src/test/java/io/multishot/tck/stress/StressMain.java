package io.multishot.tck.stress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jcstress.Main;

/**
 * Runs jcstress and fails where it does not: when no test ran. It takes the arguments of jcstress. (jcstress itself
 * fails on a forbidden outcome and on a test that breaks, but not when no test matches or the machine has too few
 * processors.)
 */
public final class StressMain {
    private static final Pattern PASSED = Pattern.compile("(\\d+) passed, 0 failed, 0 soft errs, 0 hard errs");

    private StressMain() {}

    /**
     * Runs jcstress.
     *
     * @param arguments those of jcstress
     * @throws Exception if it fails
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(new Copying(standard, printed), true, StandardCharsets.UTF_8));
        Main.main(arguments);
        System.out.flush();
        Matcher passed = PASSED.matcher(printed.toString(StandardCharsets.UTF_8));
        int tests = 0;
        while (passed.find()) {
            tests = Integer.parseInt(passed.group(1));
        }
        if (tests == 0) {
            throw new IllegalStateException("jcstress passed no test: see its output above; it needs two processors");
        }
        standard.println("jcstress: " + tests + " passed, 0 failed");
    }

    /** Writes everything to two streams. */
    private static final class Copying extends OutputStream {
        private final OutputStream one;
        private final OutputStream other;

        Copying(OutputStream one, OutputStream other) {
            this.one = one;
            this.other = other;
        }

        @Override
        public void write(int b) throws IOException {
            one.write(b);
            other.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            one.write(bytes, offset, length);
            other.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            one.flush();
        }
    }
}
