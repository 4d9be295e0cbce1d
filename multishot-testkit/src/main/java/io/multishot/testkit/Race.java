package io.multishot.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Runs actions at the same moment, each on a thread of its own, over and over again. */
public final class Race implements AutoCloseable {
    /** One side of a race. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * Runs the actions at the same time, and returns when all have ended; their effects happen-before the return.
     * Throws an error whose cause is what one of them threw.
     */
    public void together(Action... actions) throws Exception {
        AtomicInteger missing = new AtomicInteger(actions.length);
        List<Future<?>> running = new ArrayList<>();
        for (Action action : actions) {
            running.add(threads.submit(() -> {
                missing.decrementAndGet();
                spinUntil(() -> missing.get() == 0);
                action.run();
                return null;
            }));
        }
        for (Future<?> future : running) {
            try {
                future.get(20, SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("a side of the race failed", e.getCause());
            }
        }
    }

    /**
     * By spinning, since threads that are woken from a lock start one after the other; with one processor by yielding.
     */
    @SuppressWarnings("ThreadPriorityCheck") // on one processor the other thread must get to run
    public static void spinUntil(BooleanSupplier condition) {
        for (int spins = 0; !condition.getAsBoolean(); spins++) {
            if (spins < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
