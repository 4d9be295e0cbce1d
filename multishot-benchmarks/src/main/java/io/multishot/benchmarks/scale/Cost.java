package io.multishot.benchmarks.scale;

import java.lang.management.ManagementFactory;

/** What it takes to answer a random request and to open another one, and how much memory each one in flight takes. */
final class Cost {
    static final String NANOS = "ns";
    static final String BYTES = "bytes";

    private static final int REQUESTS_OF_ROUND = 500_000;
    private static final int MIN_WARM_UP = 3_000_000;

    /** With fewer requests, what the JVM itself keeps meanwhile weighs too much. */
    private static final int MIN_REQUESTS_TO_WEIGH = 10_000;

    private Cost() {}

    static Figures measure(Contender contender, int requests, Settings settings) {
        Way way = contender.wayWithOneTimeout(requests);
        Load load = new Load(way, contender.hasDeadlines() ? Load.TIMEOUT : null, requests);
        long before = usedHeap();
        load.fill();
        // By the end, requests are spread over the memory as they are after a while of random replies.
        for (int done = 0; done < Math.max(MIN_WARM_UP, requests / 2); done += REQUESTS_OF_ROUND) {
            load.replaceRandom(REQUESTS_OF_ROUND);
        }
        Figures figures = new Figures();
        for (int round = 0; round < settings.rounds(); round++) {
            long begin = System.nanoTime();
            load.replaceRandom(REQUESTS_OF_ROUND);
            figures.put(NANOS, (System.nanoTime() - begin) / (double) REQUESTS_OF_ROUND);
        }
        if (requests >= MIN_REQUESTS_TO_WEIGH) {
            figures.put(BYTES, (usedHeap() - before) / (double) requests);
        }
        load.replaceRandom(1); // so that all is reachable until here
        if (Waiter.answered() % REQUESTS_OF_ROUND != 1 || Waiter.expired() != 0) {
            throw new IllegalStateException(Waiter.answered() + " answered, " + Waiter.expired() + " expired");
        }
        return figures;
    }

    static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
