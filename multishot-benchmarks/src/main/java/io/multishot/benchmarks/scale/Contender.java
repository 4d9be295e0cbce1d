package io.multishot.benchmarks.scale;

import java.util.function.IntFunction;

/** What keeps the requests: ours and what one would use instead. */
enum Contender {
    TABLE("correlator, with deadlines", true, requests -> new TableWay()),
    TABLE_WITHOUT("correlator, without", false, requests -> new TableWay()),
    MAP_WITHOUT("map of futures, without", false, MapWay::new),
    OR_TIMEOUT("map of futures, `orTimeout`", true, MapWay::new),
    WHEEL("map of futures, Netty's wheel", true, WheelWay::new),
    CAFFEINE("Caffeine", true, CaffeineWay::withTimeouts);

    private static final int OR_TIMEOUT_LIMIT = 1_000_000;

    private final String label;
    private final boolean hasDeadlines;
    private final IntFunction<Way> ways;

    Contender(String label, boolean hasDeadlines, IntFunction<Way> ways) {
        this.label = label;
        this.hasDeadlines = hasDeadlines;
        this.ways = ways;
    }

    /** Returns the name in tables. */
    String label() {
        return label;
    }

    boolean hasDeadlines() {
        return hasDeadlines;
    }

    boolean isOurs() {
        return this == TABLE || this == TABLE_WITHOUT;
    }

    /** Tells whether this can keep so many requests in a reasonable time. */
    boolean isFor(int requests) {
        return this != OR_TIMEOUT || requests <= OR_TIMEOUT_LIMIT;
    }

    /** Returns a way for about so many requests, each with a timeout of its own. */
    Way way(int requests) {
        return ways.apply(requests);
    }

    /** Returns the fastest way for about so many requests that all have the same timeout. */
    Way wayWithOneTimeout(int requests) {
        return this == CAFFEINE ? CaffeineWay.withOneTimeout(requests) : way(requests);
    }
}
