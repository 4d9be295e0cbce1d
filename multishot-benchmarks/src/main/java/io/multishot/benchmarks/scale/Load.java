package io.multishot.benchmarks.scale;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Requests in flight, always as many: a random one is answered, and another one opened. */
final class Load {
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final long STEP = 1_000_000;
    private static final long STEPS_PER_SECOND = 1_000;
    private static final long MIN_FILL = 500_000_000;
    private static final long FILL = 2_500;
    private static final long SLOW_FILL = 10_000;

    private final Way way;
    private final @Nullable Duration timeout;
    private final long[] ids;
    private final SplittableRandom random = new SplittableRandom(1);

    Load(Way way, @Nullable Duration timeout, int requests) {
        this.way = way;
        this.timeout = timeout;
        ids = new long[requests];
    }

    void fill() {
        for (int i = 0; i < ids.length; i++) {
            open(i, timeout);
        }
    }

    void open(int request, @Nullable Duration its) {
        ids[request] = way.open(new Waiter(), its);
    }

    /** Replaces one request by another one. */
    void replace(int request) {
        way.answer(ids[request]);
        open(request, timeout);
    }

    void replaceRandom(int times) {
        for (int i = 0; i < times; i++) {
            replace(random.nextInt(ids.length));
        }
    }

    /** Replaces so many a second until a time of {@link System#nanoTime}; returns how many it replaced. */
    long replaceUntil(long end, int perSecond) {
        int perStep = Math.toIntExact(perSecond / STEPS_PER_SECOND);
        long replaced = 0;
        for (long next = System.nanoTime() + STEP; System.nanoTime() - end < 0; next += STEP) {
            replaceRandom(perStep);
            replaced += perStep;
            sleepUntil(next);
        }
        return replaced;
    }

    /** Returns about how long it takes to open all of them, at most. */
    static long nanosToFill(Contender contender, int requests) {
        return MIN_FILL + requests * (contender == Contender.OR_TIMEOUT ? SLOW_FILL : FILL);
    }

    static void sleepUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
