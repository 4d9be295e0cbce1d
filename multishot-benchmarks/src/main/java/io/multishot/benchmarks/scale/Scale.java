package io.multishot.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Takes all measurements, and writes the figures, the tables and the chart. */
public final class Scale {
    private static final int SMALL = 100_000;
    private static final int MOST_OF_PEERS = 1_000_000;
    private static final int JVMS_OF_SMALL = 3;
    private static final int JVMS = 2;

    private final Settings settings;
    private final Figures figures = new Figures();
    private final List<String> failed = new ArrayList<>();

    /** The options of the JVMs that measure, as people read them. */
    public static final List<String> JVM_OPTIONS =
            List.of("-XX:+UseG1GC -XX:+AlwaysPreTouch, with a heap of 1 GB up to 100,000 in flight,"
                    + " 4 GB up to 1,000,000, 12 GB above");

    private Scale(Settings settings) {
        this.settings = settings;
    }

    /**
     * Takes all measurements: minutes. What is measured can be narrowed by system properties.
     *
     * @param results the folder to write to
     * @param jdk what the files' names end with
     * @param setting lines that say when and where this is
     * @throws IOException if a file cannot be written, or a measurement failed; the others are written
     * @throws InterruptedException if the thread is interrupted
     */
    public static void run(Path results, String jdk, List<String> setting) throws IOException, InterruptedException {
        Scale scale = new Scale(Settings.read());
        Files.createDirectories(results);
        scale.takeAll(results.resolve("scale-" + jdk + ".txt"));
        ScaleReport report = new ScaleReport(scale.settings, scale.figures);
        Files.writeString(
                results.resolve("scale-" + jdk + ".svg"), report.chart().svg());
        String tables = report.text(setting, "performance/scale-" + jdk + ".svg");
        Files.writeString(results.resolve("scale-" + jdk + ".md"), tables);
        System.out.println();
        System.out.println(tables);
        if (!scale.failed.isEmpty()) {
            throw new IOException("failed: " + String.join("; ", scale.failed));
        }
    }

    private void takeAll(Path file) throws IOException, InterruptedException {
        List<Run> runs = plan();
        long begin = System.nanoTime();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            try {
                Figures taken = run.take(settings);
                figures.putAll(Run.name(run.part(), run.contender(), run.requests()), taken);
                System.out.printf(
                        Locale.ROOT,
                        "%d of %d, after %s: %s%n",
                        i + 1,
                        runs.size(),
                        Duration.ofSeconds(
                                Duration.ofNanos(System.nanoTime() - begin).toSeconds()),
                        run);
            } catch (IOException e) {
                System.out.println(e);
                failed.add(run.toString());
            }
            Files.writeString(file, figures.toString()); // now, lest a failure of the last run takes the first
        }
    }

    private List<Run> plan() {
        List<Run> runs = new ArrayList<>();
        int large = settings.largest(MOST_OF_PEERS);
        for (Part part : settings.parts()) {
            switch (part) {
                case COST -> settings.sizes().forEach(size -> addCost(runs, size));
                case NONE_EXPIRE, SOME_EXPIRE, ALL_EXPIRE ->
                    settings.sizes().forEach(size -> addShares(runs, part, size, size == large));
                case LATENESS, AT_ONCE -> withDeadlines(large).forEach(each -> runs.add(new Run(part, each, large)));
                case NEIGHBOUR, MANY_CORRELATORS -> runs.add(new Run(part, Contender.TABLE, large));
            }
        }
        return runs;
    }

    /** By turns, so that what is compared runs at about the same time. */
    private static void addCost(List<Run> runs, int size) {
        for (int jvm = 0; jvm < (size <= SMALL ? JVMS_OF_SMALL : JVMS); jvm++) {
            Arrays.stream(Contender.values())
                    .filter(contender -> contender.isFor(size))
                    .forEach(contender -> runs.add(new Run(Part.COST, contender, size)));
        }
    }

    private static void addShares(List<Run> runs, Part part, int size, boolean withPeers) {
        if (withPeers) {
            withDeadlines(size).forEach(each -> runs.add(new Run(part, each, size)));
        } else {
            runs.add(new Run(part, Contender.TABLE, size));
        }
    }

    private static List<Contender> withDeadlines(int size) {
        return Arrays.stream(Contender.values())
                .filter(contender -> contender.hasDeadlines() && contender.isFor(size))
                .toList();
    }
}
