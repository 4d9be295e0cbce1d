package io.multishot;

/** What to do with an exception of one request's code on a thread that is busy with another one's. */
final class Uncaught {
    private Uncaught() {}

    /** Hands it to the thread's handler, as if it ended the thread. */
    static void report(Throwable thrown) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable ignored) {
            // as at the end of a thread
        }
    }
}
