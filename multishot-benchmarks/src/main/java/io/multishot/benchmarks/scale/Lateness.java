package io.multishot.benchmarks.scale;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How late deadlines take effect: when requests were due, and when their waiters were told. */
final class Lateness {
    private static final double MILLI = 1e6;

    private final long[] due;
    private final long[] told;
    private final AtomicInteger count = new AtomicInteger();

    Lateness(int most) {
        due = new long[most];
        told = new long[most];
    }

    /** Opens a request that is to expire at this time of {@link System#nanoTime}. */
    void open(Way way, long dueAt) {
        long now = System.nanoTime(); // earlier than the one by which the timeout counts
        way.open(new Timed(dueAt), Duration.ofNanos(dueAt - now));
    }

    int count() {
        return Math.min(count.get(), due.length);
    }

    /** Puts the percentiles of all, and of those that saw no pause of the JVM. */
    void describe(Figures figures, String name) {
        long begin = Arrays.stream(due, 0, count()).min().orElse(0);
        long end = Arrays.stream(told, 0, count()).max().orElse(0);
        Pauses pauses = Pauses.between(begin, end);
        describe(figures, name + ", with pauses", late(all()));
        describe(figures, name, late(all().filter(i -> !pauses.overlap(due[i], told[i]))));
        figures.put(name + ", early", (double)
                all().filter(i -> told[i] - due[i] < 0).count());
        figures.put(name + ", pauses", pauses.count());
        figures.put(name + ", longest pause, ms", pauses.longest() / MILLI);
    }

    private LongStream late(IntStream which) {
        return which.mapToLong(i -> told[i] - due[i]);
    }

    private IntStream all() {
        return IntStream.range(0, count());
    }

    private static void describe(Figures figures, String name, LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        if (sorted.length > 0) {
            figures.put(name + ", samples", sorted.length);
            figures.put(name + ", p50, ms", percentile(sorted, 0.5));
            figures.put(name + ", p99.9, ms", percentile(sorted, 0.999));
            figures.put(name + ", most, ms", percentile(sorted, 1));
        }
    }

    private static double percentile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / MILLI;
    }

    private final class Timed extends Waiter {
        private final long dueAt;

        Timed(long dueAt) {
            this.dueAt = dueAt;
        }

        @Override
        protected void onFailure(Throwable cause) {
            long now = System.nanoTime();
            int sample = count.getAndIncrement();
            if (sample < due.length) {
                due[sample] = dueAt;
                told[sample] = now;
            }
            super.onFailure(cause);
        }
    }
}
