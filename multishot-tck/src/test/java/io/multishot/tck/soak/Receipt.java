package io.multishot.tck.soak;

import io.multishot.Callback;
import io.multishot.Receiver;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A callback for one round, which may be cancelled and registered again there; any thread may end its wait. */
final class Receipt extends Callback<Value> {
    private final int channel;
    private final int round;
    private final Thread owner = Thread.currentThread();

    /** How many waits have ended; raised after everything about the end was noted. */
    private final AtomicInteger ends = new AtomicInteger();

    private int registrations;
    private Event lastEnd = Event.CALLED;

    Receipt(int channel, int round) {
        this.channel = channel;
        this.round = round;
    }

    void receiveFrom(Receiver<Value> receiver) {
        expectEnd();
        Log.mine().note(Event.REGISTERED, round);
        receiver.receive(this);
    }

    /** One more end must come; for a receipt that is registered by opening a round. */
    void expectEnd() {
        registrations++;
    }

    /** From any thread. */
    void tryCancel() {
        if (cancel()) {
            end(Event.CANCELLED);
        }
    }

    /** From any thread. */
    void tryRevoke() {
        if (revoke()) {
            end(Event.CALLBACK_REVOKED);
        }
    }

    boolean isEnded() {
        return ends.get() >= registrations;
    }

    /**
     * Waits, on the receiving thread, until the wait has ended.
     *
     * @return whether the round has been received or revoked, false if the wait was only cancelled
     */
    boolean await() {
        while (!isEnded()) {
            if (!Thread.interrupted()) {
                LockSupport.park(this);
            }
        }
        return lastEnd != Event.CANCELLED;
    }

    @Override
    protected void onValue(Value value) {
        Observation.of(channel, round).value(value);
        end(Event.CALLED);
    }

    @Override
    protected void onFailure(Throwable cause) {
        Observation.of(channel, round).failure(cause);
        end(Event.CALLED);
    }

    @Override
    protected void onClosed() {
        Observation.of(channel, round).closed();
        end(Event.CALLED);
    }

    private void end(Event how) {
        Log.mine().note(how, round);
        lastEnd = how;
        ends.incrementAndGet();
        LockSupport.unpark(owner);
    }
}
