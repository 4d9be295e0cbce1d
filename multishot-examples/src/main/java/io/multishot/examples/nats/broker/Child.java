package io.multishot.examples.nats.broker;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that ends with this one at the latest: a shutdown hook kills it. If it is being started at that moment, the
 * hook waits for that; once the hook has run, nothing is started any more.
 */
public final class Child implements AutoCloseable {
    private final String name;
    private final Runnable afterwards;
    private final Thread atShutdown;
    private @Nullable Process process;
    private boolean closed;

    /**
     * Registers the hook, and starts nothing yet.
     *
     * @param name its name in messages
     * @param afterwards runs once it is closed
     */
    public Child(String name, Runnable afterwards) {
        this.name = name;
        this.afterwards = afterwards;
        atShutdown = new Thread(this::end, "end of " + name);
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    /**
     * Starts the process. It may be started again after it has ended.
     *
     * @param builder describes the process
     * @return the process
     * @throws IOException if it cannot be started
     * @throws IllegalStateException if this is closed
     */
    public synchronized Process start(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new IllegalStateException(name + " is not started any more: it was closed");
        }
        process = builder.start();
        return process;
    }

    /** Kills the process, as by {@code kill -9}, and returns when it is gone. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(process);
        }
    }

    private void awaitEnd(Process killed) {
        try {
            if (!killed.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited %s for %s, process %d, to end after it was killed"
                        .formatted(Await.DEADLINE, name, killed.pid()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name + " to end", e);
        }
    }

    private synchronized void end() {
        if (!closed) {
            closed = true;
            try {
                kill();
            } finally {
                afterwards.run();
            }
        }
    }

    /** Kills the process, and starts none any more. */
    @Override
    public void close() {
        try {
            end();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(atShutdown);
            } catch (IllegalStateException shuttingDown) {
                // the hook runs, and finds nothing to do
            }
        }
    }
}
