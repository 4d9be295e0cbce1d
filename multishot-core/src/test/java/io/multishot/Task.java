package io.multishot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, of which a test can tell when it is parked. */
final class Task<T> {
    private final FutureTask<T> call;
    private final Thread thread;

    private Task(Callable<T> callable) {
        call = new FutureTask<>(callable);
        thread = new Thread(call, "task of a test");
        thread.setDaemon(true);
    }

    static <T> Task<T> start(Callable<T> callable) {
        Task<T> task = new Task<>(callable);
        task.thread.start();
        return task;
    }

    /** Waits, without sleeping, until the thread is parked in a receive of this receiver. */
    Task<T> awaitParkedAt(Receiver<?> receiver) {
        awaitParked(thread, receiver);
        return this;
    }

    static void awaitParked(Thread thread, Receiver<?> receiver) {
        long deadline = System.nanoTime() + SECONDS.toNanos(20);
        while (!isParked(thread) || !receiver.toString().contains("a receive waits")) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(thread + " is " + thread.getState() + ", " + receiver);
            }
            Thread.yield();
        }
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    void interrupt() {
        thread.interrupt();
    }

    T result() throws Exception {
        return call.get(20, SECONDS);
    }

    /** What the call threw, null if it returned. */
    @Nullable
    Throwable thrown() {
        Throwable thrown = catchThrowable(this::result);
        return thrown == null ? null : thrown.getCause();
    }
}
