package io.multishot.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The measurements that JMH took of one benchmark.
 *
 * @param name class and method, then what was set: {@code Correlator.callback, capacity 64, 8 threads}
 * @param nanos of each iteration, sorted
 * @param bytes allocated for each operation
 */
record Measurement(String name, List<Double> nanos, double bytes) {

    /** Reads a file that JMH wrote in its JSON format. */
    static List<Measurement> read(Path json) throws IOException {
        List<Object> benchmarks = JSON.std.listFrom(Files.readString(json));
        return benchmarks.stream().map(each -> of((Map<?, ?>) each)).toList();
    }

    private static Measurement of(Map<?, ?> benchmark) {
        List<Double> nanos = list(map(benchmark, "primaryMetric"), "rawData").stream()
                .flatMap(fork -> ((List<?>) fork).stream())
                .map(each -> ((Number) each).doubleValue())
                .sorted()
                .toList();
        Map<?, ?> allocation = map(map(benchmark, "secondaryMetrics"), "gc.alloc.rate.norm");
        return new Measurement(
                name(benchmark), nanos, get(allocation, "score", Number.class).doubleValue());
    }

    private static String name(Map<?, ?> benchmark) {
        String method = get(benchmark, "benchmark", String.class);
        StringBuilder name =
                new StringBuilder(method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1)
                        .replace("Benchmark.", "."));
        if (benchmark.get("params") instanceof Map<?, ?> parameters) {
            new TreeMap<>(parameters)
                    .forEach((key, value) ->
                            name.append(", ").append(key).append(' ').append(value));
        }
        int threads = get(benchmark, "threads", Number.class).intValue();
        return name.append(", ").append(threads).append(" threads").toString();
    }

    private static Map<?, ?> map(Map<?, ?> from, String key) {
        return get(from, key, Map.class);
    }

    private static List<?> list(Map<?, ?> from, String key) {
        return get(from, key, List.class);
    }

    private static <V> V get(Map<?, ?> from, String key, Class<V> type) {
        return type.cast(Objects.requireNonNull(from.get(key), key));
    }

    double median() {
        int middle = nanos.size() / 2;
        return nanos.size() % 2 == 1 ? nanos.get(middle) : (nanos.get(middle - 1) + nanos.get(middle)) / 2;
    }

    double least() {
        return nanos.get(0);
    }

    double most() {
        return nanos.get(nanos.size() - 1);
    }
}
