package io.multishot.correlator;

import io.multishot.internal.UncaughtExceptions;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of users that the timer's thread must not run: callbacks of requests whose deadline passed, refusals of
 * those that waited for a slot too long, leak reports. The entries are taken in the order of their adding, by one
 * worker on an {@link Executor}, and by one more for each tick in which no entry was taken. So one rule covers an
 * executor that is busy, one that drops or rejects a worker, and callbacks that block.
 */
final class Dispatcher {
    /** A worker leaves the executor's thread to others after so many entries. */
    private static final int BATCH = 256;

    private static final int MAX_WORKERS = 64;

    private final Executor executor;

    // Guarded by this monitor, under which only a few fields are read and written.
    private final Handover.Queue ready = new Handover.Queue();
    private int workers;
    private boolean taken;

    /** Changed under the monitor, read without: a thread that opens a request must not wait for another one. */
    private volatile boolean backlogged;

    Dispatcher(Executor executor) {
        this.executor = executor;
    }

    /** Adds an entry; a {@link #tick} must follow. */
    synchronized void add(Handover entry) {
        ready.add(entry);
        backlogged = true;
    }

    /** Adds entries, in their order, and empties the list; a {@link #tick} must follow. */
    synchronized void addAll(Handover.Queue entries) {
        ready.addAll(entries);
        backlogged = !ready.isEmpty();
    }

    /** Tells whether entries wait, so that another tick must follow. */
    boolean isBacklogged() {
        return backlogged;
    }

    /** Adds a worker if entries wait and none was taken since the last tick. */
    void tick() {
        boolean full;
        synchronized (this) {
            boolean goesOn = ready.isEmpty() || (workers > 0 && taken);
            taken = false;
            if (goesOn) {
                return;
            }
            full = workers == MAX_WORKERS;
            if (!full) {
                workers++;
            }
        }
        // All of them are stuck, or the executor dropped them: then its threads are of no use.
        start(full ? CallbackPool::execute : executor);
    }

    private void start(Executor by) {
        Worker worker = new Worker();
        if (submit(worker, by)) {
            worker.work();
        }
    }

    /** Returns true if the executor ran the worker within the call, so that the caller has to do its work. */
    private boolean submit(Worker worker, Executor by) {
        try {
            by.execute(worker);
        } catch (Throwable rejected) {
            submitToPool(worker);
        }
        return worker.endSubmission();
    }

    private void submitToPool(Worker worker) {
        try {
            CallbackPool.execute(worker);
        } catch (Throwable rejected) {
            leave(); // the next tick tries again
        }
    }

    private synchronized @Nullable Handover take() {
        Handover entry = ready.poll();
        if (entry == null) {
            leave();
        } else {
            taken = true;
            backlogged = !ready.isEmpty();
        }
        return entry;
    }

    private synchronized void leave() {
        workers = Math.max(0, workers - 1);
    }

    /** Takes entries on a thread of the executor. */
    private final class Worker implements Runnable {
        // An executor may run the worker on the thread that submits it, within that call. It then returns at once, so
        // that the stack does not grow with the number of entries. Only the submitter touches the two flags.
        private final Thread submitter = Thread.currentThread();
        private boolean submitting = true;
        private boolean ranWithin;

        @Override
        public void run() {
            if (Thread.currentThread() == submitter && submitting) {
                ranWithin = true;
            } else {
                work();
            }
        }

        boolean endSubmission() {
            submitting = false;
            return ranWithin;
        }

        void work() {
            do {
                for (int i = 0; i < BATCH; i++) {
                    Handover entry = take();
                    if (entry == null) {
                        return;
                    }
                    try {
                        entry.run();
                    } catch (Throwable thrown) {
                        UncaughtExceptions.report(thrown);
                    }
                }
            } while (submit(new Worker(), executor));
        }
    }
}
