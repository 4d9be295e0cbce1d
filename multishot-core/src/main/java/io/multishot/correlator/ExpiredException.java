package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A request's deadline passed. It is made for each request, without a stack trace and with its message made when it is
 * asked for; until its handler is called it is also the entry of the list of those to call.
 */
final class ExpiredException extends TimeoutException implements Handover {
    private static final long serialVersionUID = 1L;

    private final long ticket;
    private final long timeout;
    private transient @Nullable OutcomeHandler<?> handler;
    private transient @Nullable Object outcome;
    private transient @Nullable Handover next;

    ExpiredException(long ticket, long timeoutNanos) {
        this.ticket = ticket;
        timeout = timeoutNanos;
    }

    /** Keeps the handler to call, and the outcome to call it with. */
    void keep(OutcomeHandler<?> waiting, Object itsOutcome) {
        handler = waiting;
        outcome = itsOutcome;
    }

    @Override
    public String getMessage() {
        return "no reply to request " + Ticket.toHex(ticket) + " within " + Duration.ofNanos(timeout);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it changes nothing
    public Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public @Nullable Handover next() {
        return next;
    }

    @Override
    public void setNext(@Nullable Handover following) {
        next = following;
    }

    @Override
    @SuppressWarnings("NullAway") // it was kept
    public void run() {
        OutcomeHandler<?> waiting = handler;
        Object its = outcome;
        handler = null;
        outcome = null;
        Pending.notify(waiting, its);
    }
}
