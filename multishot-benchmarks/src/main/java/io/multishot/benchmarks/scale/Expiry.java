package io.multishot.benchmarks.scale;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** How late deadlines take effect, and what it takes to end many requests at once. */
final class Expiry {
    static final String LATE = "late";
    static final String REPLIES = "replies a second";
    static final String PROCESSOR = "processor, ms";
    static final String OF_CALLBACKS = "of it callbacks, ms";
    static final String TOOK = "took, ms";

    private static final int REPLIES_PER_SECOND = 250_000;
    private static final int EXPIRING_PER_SECOND = 2_500;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMillis(1_100);
    private static final long STEP = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long GIVE_UP = 60 * SECOND;
    private static final long MARGIN = 200 * STEP;
    private static final double MILLI = 1e6;

    private static final int REPETITIONS = 5;
    private static final int NEIGHBOURS_REQUESTS = 2_000;

    private Expiry() {}

    /** While random requests are answered and others opened, some expire. */
    static Figures lateness(Contender contender, int requests, Settings settings) {
        Way way = contender.way(requests);
        Load load = new Load(way, Load.TIMEOUT, requests);
        load.fill();
        churn(load, way, new Lateness(EXPIRING_PER_SECOND * 3), SECOND * 3); // until all code is compiled
        int seconds =
                Math.toIntExact(settings.window().multipliedBy(2).dividedBy(3).toSeconds());
        Lateness lateness = new Lateness(EXPIRING_PER_SECOND * seconds);
        long begin = System.nanoTime();
        long replies = churn(load, way, lateness, seconds * SECOND);
        Figures figures = new Figures();
        figures.put(REPLIES, replies * (double) SECOND / (System.nanoTime() - begin));
        lateness.describe(figures, LATE);
        return figures;
    }

    private static long churn(Load load, Way way, Lateness lateness, long nanos) {
        SplittableRandom random = new SplittableRandom(3);
        int expiredBefore = Waiter.expired();
        int opened = 0;
        long replies = 0;
        long begin = System.nanoTime();
        long openingsEnd = begin + nanos - LONGEST.toNanos();
        while (System.nanoTime() - openingsEnd < 0) {
            int expiring = (int) ((System.nanoTime() - begin) * EXPIRING_PER_SECOND / SECOND);
            for (; opened < expiring; opened++) {
                long timeout = random.nextLong(SHORTEST.toNanos(), LONGEST.toNanos());
                lateness.open(way, System.nanoTime() + timeout);
            }
            replies += load.replaceUntil(System.nanoTime() + STEP, REPLIES_PER_SECOND);
        }
        replies += load.replaceUntil(begin + nanos, REPLIES_PER_SECOND);
        awaitExpired(expiredBefore + opened);
        return replies;
    }

    /** All requests are due at the same time. */
    static Figures atOnce(Contender contender, int requests) {
        ProcessorTime time = new ProcessorTime();
        Way way = contender.way(requests);
        Figures figures = new Figures();
        for (int i = 0; i <= REPETITIONS; i++) {
            int expiredBefore = Waiter.expired();
            long due = openAll(contender, way, requests);
            time.start();
            Load.sleepUntil(due);
            while (Waiter.expired() < expiredBefore + requests) {
                LockSupport.parkNanos(STEP);
                time.sample();
            }
            long took = System.nanoTime() - due;
            time.sample();
            if (i > 0) { // code is compiled in the first one
                figures.put(PROCESSOR, (time.timers() + time.callbacks()) / MILLI);
                figures.put(OF_CALLBACKS, time.callbacks() / MILLI);
                figures.put(TOOK, took / MILLI);
            }
        }
        return figures;
    }

    /** All requests of one correlator are due at the same time, and those of another one before, then and after. */
    static Figures neighbour(int requests) {
        Way storm = new TableWay();
        Way neighbour = new TableWay();
        Lateness lateness = new Lateness(REPETITIONS * NEIGHBOURS_REQUESTS);
        Figures figures = new Figures();
        for (int i = 0; i <= REPETITIONS; i++) {
            int expiredBefore = Waiter.expired();
            long due = openAll(Contender.TABLE, storm, requests);
            Lateness its = i == 0 ? new Lateness(NEIGHBOURS_REQUESTS) : lateness; // code is compiled in the first one
            for (int each = 0; each < NEIGHBOURS_REQUESTS; each++) {
                its.open(neighbour, due + (each - NEIGHBOURS_REQUESTS / 10) * STEP / 2);
            }
            awaitExpired(expiredBefore + requests + NEIGHBOURS_REQUESTS);
        }
        lateness.describe(figures, LATE);
        return figures;
    }

    /** Opens all requests for one time, and returns it. */
    private static long openAll(Contender contender, Way way, int requests) {
        long due = System.nanoTime() + Load.nanosToFill(contender, requests);
        for (int i = 0; i < requests; i++) {
            way.open(new Waiter(), Duration.ofNanos(due - System.nanoTime()));
        }
        if (System.nanoTime() - due > -MARGIN) {
            throw new IllegalStateException("it took too long to open them by " + contender);
        }
        return due;
    }

    private static void awaitExpired(int count) {
        long begin = System.nanoTime();
        while (Waiter.expired() < count) {
            if (System.nanoTime() - begin > GIVE_UP) {
                throw new IllegalStateException(Waiter.expired() + " expired of " + count);
            }
            LockSupport.parkNanos(STEP);
        }
    }
}
