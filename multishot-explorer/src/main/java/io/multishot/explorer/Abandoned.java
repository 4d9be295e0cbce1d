package io.multishot.explorer;

/** Unwinds a thread of an execution that is over for another reason. */
final class Abandoned extends Error {
    private static final long serialVersionUID = 1L;

    Abandoned() {
        super("this execution is over", null, false, false);
    }
}
