package io.multishot.tck.faultinjection;

import io.multishot.Callback;
import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request as the requester sees it: it has one outcome, and a value only if that was meant for it. */
final class Request extends Callback<Reply> {
    private final Tally tally;
    private boolean opened;
    private Tally.@Nullable Outcome outcome;

    Request(Tally tally) {
        this.tally = tally;
    }

    /** It is known to be open: it is sent, or ended as only an open one does. That it was refused is known better. */
    synchronized void opened() {
        if (!opened && outcome != Tally.Outcome.REFUSED && outcome != Tally.Outcome.CLOSED) {
            opened = true;
            tally.countOpened();
        }
    }

    @Override
    protected void onValue(Reply value) {
        if (value.request() != this) {
            tally.complain("misdelivered: " + value + " to " + this);
        }
        end(Tally.Outcome.VALUE);
    }

    @Override
    protected void onClosed() {
        end(Tally.Outcome.CANCELLED);
    }

    @Override
    protected void onFailure(Throwable cause) {
        if (cause instanceof TimeoutException) {
            end(Tally.Outcome.TIMED_OUT);
        } else if (cause instanceof CancellationException) {
            end(Tally.Outcome.CANCELLED);
        } else if (cause == ConnectionLost.INSTANCE || cause instanceof CorrelatorClosedException) {
            end(Tally.Outcome.FAILED);
        } else if (cause instanceof Refusal refusal) {
            if (refusal.request() != this) {
                tally.complain("misdelivered: the refusal of " + refusal.request() + " to " + this);
            }
            end(Tally.Outcome.FAILED);
        } else {
            tally.complain("unexpected: " + cause);
        }
    }

    /** It failed, perhaps before it had a slot. */
    synchronized void failed(Throwable cause) {
        if (cause instanceof CorrelatorFullException || (cause == ConnectionLost.INSTANCE && !opened)) {
            conclude(Tally.Outcome.REFUSED);
        } else if (cause instanceof CorrelatorClosedException && !opened) {
            conclude(Tally.Outcome.CLOSED);
        } else {
            onFailure(cause);
        }
    }

    /** All is quiet now: if it was given up, and that was in time, it has no outcome yet. */
    synchronized void concludeIfGivenUp() {
        if (outcome == null && opened) {
            conclude(Tally.Outcome.CANCELLED);
        }
    }

    private void end(Tally.Outcome how) {
        opened();
        conclude(how);
    }

    @Override
    public String toString() {
        return "request " + Integer.toHexString(System.identityHashCode(this));
    }

    private synchronized void conclude(Tally.Outcome how) {
        if (outcome == null) {
            outcome = how;
            tally.count(how);
        } else {
            tally.complain("ended twice: " + outcome + ", then " + how);
        }
    }
}
