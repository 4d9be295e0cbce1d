package io.multishot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A garbage collector, whose barriers are in every store of a reference, or a layout of objects.
 *
 * @param name as the tables have it
 * @param since the first JDK that has it
 * @param options of the JVM
 */
record Heap(String name, int since, List<String> options) {
    private static final List<Heap> ALL = List.of(
            new Heap("G1", 17, List.of("-XX:+UseG1GC")),
            new Heap("Parallel", 17, List.of("-XX:+UseParallelGC")),
            new Heap("ZGC", 17, List.of("-XX:+UseZGC")),
            new Heap("G1, compact headers", 25, List.of("-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders")));

    /** The pairs of benchmarks measured with each heap, ours first. */
    private static final Map<String, String> BENCHMARKS = new TreeMap<>(Map.of(
            "WaiterFirst.recycled", "WaiterFirst.completableFuture",
            "ValueFirst.recycled", "ValueFirst.completableFuture",
            "MonoReceive.receiveRaw", "MonoReceive.monoCreateRaw",
            "Correlator.callback, capacity 1024, inFlight 1", "Correlator.mapFuture, inFlight 1"));

    /** Returns the heaps that this JDK has. */
    static List<Heap> here() {
        int feature = Runtime.version().feature();
        return ALL.stream().filter(heap -> heap.since <= feature).toList();
    }

    /** Returns the benchmarks to run, as a pattern for JMH. */
    static String benchmarks() {
        return BENCHMARKS.entrySet().stream()
                .flatMap(pair -> Stream.of(pair.getKey(), pair.getValue()))
                .map(name -> name.replaceAll(",.*", "").replace(".", "Benchmark."))
                .collect(Collectors.joining("|", "\\.(", ")$"));
    }

    Path json(Path results, String jdk) {
        return results.resolve("heap-" + ALL.indexOf(this) + "-" + jdk + ".json");
    }

    /** Returns the measurements with each heap, in Markdown; an empty text if there are none. */
    static String table(Path results, String jdk) throws IOException {
        List<List<Measurement>> measured = new ArrayList<>();
        StringBuilder head = new StringBuilder("| workload, ns: ours ÷ peer |");
        StringBuilder rule = new StringBuilder("| --- |");
        List<Heap> heaps = ALL.stream()
                .filter(heap -> Files.exists(heap.json(results, jdk)))
                .toList();
        for (Heap heap : heaps) {
            measured.add(Measurement.read(heap.json(results, jdk)));
            head.append(' ').append(heap.name).append(" |");
            rule.append(" ---: |");
        }
        if (heaps.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder(head).append('\n').append(rule).append('\n');
        BENCHMARKS.forEach((ours, peer) -> {
            table.append("| `").append(ours).append("` ÷ `").append(peer).append("` |");
            for (List<Measurement> withHeap : measured) {
                table.append(' ').append(cell(withHeap, ours, peer)).append(" |");
            }
            table.append('\n');
        });
        return table.toString();
    }

    private static String cell(List<Measurement> measured, String ours, String peer) {
        Optional<Measurement> one = Comparison.find(measured, ours + Comparison.ONE);
        Optional<Measurement> other = Comparison.find(measured, peer + Comparison.ONE);
        if (one.isEmpty() || other.isEmpty()) {
            return "";
        }
        double nanos = one.get().median();
        double peers = other.get().median();
        return Comparison.figure(nanos) + " ÷ " + Comparison.figure(peers) + " = " + Comparison.ratio(nanos / peers);
    }
}
