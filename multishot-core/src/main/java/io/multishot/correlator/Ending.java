package io.multishot.correlator;

/** How a request ends. */
enum Ending {
    /** By a reply with a value. */
    DELIVERED,
    /** By a reply with a failure. */
    FAILED,
    /** By {@code failAll} or {@code close}. */
    ABORTED,
    /** By its deadline. */
    TIMED_OUT,
    /** By its requester. */
    CANCELLED,
    /** By its own opening, which failed: it is not counted. */
    UNOPENED;

    boolean isReply() {
        return this == DELIVERED || this == FAILED;
    }

    /** Returns what the slot answers to a further reply with the ticket. */
    ReplyResult furtherReply() {
        return isReply() ? ReplyResult.DUPLICATE : ReplyResult.LATE;
    }
}
