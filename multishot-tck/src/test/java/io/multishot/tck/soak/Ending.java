package io.multishot.tck.soak;

/**
 * How a round ended and what became of its outcome. Each round has exactly one, and each says what must have been
 * noted.
 */
enum Ending {
    VALUE_DELIVERED("value delivered", 1, 0, 1, 0, 0),
    FAILURE_DELIVERED("failure delivered", 0, 1, 0, 1, 0),
    CLOSE_DELIVERED("close delivered", 0, 0, 0, 0, 0),
    VALUE_UNREAD("value unread, discarded", 1, 0, 0, 0, 0),
    FAILURE_UNREAD("failure unread, discarded", 0, 1, 0, 0, 0),
    CLOSE_UNREAD("close unread, discarded", 0, 0, 0, 0, 0),
    VALUE_RELEASED("value released by the receiver's close", 1, 0, 0, 0, 0),
    FAILURE_RELEASED("failure released by the receiver's close", 0, 1, 0, 0, 0),
    REVOKED_BY_CALLBACK("revoked by a callback", 0, 0, 0, 0, 1),
    REVOKED_BY_RECEIVER("revoked by the receiver", 0, 0, 0, 0, 0),
    ENDED_BY_CLOSE("ended by the receiver's close", 0, 0, 0, 0, 0);

    private final String title;
    private final int valuesAccepted;
    private final int failuresAccepted;
    private final int valuesSeen;
    private final int failuresSeen;
    private final int callbackRevokes;

    Ending(
            String title,
            int valuesAccepted,
            int failuresAccepted,
            int valuesSeen,
            int failuresSeen,
            int callbackRevokes) {
        this.title = title;
        this.valuesAccepted = valuesAccepted;
        this.failuresAccepted = failuresAccepted;
        this.valuesSeen = valuesSeen;
        this.failuresSeen = failuresSeen;
        this.callbackRevokes = callbackRevokes;
    }

    String title() {
        return title;
    }

    /** The only ending that fits what the round was found in; null if there is none. */
    static Ending of(Notes round, boolean last) {
        return switch (round.left()) {
            case LEFT_OVER -> delivered(round);
            case LEFT_VALUE -> VALUE_UNREAD;
            case LEFT_FAILURE -> FAILURE_UNREAD;
            case LEFT_CLOSED -> CLOSE_UNREAD;
            case LEFT_OPEN -> last ? ENDED_BY_CLOSE : null;
            default -> revoked(round, last);
        };
    }

    private static Ending delivered(Notes round) {
        if (round.count(Event.VALUE_SEEN) > 0) {
            return VALUE_DELIVERED;
        }
        if (round.count(Event.FAILURE_SEEN) > 0) {
            return FAILURE_DELIVERED;
        }
        return round.count(Event.CLOSED_SEEN) > 0 ? CLOSE_DELIVERED : null;
    }

    private static Ending revoked(Notes round, boolean last) {
        if (round.count(Event.CALLBACK_REVOKED) > 0) {
            return REVOKED_BY_CALLBACK;
        }
        if (!last) {
            return REVOKED_BY_RECEIVER;
        }
        if (round.count(Event.VALUE_ACCEPTED) > 0) {
            return VALUE_RELEASED;
        }
        return round.count(Event.FAILURE_ACCEPTED) > 0 ? FAILURE_RELEASED : ENDED_BY_CLOSE;
    }

    /** Whether exactly that was noted of the round which this ending needs. */
    boolean agreesWith(Notes round) {
        return round.count(Event.OPENED) == 1
                && round.count(Event.VALUE_ACCEPTED) == valuesAccepted
                && round.count(Event.FAILURE_ACCEPTED) == failuresAccepted
                && round.count(Event.VALUE_SEEN) == valuesSeen
                && round.count(Event.FAILURE_SEEN) == failuresSeen
                && round.count(Event.CALLBACK_REVOKED) == callbackRevokes
                && round.sequenceSeen() == (valuesSeen + failuresSeen == 0 ? 0 : round.sequenceAccepted())
                && agreesWithCloses(round)
                && round.count(Event.REGISTERED)
                        == round.count(Event.CALLED)
                                + round.count(Event.CANCELLED)
                                + round.count(Event.CALLBACK_REVOKED)
                && round.count(Event.FOREIGN_SEEN) == 0
                && round.count(Event.OPEN_AGAIN) == 0;
    }

    private boolean agreesWithCloses(Notes round) {
        int seen = round.count(Event.CLOSED_SEEN);
        return switch (this) {
            case CLOSE_DELIVERED -> seen == 1 && round.count(Event.CLOSE_CALLED) > 0;
            case CLOSE_UNREAD -> seen == 0 && round.count(Event.CLOSE_CALLED) > 0;
            case VALUE_RELEASED, FAILURE_RELEASED, REVOKED_BY_RECEIVER, ENDED_BY_CLOSE -> seen <= 1;
            default -> seen == 0;
        };
    }
}
