package io.multishot.benchmarks.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One measurement, which takes a JVM of its own. */
record Run(Part part, Contender contender, int requests) {
    private static final int SMALL = 100_000;
    private static final int MEDIUM = 1_000_000;
    private static final long LIMIT_MINUTES = 6;

    /** Returns the heap and the collector; all that is compared has the same. */
    static List<String> heap(int requests) {
        String size = requests <= SMALL ? "1g" : requests <= MEDIUM ? "4g" : "12g";
        return List.of("-Xms" + size, "-Xmx" + size, "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");
    }

    /** Returns what the figures' names begin with. */
    static String name(Part part, Contender contender, int requests) {
        return part + ", " + contender + ", " + requests + ", ";
    }

    /** Runs the JVM, and returns its figures. */
    Figures take(Settings settings) throws IOException, InterruptedException {
        Path pauses = Files.createTempFile("scale", ".log");
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(heap(requests));
            command.addAll(Pauses.options(pauses));
            command.addAll(settings.options());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), ScaleWorker.class.getName()));
            command.addAll(List.of(part.name(), contender.name(), String.valueOf(requests)));
            return figures(command);
        } finally {
            Files.delete(pauses);
        }
    }

    private Figures figures(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread limit = new Thread(() -> endAfterLimit(process), "limit");
        limit.setDaemon(true);
        limit.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (!Figures.isIn(line)) {
                    System.out.println(line);
                }
            }
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(this + " ended with status " + status);
        }
        return Figures.read(lines);
    }

    private static void endAfterLimit(Process process) {
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %s, %,d requests", part, contender.label(), requests);
    }
}
