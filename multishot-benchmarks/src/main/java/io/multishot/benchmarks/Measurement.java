package io.multishot.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What JMH measured of one benchmark.
 *
 * @param name class and method, then what was set: {@code Correlator.callback, capacity 64, 8 threads}
 * @param nanos of each iteration, sorted
 * @param bytes allocated for each operation
 */
record Measurement(String name, double[] nanos, double bytes) {

    /** Reads a file that JMH wrote in its JSON format. */
    static List<Measurement> read(Path json) throws IOException {
        List<Object> benchmarks = JSON.std.listFrom(Files.readString(json));
        return benchmarks.stream().map(each -> of((Map<?, ?>) each)).toList();
    }

    private static Measurement of(Map<?, ?> benchmark) {
        Map<?, ?> time = (Map<?, ?>) benchmark.get("primaryMetric");
        double[] nanos = ((List<?>) time.get("rawData"))
                .stream()
                        .flatMap(fork -> ((Collection<?>) fork).stream())
                        .mapToDouble(each -> ((Number) each).doubleValue())
                        .sorted()
                        .toArray();
        Map<?, ?> others = (Map<?, ?>) benchmark.get("secondaryMetrics");
        Map<?, ?> allocation = (Map<?, ?>) others.get("gc.alloc.rate.norm");
        return new Measurement(name(benchmark), nanos, ((Number) allocation.get("score")).doubleValue());
    }

    private static String name(Map<?, ?> benchmark) {
        String method = (String) benchmark.get("benchmark");
        StringBuilder name =
                new StringBuilder(method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1)
                        .replace("Benchmark.", "."));
        if (benchmark.get("params") instanceof Map<?, ?> parameters) {
            new TreeMap<>(parameters)
                    .forEach((key, value) ->
                            name.append(", ").append(key).append(' ').append(value));
        }
        return name.append(", ")
                .append(benchmark.get("threads"))
                .append(" threads")
                .toString();
    }

    double median() {
        int middle = nanos.length / 2;
        return nanos.length % 2 == 1 ? nanos[middle] : (nanos[middle - 1] + nanos[middle]) / 2;
    }

    double least() {
        return nanos[0];
    }

    double most() {
        return nanos[nanos.length - 1];
    }
}
