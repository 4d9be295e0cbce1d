package io.multishot.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the current thread allocates, exactly. */
public final class AllocationMeter {
    private static final int ROUNDS = 10_000;
    private static final int WARM_UP_BATCHES = 10;
    private static final int BATCHES = 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationMeter() {}

    /**
     * Returns the bytes that one call allocates: the fewest of several batches, since the JVM may allocate on a thread
     * whose code it deoptimises.
     */
    public static double bytesPerRound(Runnable round) {
        for (int batch = 0; batch < WARM_UP_BATCHES; batch++) {
            bytesOfBatch(round);
        }
        long fewest = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            fewest = Math.min(fewest, bytesOfBatch(round));
        }
        return (double) fewest / ROUNDS;
    }

    private static long bytesOfBatch(Runnable round) {
        long calibrating = currentThreadAllocatedBytes();
        long before = currentThreadAllocatedBytes();
        long ofMeasuring = before - calibrating;
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        return currentThreadAllocatedBytes() - before - ofMeasuring;
    }

    private static long currentThreadAllocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
