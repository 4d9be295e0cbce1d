package io.multishot.examples.nats.broker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a state whose changes are not notified. */
public final class Await {
    /** For whatever should come soon; reached only if it does not come. */
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private Await() {}

    /**
     * Checks until a condition is met, or {@link #DEADLINE} is over.
     *
     * @param condition the condition
     * @return true if it was met
     */
    public static boolean until(Callable<Boolean> condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("interrupted");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return true;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("looking at the condition failed: " + e.getMessage(), e);
        }
    }
}
