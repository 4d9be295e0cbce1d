package io.multishot.internal;

/** Reports the exception of a callback where no caller could catch it. */
public final class UncaughtExceptions {
    private UncaughtExceptions() {}

    /**
     * Hands the exception to the uncaught-exception handler of this thread, as if it ended the thread.
     *
     * @param thrown the exception
     */
    public static void report(Throwable thrown) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable ignored) {
            // as at the end of a thread
        }
    }
}
