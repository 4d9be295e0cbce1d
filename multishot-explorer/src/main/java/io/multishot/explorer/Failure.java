package io.multishot.explorer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reason why an execution failed, and its schedule.
 *
 * @param kind the kind of failure
 * @param message describes the failure
 * @param cause the throwable that the scenario threw, if it threw
 * @param trace the steps of the execution in order, a line each
 */
public record Failure(Kind kind, String message, @Nullable Throwable cause, List<String> trace) {
    /** The kinds of failure. */
    public enum Kind {
        /** A thread ended by an exception or an assertion error. */
        THROWN,
        /** Threads are left that nothing will ever wake: a deadlock, or a wake-up that was lost. */
        DEADLOCK,
        /** Two accesses to one location, one of them plain and one of them a write, are not ordered. */
        DATA_RACE,
        /** The execution did not end within the limit of steps: a livelock, or a limit too low. */
        STEP_LIMIT
    }

    /**
     * Keeps a copy of the trace.
     *
     * @param kind the kind of failure
     * @param message describes the failure
     * @param cause the throwable that the scenario threw, if it threw
     * @param trace the steps of the execution in order, a line each
     */
    public Failure {
        trace = List.copyOf(trace);
    }

    /**
     * The failure for people to read.
     *
     * @return kind, message and trace, on several lines
     */
    @Override
    public String toString() {
        return kind + ": " + message + System.lineSeparator() + String.join(System.lineSeparator(), trace);
    }
}
