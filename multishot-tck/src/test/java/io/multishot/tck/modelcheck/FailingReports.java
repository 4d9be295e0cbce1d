package io.multishot.tck.modelcheck;

import java.util.concurrent.atomic.AtomicBoolean;

/** Stands in for the reports of uncaught exceptions: any fails the scenario, except for the death of a thread. */
public final class FailingReports {
    private static final AtomicBoolean DEATH = new AtomicBoolean();

    private FailingReports() {}

    /** For the rewritten code. */
    public static void report(Throwable thrown) {
        if (!(thrown instanceof VirtualMachineError)) {
            throw new AssertionError(thrown);
        }
        DEATH.set(true);
    }

    /** Tells whether a death was reported, which did not end the thread. */
    static boolean haveDeath() {
        return DEATH.get();
    }
}
