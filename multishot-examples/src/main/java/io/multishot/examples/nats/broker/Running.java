package io.multishot.examples.nats.broker;

import java.util.concurrent.CountDownLatch;

/** What the main programs have in common. */
public final class Running {
    /** What the line begins with that a program prints when it is ready. */
    public static final String READY = "ready: ";

    /** The system property by which a program ends with the process that started it. */
    public static final String WITH_PARENT = "nats.with-parent";

    private Running() {}

    /**
     * Says that it is ready, and keeps something running until the process is ended.
     *
     * @param running what runs; closed at the end
     * @param what what it does
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the JVM
    public static void untilEnded(AutoCloseable running, String what) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running), "shutdown"));
        if (Boolean.getBoolean(WITH_PARENT)) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
        System.out.println(READY + what);
        try {
            new CountDownLatch(1).await(); // for ever
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) {
            System.err.println("closing failed: " + e);
        }
    }
}
