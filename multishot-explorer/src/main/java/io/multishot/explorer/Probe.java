package io.multishot.explorer;

/** Lets a scenario name its outcome, and ask the exploration that runs it. */
public final class Probe {
    private Probe() {}

    /**
     * Names the outcome of this execution; the last call counts. {@link Report#outcomes()} has the outcomes of all
     * executions that did not fail.
     *
     * @param outcome the outcome
     * @throws IllegalStateException if no exploration runs the caller
     */
    public static void outcome(String outcome) {
        Carrier carrier = carrier();
        carrier.execution().outcome(carrier.logical(), outcome);
    }

    /**
     * Counts the atomic operations that the calling thread executes during an action.
     *
     * @param action the action
     * @return their number
     * @throws IllegalStateException if no exploration runs the caller
     */
    public static AtomicOperations during(Runnable action) {
        int[] counts = carrier().logical().counts;
        int[] before = counts.clone();
        action.run();
        return AtomicOperations.between(before, counts);
    }

    /**
     * Tells whether a thread was chosen to stall for ever, see {@link Exploration#stalls}. Call it after a join of the
     * thread.
     *
     * @param thread one of the scenario's threads
     * @return true if it never makes another step
     * @throws IllegalStateException if no exploration runs the caller
     */
    public static boolean isStalled(Thread thread) {
        carrier();
        return ThreadActions.isStalled(thread);
    }

    private static Carrier carrier() {
        Carrier carrier = Carrier.current();
        if (carrier == null) {
            throw new IllegalStateException("no exploration runs this code: call it from a scenario");
        }
        return carrier;
    }
}
