package io.multishot.examples.nats.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Closes all that was added to it, the last one first, even if some fail to close. */
public final class Ends implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Nothing yet. */
    public Ends() {}

    /**
     * Takes over a resource that has just been started.
     *
     * @param started the resource to close at the end
     * @return the same
     * @param <T> its type
     */
    public <T extends AutoCloseable> T add(T started) {
        open.push(started);
        return started;
    }

    /**
     * Closes everything, then reports what failed.
     *
     * @throws IllegalStateException if closing one of them failed; further failures are suppressed in it
     */
    @Override
    public void close() {
        IllegalStateException failed = null;
        while (!open.isEmpty()) {
            failed = close(open.pop(), failed);
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static @Nullable IllegalStateException close(AutoCloseable one, @Nullable IllegalStateException before) {
        try {
            one.close();
            return before;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            IllegalStateException failed =
                    before == null ? new IllegalStateException("closing failed: " + e.getMessage(), e) : before;
            if (before != null) {
                before.addSuppressed(e);
            }
            return failed;
        }
    }
}
