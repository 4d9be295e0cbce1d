package io.multishot.correlator;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The daemon threads for callbacks of correlators that name no executor: none while there is nothing to run, and at
 * most 64.
 */
final class CallbackPool {
    private static final int MAX_THREADS = 64;
    private static final long KEEP_ALIVE_SECONDS = 5;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final ThreadPoolExecutor EXECUTOR = new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> DaemonThreads.create("multishot-callbacks-" + NUMBER.incrementAndGet(), task));

    private CallbackPool() {}

    /**
     * Runs a task on one of the threads.
     *
     * @throws java.util.concurrent.RejectedExecutionException if all threads are busy
     */
    static void execute(Runnable task) {
        EXECUTOR.execute(task);
    }
}
