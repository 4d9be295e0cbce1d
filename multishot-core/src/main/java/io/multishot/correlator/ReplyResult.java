package io.multishot.correlator;

/** The result of a reply. */
public enum ReplyResult {
    /** The reply ended its request: the receive that waits, or the next one, has it. */
    DELIVERED,

    /** It was refused: the request was answered already, and the slot has not moved on since. */
    DUPLICATE,

    /**
     * It was refused: the request ended otherwise (timed out, cancelled, failed by {@code failAll}), or the slot has
     * moved on.
     */
    LATE,

    /** It was refused: when it came, no ticket like that had been issued by this correlator. */
    UNKNOWN
}
