package io.multishot.tck.faultinjection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The threads of a soak. Each that dies fails the soak at once, and each is waited for within a limit. */
final class Crew {
    private final List<Thread> threads = new ArrayList<>();
    private final CompletableFuture<Void> death = new CompletableFuture<>();

    /** Starts a daemon thread. Its future completes when the task ends without an exception. */
    CompletableFuture<Void> start(String name, Runnable task) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(name, task, end), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return end;
    }

    private void run(String name, Runnable task, CompletableFuture<Void> end) {
        try {
            task.run();
            end.complete(null);
        } catch (Throwable thrown) {
            death.completeExceptionally(new AssertionError("the " + name + " died of " + thrown, thrown));
        }
    }

    /**
     * Waits until all these threads have ended.
     *
     * @throws AssertionError if any thread of the crew died, or these did not end in time; it tells the stacks of those
     *     that still run
     */
    void await(List<CompletableFuture<Void>> ends, String what, long limit) throws InterruptedException {
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
        try {
            CompletableFuture.anyOf(death, all).get(limit, TimeUnit.NANOSECONDS);
        } catch (ExecutionException died) {
            throw new AssertionError(
                    "while the soak waited for " + what + ", " + died.getCause().getMessage(), died);
        } catch (TimeoutException late) {
            throw new AssertionError(
                    "waited for " + what + " for " + TimeUnit.NANOSECONDS.toSeconds(limit) + " s; what runs:\n"
                            + stacks(),
                    late);
        }
    }

    /** Tells all that run to stop. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    private String stacks() {
        return threads.stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + ", " + thread.getState() + "\n\tat "
                        + Arrays.stream(thread.getStackTrace())
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n\tat ")))
                .collect(Collectors.joining("\n"));
    }
}
