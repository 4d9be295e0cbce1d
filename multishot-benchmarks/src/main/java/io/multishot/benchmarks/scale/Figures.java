package io.multishot.benchmarks.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Figures by name; one that was measured several times has several values. As text, one name a line. */
final class Figures {
    private static final String BEGIN = "figure: ";

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void put(String name, double value) {
        values.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    /** Takes over all figures of another one, with more before the names. */
    void putAll(String before, Figures more) {
        more.values.forEach((name, each) -> each.forEach(value -> put(before + name, value)));
    }

    /** Reads what {@link #toString} wrote among other lines. */
    static Figures read(List<String> lines) {
        Figures figures = new Figures();
        for (String line : lines) {
            if (line.startsWith(BEGIN)) {
                String[] parts = line.substring(BEGIN.length()).split(" = ", 2);
                Arrays.stream(parts[1].split(" ")).forEach(value -> figures.put(parts[0], Double.parseDouble(value)));
            }
        }
        return figures;
    }

    static boolean isIn(String line) {
        return line.startsWith(BEGIN);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    OptionalDouble median(String name) {
        double[] sorted = sorted(name);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    double least(String name) {
        return sorted(name)[0];
    }

    double most(String name) {
        double[] sorted = sorted(name);
        return sorted[sorted.length - 1];
    }

    private double[] sorted(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(each -> BEGIN + each.getKey() + " = "
                        + each.getValue().stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n")
                .collect(Collectors.joining());
    }
}
