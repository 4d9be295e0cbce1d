package io.multishot.tck.soak;

import io.multishot.Sender;

/** One round: a record of its own although the sender may serve several, one after the other. */
final class Round {
    private final int channel;
    private final int id;
    private final Sender<Value> sender;
    private final Handing handing;

    /** Which thread besides the receiving one gets the sender. */
    enum Handing {
        /** None. */
        TO_NOBODY,
        /** One producer, which uses it once and forgets it: once that has happened it may be recycled. */
        FOR_ONE_USE,
        /** One or several, which keep it as long as they like: never to be recycled. */
        FOR_EVER
    }

    Round(int channel, int id, Sender<Value> sender, Handing handing) {
        this.channel = channel;
        this.id = id;
        this.sender = sender;
        this.handing = handing;
    }

    int channel() {
        return channel;
    }

    /** Unique in its batch. */
    int id() {
        return id;
    }

    Sender<Value> sender() {
        return sender;
    }

    Handing handing() {
        return handing;
    }

    /**
     * Tells whether no other thread holds the sender any more.
     *
     * @param left what the round was found in when it was over
     */
    boolean isRecyclable(Event left) {
        return switch (handing) {
            case TO_NOBODY -> true;
            case FOR_ONE_USE -> left != Event.LEFT_REVOKED; // its holder has ended it, so it has had its one use
            case FOR_EVER -> false;
        };
    }

    /**
     * Returns the state of the round: one of the events named LEFT. Only a sender's description tells revoked from
     * closed.
     */
    Event look() {
        String state = sender.toString();
        return switch (state) {
            case "Sender[over]" -> Event.LEFT_OVER;
            case "Sender[revoked]" -> Event.LEFT_REVOKED;
            case "Sender[value, not yet received]" -> Event.LEFT_VALUE;
            case "Sender[failure, not yet received]" -> Event.LEFT_FAILURE;
            case "Sender[closed, not yet received]" -> Event.LEFT_CLOSED;
            case "Sender[open]", "Sender[open, a receive waits]" -> Event.LEFT_OPEN;
            default -> throw new IllegalStateException("the soak does not know the state " + state);
        };
    }
}
