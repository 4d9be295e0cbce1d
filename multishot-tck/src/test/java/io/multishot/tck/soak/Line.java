package io.multishot.tck.soak;

import io.multishot.Receiver;

/** One receiver of a channel, from its creation until it is closed and replaced. */
final class Line {
    private final int number;
    private final Receiver<Value> receiver = new Receiver<>();

    Line(int number) {
        this.number = number;
    }

    Receiver<Value> receiver() {
        return receiver;
    }

    int number() {
        return number;
    }

    /** From any thread. */
    void revoke() {
        if (receiver.revoke()) {
            Log.mine().note(Event.RECEIVER_REVOKED, number);
        }
    }

    /** From any thread. */
    void close() {
        receiver.close();
        Log.mine().note(Event.RECEIVER_CLOSED, number);
    }
}
