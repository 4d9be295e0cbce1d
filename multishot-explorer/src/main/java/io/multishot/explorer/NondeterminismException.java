package io.multishot.explorer;

/** An execution that was made again took another course, so that its result says nothing about the others. */
final class NondeterminismException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NondeterminismException(String difference) {
        super("the scenario is not deterministic: made again with the same choices it met " + difference
                + "; look for random numbers, the time, identity hash codes, or state that outlives an execution in a"
                + " class that is not rewritten");
    }
}
