package io.multishot.correlator;

/** How a request ends, and what the slot answers to a further reply with its ticket. */
enum Ending {
    /** By a reply with a value. */
    DELIVERED(ReplyResult.DUPLICATE),
    /** By a reply with a failure. */
    FAILED(ReplyResult.DUPLICATE),
    /** By {@code failAll} or {@code close}. */
    ABORTED(ReplyResult.LATE),
    /** By its deadline. */
    TIMED_OUT(ReplyResult.LATE),
    /** By its requester. */
    CANCELLED(ReplyResult.LATE);

    private final ReplyResult furtherReply;

    Ending(ReplyResult furtherReply) {
        this.furtherReply = furtherReply;
    }

    ReplyResult furtherReply() {
        return furtherReply;
    }

    boolean isReply() {
        return furtherReply == ReplyResult.DUPLICATE;
    }
}
