package io.multishot.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

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
     * Both sides for many rounds on the same two threads, which meet before each round: dense enough to hit windows of
     * a few instructions.
     */
    public void rounds(int count, IntConsumer first, IntConsumer second) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        together(() -> side(count, first, arrived, failed), () -> side(count, second, arrived, failed));
    }

    private static void side(int count, IntConsumer action, AtomicInteger arrived, AtomicBoolean failed) {
        boolean done = false;
        try {
            for (int round = 0; round < count; round++) {
                int everybody = 2 * (round + 1);
                arrived.incrementAndGet();
                spinUntil(() -> arrived.get() >= everybody || failed.get());
                action.accept(round);
            }
            done = true;
        } finally {
            failed.compareAndSet(false, !done); // the other side must not wait for a side that has failed
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
