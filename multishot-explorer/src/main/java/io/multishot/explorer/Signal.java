package io.multishot.explorer;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Hands a turn to the one thread that waits for it. */
final class Signal {
    private volatile boolean raised;
    private volatile @Nullable Thread waiting;

    void raise() {
        raised = true;
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    void await() {
        waiting = Thread.currentThread();
        while (!raised) {
            LockSupport.park(
                    this); // without spinning before: threads that spin take the processor of the one that runs
        }
        waiting = null;
        raised = false;
    }
}
