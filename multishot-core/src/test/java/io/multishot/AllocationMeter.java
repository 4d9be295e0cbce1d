package io.multishot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Counts the bytes that the current thread allocates, exactly. By method handle, because the tests are compiled as part
 * of the module, which does not read {@code jdk.management}; a handle neither boxes nor allocates.
 */
final class AllocationMeter {
    private static final int ROUNDS = 10_000;
    private static final int WARM_UP_BATCHES = 10;
    private static final int BATCHES = 10;

    private static final MethodHandle CURRENT_THREAD_ALLOCATED_BYTES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            CURRENT_THREAD_ALLOCATED_BYTES = lookup.findVirtual(
                            Class.forName("com.sun.management.ThreadMXBean"),
                            "getCurrentThreadAllocatedBytes",
                            MethodType.methodType(long.class))
                    .bindTo(bean);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private AllocationMeter() {}

    /** The fewest bytes of several batches, since the JVM may allocate on a thread whose code it deoptimises. */
    static double bytesPerRound(Runnable round) throws Throwable {
        for (int batch = 0; batch < WARM_UP_BATCHES; batch++) {
            bytesOfBatch(round);
        }
        long fewest = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            fewest = Math.min(fewest, bytesOfBatch(round));
        }
        return (double) fewest / ROUNDS;
    }

    private static long bytesOfBatch(Runnable round) throws Throwable {
        long calibrating = currentThreadAllocatedBytes();
        long before = currentThreadAllocatedBytes();
        long ofMeasuring = before - calibrating;
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        return currentThreadAllocatedBytes() - before - ofMeasuring;
    }

    private static long currentThreadAllocatedBytes() throws Throwable {
        return (long) CURRENT_THREAD_ALLOCATED_BYTES.invokeExact();
    }
}
