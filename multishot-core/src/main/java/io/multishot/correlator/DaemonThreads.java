package io.multishot.correlator;

/** Threads that all correlators of the process share, and that keep nothing of the thread that starts them. */
final class DaemonThreads {
    private DaemonThreads() {}

    static Thread create(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false); // inherits no thread locals
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
