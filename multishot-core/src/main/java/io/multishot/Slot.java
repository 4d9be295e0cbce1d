package io.multishot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One place in a correlator's table. Whoever took it from the free slots owns it until the request is published in it; from
 * then on whoever ends the request owns it, until it is free again. Only the owner writes.
 *
 * <p>Others read it at any time: a request that is published in it both before and after was there all the time, since a
 * request is published once. That makes what was read in between that request's. (Each field is written by release after
 * the request before was taken out, and read by acquire: whoever reads a later request's field does not find the earlier
 * request any more.)
 */
final class Slot<T> {
    /** No deadline, in nanoseconds since the correlator was made. */
    static final long NEVER = Long.MAX_VALUE;

    private static final VarHandle CURRENT;
    private static final VarHandle DEADLINE;
    private static final VarHandle OPENED_AT;
    private static final VarHandle PLACE;
    private static final VarHandle OPENED;
    private static final VarHandle DELIVERED;
    private static final VarHandle NEXT;
    private static final VarHandle DEPTH;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CURRENT = lookup.findVarHandle(Slot.class, "current", Object.class);
            DEADLINE = lookup.findVarHandle(Slot.class, "deadline", long.class);
            OPENED_AT = lookup.findVarHandle(Slot.class, "openedAt", long.class);
            PLACE = lookup.findVarHandle(Slot.class, "place", Throwable.class);
            OPENED = lookup.findVarHandle(Slot.class, "opened", long.class);
            DELIVERED = lookup.findVarHandle(Slot.class, "delivered", long.class);
            NEXT = lookup.findVarHandle(Slot.class, "next", int.class);
            DEPTH = lookup.findVarHandle(Slot.class, "depth", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Correlator<T> correlator;
    private final int index;
    private final long firstTicket;

    /** The request that holds the slot; or else what a further reply to the last ticket is: LATE, or DUPLICATE, which is null. */
    @SuppressWarnings("unused") // by CURRENT only
    private @Nullable Object current = Delivery.UNKNOWN;

    private Series<T> series;

    private long deadline;
    private long openedAt;
    private @Nullable Throwable place;

    private long opened;
    private long delivered;

    /** For FreeStack: the slot below this one, and how many there are with this one. */
    private int next;

    private int depth;

    Slot(Correlator<T> correlator, int index, long firstTicket) {
        this.correlator = correlator;
        this.index = index;
        this.firstTicket = firstTicket;
        series = new Series<>(this, firstTicket);
    }

    Correlator<T> correlator() {
        return correlator;
    }

    int index() {
        return index;
    }

    int indexBits() {
        return correlator.indexBits();
    }

    // ---- the owner --------------------------------------------------------------------------------------------------

    /** The next request, with a fresh ticket; nobody else knows it yet. */
    Pending<T> nextRequest() {
        int number = (int) opened;
        if (number == 0 && opened != 0) {
            series = new Series<>(this, firstTicket + (opened << indexBits()));
        }
        return new Pending<>(series, number);
    }

    /** Publishes the request. */
    void occupy(Pending<T> request, long openedAt, long deadline, @Nullable Throwable place) {
        OPENED.setRelease(this, opened + 1);
        OPENED_AT.setRelease(this, openedAt);
        DEADLINE.setRelease(this, deadline);
        PLACE.setRelease(this, place);
        CURRENT.setRelease(this, request);
    }

    /** Takes the request out. */
    void vacate(Delivery further) {
        CURRENT.setRelease(this, further == Delivery.DUPLICATE ? null : further); // after a reply, as Outcome.TAKEN
        // After that: whoever finds the place gone finds the request gone, too, when it looks again.
        PLACE.setRelease(this, null);
    }

    void countDelivered() {
        DELIVERED.setRelease(this, delivered + 1);
    }

    // ---- anybody ----------------------------------------------------------------------------------------------------

    /** The request in this slot, if it has this ticket; otherwise what a reply to the ticket is. */
    Object find(long ticket) {
        Object now = currentAcquire();
        if (now instanceof Pending<?> request) {
            return request.ticket() == ticket ? request : refusal(ticket, Delivery.LATE);
        }
        return refusal(ticket, now == null ? Delivery.DUPLICATE : (Delivery) now);
    }

    private Delivery refusal(long ticket, Delivery ofLatest) {
        long distance = ticket - firstTicket; // the number, which wraps around, above the bits of the index
        long issued = opened();
        if (Long.compareUnsigned(distance >>> indexBits(), issued) >= 0) {
            return Delivery.UNKNOWN;
        }
        return distance == (issued - 1) << indexBits() ? ofLatest : Delivery.LATE;
    }

    /** The request in this slot; null if there is none. Volatile: close() looks after it stored Correlator.closed. */
    @Nullable
    @SuppressWarnings("unchecked") // only requests of this slot are ever published in it
    Pending<T> request() {
        return CURRENT.getVolatile(this) instanceof Pending<?> request ? (Pending<T>) request : null;
    }

    /**
     * The request, if its deadline is at this time or before. If the deadline that is read is a later request's already, this one
     * is over, and to end it will be refused.
     */
    @Nullable
    Pending<T> requestDue(long elapsed) {
        Pending<T> request = request();
        return request != null && deadlineAcquire() <= elapsed ? request : null;
    }

    /** The request as others see it; null if there is none. */
    @Nullable
    InFlight inFlight(long elapsed) {
        while (true) {
            Pending<T> request = request();
            if (request == null) {
                return null;
            }
            Duration age = Duration.ofNanos(Math.max(0, elapsed - openedAtAcquire()));
            Throwable at = (Throwable) PLACE.getAcquire(this);
            if (request() == request) {
                return new InFlight(request.ticket(), age, at);
            }
        }
    }

    /** How long the request, which has not ended yet or was just ended by the caller, was to wait. */
    Duration timeout() {
        return Duration.ofNanos(deadlineAcquire() - openedAtAcquire());
    }

    long opened() {
        return (long) OPENED.getAcquire(this);
    }

    long delivered() {
        return (long) DELIVERED.getAcquire(this);
    }

    // ---- by access mode ---------------------------------------------------------------------------------------------

    private @Nullable Object currentAcquire() {
        return CURRENT.getAcquire(this);
    }

    private long deadlineAcquire() {
        return (long) DEADLINE.getAcquire(this);
    }

    private long openedAtAcquire() {
        return (long) OPENED_AT.getAcquire(this);
    }

    // ---- for FreeStack ----------------------------------------------------------------------------------------------

    /** Opaque: a pop that is late may read it while another thread puts the slot back, and then makes no use of it. */
    int next() {
        return (int) NEXT.getOpaque(this);
    }

    int depthAcquire() {
        return (int) DEPTH.getAcquire(this);
    }

    void putOn(int next, int depth) {
        NEXT.setOpaque(this, next);
        DEPTH.setRelease(this, depth);
    }
}
