package io.multishot.benchmarks;

import io.multishot.benchmarks.scale.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code short} runs what the table of ratios needs, in about five minutes; {@code full} runs everything; {@code heap}
 * some of it with several collectors. All print a table and keep JMH's JSON. {@code scale} is no JMH: it measures many
 * requests in flight, in about half an hour. {@code report} turns what was kept into the tables and charts of
 * {@code docs/performance.md}.
 */
final class BenchmarksMain {
    private static final Path RESULTS = Path.of("multishot-benchmarks", "target", "results");

    /** The collector is named, since a JVM chooses another one on a small machine. */
    private static final String[] JVM_OPTIONS = jvmOptions(List.of("-XX:+UseG1GC"));

    private static final Map<String, List<String>> DEFAULTS = Map.of();

    private BenchmarksMain() {}

    public static void main(String[] arguments) throws IOException, RunnerException, InterruptedException {
        switch (String.join(" ", arguments)) {
            case "short" ->
                run(
                        "short",
                        List.of(
                                options(
                                        1,
                                        Comparison.benchmarks(
                                                1, "ValueFirst|WaiterFirst|MonoReceive|RoundTrip|Correlator|Request"),
                                        DEFAULTS),
                                options(1, Comparison.benchmarks(1, "HandOff"), Map.of("threads", kindsOfThreads())),
                                options(8, Comparison.benchmarks(8, "Correlator"), DEFAULTS)));
            case "full" ->
                run(
                        "full",
                        List.of(
                                options(1, "Benchmark\\.", Map.of("threads", kindsOfThreads())),
                                options(8, "CorrelatorBenchmark", DEFAULTS),
                                options(64, "CorrelatorBenchmark", DEFAULTS),
                                options(
                                        1,
                                        "CorrelatorBenchmark.callback$",
                                        Map.of("capacity", List.of("64", "65536", "1048576"))),
                                options(
                                        1,
                                        "CorrelatorBenchmark.(callback|mapFuture|caffeineFutureTimeout)$",
                                        Map.of(
                                                "capacity", List.of("1048576"),
                                                "inFlight", List.of("64", "4096", "262144")))));
            case "heap" -> heap();
            case "scale" ->
                Scale.run(
                        RESULTS,
                        jdk(),
                        Setting.here("scale", Scale.JVM_OPTIONS.toArray(String[]::new))
                                .lines());
            case "report" -> Report.write(RESULTS, Path.of("docs"));
            default ->
                throw new IllegalArgumentException("what to do is short, full, heap, scale or report, not \""
                        + String.join(" ", arguments) + "\"");
        }
    }

    private static List<String> kindsOfThreads() {
        return Runtime.version().feature() >= 21 ? List.of("platform", "virtual") : List.of("platform");
    }

    private static ChainedOptionsBuilder options(int threads, String benchmarks, Map<String, List<String>> parameters) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmarks)
                .threads(threads)
                .addProfiler(GCProfiler.class)
                .jvmArgs(JVM_OPTIONS)
                .shouldFailOnError(true);
        parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        return options;
    }

    private static void run(String mode, List<ChainedOptionsBuilder> runs) throws IOException, RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (ChainedOptionsBuilder run : runs) {
            results.addAll(new Runner(run.build()).run());
        }
        Path json = RESULTS.resolve(mode + "-" + jdk() + ".json");
        keep(results, json, Setting.here(mode, JVM_OPTIONS));
        System.out.println();
        System.out.println(Comparison.table(Measurement.read(json)));
    }

    private static void heap() throws IOException, RunnerException {
        for (Heap heap : Heap.here()) {
            String[] jvm = jvmOptions(heap.options());
            keep(
                    new Runner(options(1, Heap.benchmarks(), DEFAULTS)
                                    .jvmArgs(jvm)
                                    .build())
                            .run(),
                    heap.json(RESULTS, jdk()),
                    Setting.here("heap", jvm));
        }
        System.out.println();
        System.out.println(Heap.table(RESULTS, jdk()));
    }

    private static String[] jvmOptions(List<String> heap) {
        return Stream.concat(Stream.of("-Xms1g", "-Xmx1g"), heap.stream()).toArray(String[]::new);
    }

    private static String jdk() {
        return "jdk" + Runtime.version().feature();
    }

    private static void keep(Collection<RunResult> results, Path json, Setting setting) throws IOException {
        Files.createDirectories(json.getParent());
        ResultFormatFactory.getInstance(ResultFormatType.JSON, json.toString()).writeOut(results);
        setting.write(json);
    }
}
