package io.multishot.examples.nats.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The code that the main programs share. */
public final class Running {
    /** The beginning of the line that a program prints when it is ready. */
    public static final String READY = "ready: ";

    /** The system property by which a program ends with another process: the id of the one that started it. */
    public static final String WITH_PARENT = "nats.with-parent";

    private Running() {}

    /**
     * Says that it is ready, and keeps something running until the process is ended.
     *
     * @param running the running service; closed at the end
     * @param what describes its service
     */
    public static void untilEnded(AutoCloseable running, String what) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running), "shutdown"));
        System.out.println(READY + what);
        try {
            new CountDownLatch(1).await(); // for ever
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends this program when the one that started it ends; called first, so it also ends what is still being started.
     */
    public static void withParent() {
        String parent = System.getProperty(WITH_PARENT);
        if (parent != null) {
            whenEnded(Long.parseLong(parent), () -> System.exit(1));
        }
    }

    /** Runs an action when a process has ended, which may be before this is called. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the JVM
    static void whenEnded(long process, Runnable action) {
        ProcessHandle.of(process)
                .map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(action);
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) {
            System.err.println("closing failed: " + e);
        }
    }
}
