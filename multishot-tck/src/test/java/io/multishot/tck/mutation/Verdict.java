package io.multishot.tck.mutation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The finding of a killer about a core.
 *
 * @param code the exit code of {@link KillerMain}
 * @param finding its output
 */
record Verdict(int code, String finding) {
    private static final int LIMIT_IN_MINUTES = 5;

    /** Runs the killer in a JVM whose class path begins with the core to be judged. */
    static Verdict of(String killer, Path core) throws IOException, InterruptedException {
        Path output = core.resolve("killer.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-ea",
                        "-cp",
                        core + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        KillerMain.class.getName(),
                        killer))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_IN_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(killer + " did not end within " + LIMIT_IN_MINUTES + " minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Verdict(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8).strip());
    }
}
