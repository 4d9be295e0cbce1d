package io.multishot.tck.interleavings;

/** What the explorer has to rewrite of {@code multishot-core}. */
public final class CoreClasses {
    private static final String[] NAMES = {
        "io.multishot.Awaited",
        "io.multishot.BlockingWaiter",
        "io.multishot.Callback",
        "io.multishot.Correlator",
        "io.multishot.Delivery",
        "io.multishot.FreeSlots",
        "io.multishot.FreeStack",
        "io.multishot.InFlight",
        "io.multishot.Nanos",
        "io.multishot.Opening",
        "io.multishot.Outcome",
        "io.multishot.Padded",
        "io.multishot.Pending",
        "io.multishot.Place",
        "io.multishot.Receiver",
        "io.multishot.Sender",
        "io.multishot.Series",
        "io.multishot.Slot",
        "io.multishot.Statistics",
        "io.multishot.Sweep",
        "io.multishot.Ticket",
        "io.multishot.TrackedSender",
        "io.multishot.Tracking",
        "io.multishot.Uncaught",
        "io.multishot.Waiter",
        "io.multishot.WaitingLine",
        "io.multishot.Watched"
    };

    private static final String[] TRUSTED = {
        "io.multishot.Spinning",
        "java.security.SecureRandom",
        "java.util.SplittableRandom",
        "java.util.concurrent.atomic.LongAdder"
    };

    private CoreClasses() {}

    /** Prefixes of the classes' names. */
    public static String[] names() {
        return NAMES.clone();
    }

    /** What it uses that is not explored: how long to spin, counters that are read when all is over, and the seed of the tickets. */
    public static String[] trusted() {
        return TRUSTED.clone();
    }
}
