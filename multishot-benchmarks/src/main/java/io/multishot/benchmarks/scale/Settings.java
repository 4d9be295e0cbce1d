package io.multishot.benchmarks.scale;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What is measured, as system properties have it.
 *
 * @param sizes how many requests are in flight
 * @param parts what is measured
 * @param rounds how many rounds each JVM takes
 * @param window how long requests take to expire
 */
record Settings(List<Integer> sizes, List<Part> parts, int rounds, Duration window) {
    private static final String SIZES = "scale.sizes";
    private static final String PARTS = "scale.parts";
    private static final String ROUNDS = "scale.rounds";
    private static final String SECONDS = "scale.seconds";

    static Settings read() {
        String parts = System.getProperty(PARTS, "all");
        return new Settings(
                split(System.getProperty(SIZES, "1000,100000,1000000,10000000")).stream()
                        .map(Integer::valueOf)
                        .sorted()
                        .toList(),
                parts.equals("all")
                        ? List.of(Part.values())
                        : split(parts).stream().map(Part::named).toList(),
                Integer.getInteger(ROUNDS, 11),
                Duration.ofSeconds(Integer.getInteger(SECONDS, 30)));
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).toList();
    }

    /** Returns the options of a JVM that reads the same rounds and window. */
    List<String> options() {
        return List.of("-D" + ROUNDS + "=" + rounds, "-D" + SECONDS + "=" + window.toSeconds());
    }

    /** Returns the largest of the sizes that is at most this. */
    int largest(int atMost) {
        return sizes.stream().filter(size -> size <= atMost).reduce((a, b) -> b).orElse(sizes.get(0));
    }
}
