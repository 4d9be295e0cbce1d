package io.multishot;

/** What became of a reply. */
public enum Delivery {
    /** It ended its request: whoever waits, or will wait, receives it. */
    DELIVERED,

    /** It was refused: the request was answered already, and the slot has not moved on since. */
    DUPLICATE,

    /** It was refused: the request ended otherwise (timed out, cancelled, failed by {@code failAll}), or the slot has moved on. */
    LATE,

    /** It was refused: when it came, no ticket like that had been issued by this correlator. */
    UNKNOWN
}
