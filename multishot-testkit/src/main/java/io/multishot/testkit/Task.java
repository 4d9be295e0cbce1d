package io.multishot.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, of which a test can tell when it is parked. */
public final class Task<T> {
    private final FutureTask<T> call;
    private final Thread thread;

    private Task(Callable<T> callable) {
        call = new FutureTask<>(callable);
        thread = new Thread(call, "task of a test");
        thread.setDaemon(true);
    }

    public static <T> Task<T> start(Callable<T> callable) {
        Task<T> task = new Task<>(callable);
        task.thread.start();
        return task;
    }

    /** Waits, without sleeping, until the thread is parked in a receive at this place. */
    public Task<T> awaitParkedAt(Object place) {
        awaitParked(thread, place);
        return this;
    }

    public static void awaitParked(Thread thread, Object place) {
        await(
                thread,
                () -> isParked(thread) && place.toString().contains("a receive waits"),
                () -> thread + " is " + thread.getState() + ", " + place);
    }

    /** Waits, without sleeping, until the thread has used up an interrupt and is parked again. */
    public void awaitInterruptUsedUp() {
        await(thread, () -> isParked(thread) && !thread.isInterrupted(), this::describe);
    }

    /** Waits, without sleeping, until the thread is parked without a time limit. */
    public void awaitParkedForGood() {
        await(thread, () -> thread.getState() == Thread.State.WAITING, this::describe);
    }

    @SuppressWarnings("ThreadPriorityCheck") // on one processor the other thread must get to run
    private static void await(Thread thread, BooleanSupplier condition, Supplier<String> state) {
        long deadline = System.nanoTime() + SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (thread.getState() == Thread.State.TERMINATED || System.nanoTime() - deadline > 0) {
                throw new AssertionError(state.get());
            }
            Thread.yield();
        }
    }

    private String describe() {
        return thread + " is " + thread.getState();
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    public void interrupt() {
        thread.interrupt();
    }

    public boolean isDone() {
        return call.isDone();
    }

    public T result() throws Exception {
        return call.get(20, SECONDS);
    }

    /** Returns what the call returned, or throws the exception that it threw. */
    public T resultOrThrow() throws Exception {
        try {
            return result();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
    }

    /** Returns what the call threw, null if it returned. */
    @Nullable
    public Throwable thrown() {
        Throwable thrown = catchThrowable(this::result);
        return thrown == null ? null : thrown.getCause();
    }
}
