package io.multishot.explorer;

/** An object that steps touch: which steps touched it, as clocks of steps, to tell which steps depend on each other. */
abstract class Shared {
    /** The steps that changed it, and all that those depend on. */
    int[] writers = Clocks.ZERO;

    /** The steps that touched it in any way, and all that those depend on. */
    int[] accesses = Clocks.ZERO;
}
