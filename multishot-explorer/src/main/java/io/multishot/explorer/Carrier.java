package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/** A real thread that runs logical threads, one after the other, in all executions of an exploration. */
final class Carrier extends Thread {
    private final Signal work = new Signal();
    private @Nullable Runnable task; // handed over by the signal
    private @Nullable Execution execution;
    private @Nullable LogicalThread logical;

    Carrier(int number) {
        super("explorer-carrier-" + number);
        setDaemon(true);
    }

    /** The carrier that the calling code runs on; null outside of any scenario. */
    static @Nullable Carrier current() {
        return Thread.currentThread() instanceof Carrier carrier ? carrier : null;
    }

    void submit(Execution newExecution, LogicalThread newLogical, Runnable newTask) {
        execution = newExecution;
        logical = newLogical;
        task = newTask;
        work.raise();
    }

    /** Ends this thread once it has nothing to do. */
    void retire() {
        task = null;
        work.raise();
    }

    Execution execution() {
        if (execution == null) {
            throw new IllegalStateException("no execution under way");
        }
        return execution;
    }

    LogicalThread logical() {
        if (logical == null) {
            throw new IllegalStateException("no execution under way");
        }
        return logical;
    }

    @Override
    public void run() {
        work.await();
        for (Runnable next = task; next != null; next = task) {
            next.run();
            work.await();
        }
    }
}
