package io.multishot.tck.soak;

/** What a thread may note about a round (or, where it says so, about a receiver). */
enum Event {
    /** The detail is the number of the receiver. */
    OPENED,
    OPENED_FRESH,
    OPENED_WAITING,
    OPENED_RECYCLED,

    /** The detail is the value's sequence number; the same for the next five. */
    VALUE_ACCEPTED,
    VALUE_REFUSED,
    FAILURE_ACCEPTED,
    FAILURE_REFUSED,
    VALUE_SEEN,
    FAILURE_SEEN,
    CLOSED_SEEN,
    CLOSE_CALLED,
    STALE_HANDLE_USED,

    REGISTERED,
    CALLED,
    CANCELLED,
    CALLBACK_REVOKED,
    TIMED_OUT,
    INTERRUPTED,
    FUTURE_GIVEN_UP,

    /** In place of a round: the number of the receiver. */
    RECEIVER_REVOKED,
    RECEIVER_CLOSED,

    /** What the sender was found in after the round, before the next one was opened. */
    LEFT_OVER,
    LEFT_REVOKED,
    LEFT_VALUE,
    LEFT_FAILURE,
    LEFT_CLOSED,
    LEFT_OPEN,

    /** A receive of this round was handed something of another one, or something half-made. */
    FOREIGN_SEEN,
    /** A handle that was used once was open again. */
    OPEN_AGAIN;

    private static final Event[] ALL = values();

    static Event of(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }

    /** Whether it is about a receiver and not about a round. */
    boolean isAboutReceiver() {
        return this == RECEIVER_REVOKED || this == RECEIVER_CLOSED;
    }
}
