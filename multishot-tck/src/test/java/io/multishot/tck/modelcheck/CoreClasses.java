package io.multishot.tck.modelcheck;

/** The classes of {@code multishot-core}, as the explorer has to treat them. */
public final class CoreClasses {
    /** A package as a whole, except {@code io.multishot}, which is a prefix of this module and of the explorer. */
    private static final String[] REWRITTEN = {
        "io.multishot.BlockingReceive",
        "io.multishot.Callback",
        "io.multishot.HookedState",
        "io.multishot.Outcome", // and OutcomeHandler, OutcomeSource
        "io.multishot.Receiver",
        "io.multishot.Sender",
        "io.multishot.TrackedSender",
        "io.multishot.Tracking",
        "io.multishot.correlator.",
        "io.multishot.internal."
    };

    private static final String[] TRUSTED = {
        "io.multishot.Spinning",
        "java.time.Instant",
        "java.util.SplittableRandom",
        "java.util.concurrent.atomic.LongAdder"
    };

    private CoreClasses() {}

    /** Returns the prefixes of the names of the classes that the explorer rewrites. */
    public static String[] names() {
        return REWRITTEN.clone();
    }

    /**
     * Returns the prefixes of the names of the classes that the core uses and the explorer does not explore: the length
     * of the spin, counters that are read when all is over, and the seed of the tickets.
     */
    public static String[] trusted() {
        return TRUSTED.clone();
    }
}
