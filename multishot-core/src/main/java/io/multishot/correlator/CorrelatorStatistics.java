package io.multishot.correlator;

/**
 * The counters of a {@link Correlator} since it was made. Nothing is left out or counted twice; but they are read one
 * part after the other, so while requests come and go the counts need not fit together. While no call is under way,
 * they do:
 *
 * <p>{@code opened = delivered + failed + timedOut + cancelled + inFlight}
 *
 * @param inFlight requests that hold a slot now
 * @param waiting requests that wait for a slot now
 * @param opened requests that were given a slot
 * @param delivered requests that ended with a value
 * @param failed requests that ended with a cause, by {@link Correlator#fail}, {@code failAll} or
 *     {@link Correlator#close}
 * @param timedOut requests that ended by their deadline
 * @param cancelled requests that the requester gave up
 * @param duplicate replies refused as {@link ReplyResult#DUPLICATE}
 * @param late replies refused as {@link ReplyResult#LATE}
 * @param unknown replies refused as {@link ReplyResult#UNKNOWN}
 * @param refused requests that were never given a slot: none was free, or became free in time, or before
 *     {@code failAll} or {@code close}
 */
public record CorrelatorStatistics(
        int inFlight,
        int waiting,
        long opened,
        long delivered,
        long failed,
        long timedOut,
        long cancelled,
        long duplicate,
        long late,
        long unknown,
        long refused) {}
