package io.multishot.correlator;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a correlator, except for those that the table's free list keeps. */
final class Counters {
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unopened = new LongAdder();

    /** Counts the end of a request, before its slot is free. */
    void countEnd(Ending ending) {
        if (ending == Ending.DELIVERED) {
            return; // counted by the free list
        }
        switch (ending) {
            case DELIVERED -> {}
            case FAILED, ABORTED -> failed.increment();
            case TIMED_OUT -> timedOut.increment();
            case CANCELLED -> cancelled.increment();
            case UNOPENED -> unopened.increment();
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
        // In this order: no more are delivered than were opened, nor more taken back than taken.
        long delivered = table.answered();
        long unopened = this.unopened.sum();
        return new CorrelatorStatistics(
                table.inFlight(),
                waiting,
                table.taken() - unopened,
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
