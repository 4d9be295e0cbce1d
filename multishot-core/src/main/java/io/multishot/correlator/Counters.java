package io.multishot.correlator;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a correlator, except those that the owner of a slot keeps in the slot. */
final class Counters {
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Counts the end of the request in this slot; the caller owns the slot. */
    void countEnd(Ending ending, Slot<?> slot) {
        switch (ending) {
            case DELIVERED -> slot.countDelivered();
            case FAILED, ABORTED -> failed.increment();
            case TIMED_OUT -> timedOut.increment();
            case CANCELLED -> cancelled.increment();
        }
    }

    /** Counts a reply that ended no request, and returns the reason. */
    ReplyResult countRefusedReply(ReplyResult reason) {
        (reason == ReplyResult.DUPLICATE ? duplicate : reason == ReplyResult.LATE ? late : unknown).increment();
        return reason;
    }

    /** Counts a request that is given no slot. */
    void countRefusedRequest() {
        refused.increment();
    }

    CorrelatorStatistics sum(SlotTable<?> table, int waiting) {
        long opened = 0;
        long delivered = 0;
        for (Slot<?> slot : table.slots()) {
            delivered += slot.delivered(); // before the next line: no more are delivered than were opened
            opened += slot.opened();
        }
        return new CorrelatorStatistics(
                table.inFlight(),
                waiting,
                opened,
                delivered,
                failed.sum(),
                timedOut.sum(),
                cancelled.sum(),
                duplicate.sum(),
                late.sum(),
                unknown.sum(),
                refused.sum());
    }
}
