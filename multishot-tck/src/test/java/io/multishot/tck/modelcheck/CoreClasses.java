package io.multishot.tck.modelcheck;

/** What the explorer has to rewrite of {@code multishot-core}. */
public final class CoreClasses {
    private static final String[] NAMES = {
        "io.multishot.OutcomeSource",
        "io.multishot.BlockingReceive",
        "io.multishot.Callback",
        "io.multishot.correlator.Correlator",
        "io.multishot.correlator.ReplyResult",
        "io.multishot.StripedFreeList",
        "io.multishot.FreeStack",
        "io.multishot.correlator.RequestInfo",
        "io.multishot.SaturatingNanos",
        "io.multishot.correlator.SlotRequest",
        "io.multishot.Outcome",
        "io.multishot.CacheLinePadding",
        "io.multishot.correlator.Pending",
        "io.multishot.OpeningTrace",
        "io.multishot.Receiver",
        "io.multishot.Sender",
        "io.multishot.TicketRange",
        "io.multishot.Slot",
        "io.multishot.correlator.CorrelatorStatistics",
        "io.multishot.DeadlineSweeper",
        "io.multishot.correlator.Ticket",
        "io.multishot.TrackedSender",
        "io.multishot.Tracking",
        "io.multishot.UncaughtExceptions",
        "io.multishot.OutcomeHandler",
        "io.multishot.AdmissionQueue",
        "io.multishot.HookedState"
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
