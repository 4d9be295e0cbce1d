package io.multishot.benchmarks.scale;

import java.time.Duration;
import java.util.SplittableRandom;

/** The share of a processor that timers take. */
final class TimerShare {
    static final String TIMERS = "timers, %";
    static final String CALLBACKS = "callbacks, %";
    static final String EXPIRED = "expired";

    private static final int REPLIES_PER_SECOND = 100_000;
    private static final long SAMPLE = 100_000_000;
    private static final long SLOWEST_FILL = 5_000;
    private static final int NEIGHBOURS = 64;
    private static final double PERCENT = 100;

    private final Contender contender;
    private final int requests;
    private final Settings settings;
    private final ProcessorTime time = new ProcessorTime();
    private final Load load;
    private final SplittableRandom random = new SplittableRandom(2);

    private TimerShare(Contender contender, int requests, Settings settings) {
        this.contender = contender;
        this.requests = requests;
        this.settings = settings;
        load = new Load(contender.way(requests), Load.TIMEOUT, requests);
    }

    /**
     * Nothing expires. The requests are as they would be after a while of random replies: neighbours were looked at
     * when the oldest of them was due, long ago in this or that group of neighbours, so the next look at each group is
     * at any time from now to the end of a timeout. Those which are due while this measures are answered before, which
     * their timer need not notice.
     */
    static Figures ofNone(Contender contender, int requests, Settings settings) {
        TimerShare share = new TimerShare(contender, requests, settings);
        long window = settings.window().dividedBy(3).toNanos();
        share.fillAsAfterAWhile(window);
        long begin = System.nanoTime();
        share.time.start();
        for (long next = begin + SAMPLE; next <= begin + window; next += SAMPLE) {
            share.load.replaceUntil(next, REPLIES_PER_SECOND);
            share.time.sample();
        }
        return share.figures(begin);
    }

    private void fillAsAfterAWhile(long window) {
        long begin = System.nanoTime();
        long soon = requests * SLOWEST_FILL + window * 2;
        for (int i = 0; i < requests; i += NEIGHBOURS) {
            long due = random.nextLong(Load.TIMEOUT.toNanos());
            for (int j = i; j < Math.min(i + NEIGHBOURS, requests); j++) {
                load.open(j, Duration.ofNanos(begin + due - System.nanoTime()));
                if (due < soon) {
                    load.replace(j);
                }
            }
        }
    }

    /** A share of the requests expires, evenly over the window; those of a group of neighbours at different times. */
    static Figures ofShare(double expiring, Contender contender, int requests, Settings settings) {
        TimerShare share = new TimerShare(contender, requests, settings);
        long begin = System.nanoTime() + Load.nanosToFill(contender, requests);
        share.fillToExpire(expiring, begin);
        Load.sleepUntil(begin);
        share.time.start();
        for (long next = begin + SAMPLE; next <= begin + settings.window().toNanos(); next += SAMPLE) {
            Load.sleepUntil(next);
            share.time.sample();
        }
        return share.figures(begin);
    }

    private void fillToExpire(double expiring, long begin) {
        for (int i = 0; i < requests; i++) {
            if (random.nextDouble() < expiring) {
                long due = begin + random.nextLong(settings.window().toNanos());
                load.open(i, Duration.ofNanos(due - System.nanoTime()));
            } else {
                load.open(i, Load.TIMEOUT);
            }
        }
        if (System.nanoTime() - begin > 0) {
            throw new IllegalStateException("it took too long to open them by " + contender);
        }
    }

    private Figures figures(long begin) {
        time.sample();
        double took = System.nanoTime() - begin;
        Figures figures = new Figures();
        figures.put(TIMERS, PERCENT * time.timers() / took);
        figures.put(CALLBACKS, PERCENT * time.callbacks() / took);
        figures.put(EXPIRED, Waiter.expired());
        return figures;
    }
}
