package io.multishot.examples.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/** Replies to every question at once, on a thread of its own, as the listener of a broker would. */
final class Elsewhere implements AutoCloseable {
    static final String REPLY = "pong";

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "elsewhere");
        daemon.setDaemon(true);
        return daemon;
    });

    /** Takes a question by its number; the reply comes back with the number. */
    void send(long number, LongConsumer listener) {
        thread.execute(() -> listener.accept(number));
    }

    /** Replies to nothing more; further questions are refused with a {@code RejectedExecutionException}. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
