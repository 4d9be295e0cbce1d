package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One slot of a correlator's table. The thread that takes it from the free list owns it until it publishes a request in
 * it. From then on the thread that ends the request owns it, until it is on the free list again. Only the owner writes.
 *
 * <p>Any thread reads it at any time: read {@code current}, the fields, then {@code current} again; if it is unchanged,
 * the fields belong to that request, since each request is published once. (Each field is written by release after the
 * previous request was taken out, and read by acquire: a thread that reads a later request's field does not find the
 * earlier request any more.)
 */
final class Slot<T> {
    /** No deadline, in nanoseconds since the correlator was made. */
    static final long NEVER = Long.MAX_VALUE;

    private static final VarHandle CURRENT = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "current", VarHandle.class, Slot.class, Object.class);
    private static final VarHandle DEADLINE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "deadline", VarHandle.class, Slot.class, long.class);
    private static final VarHandle OPENED_AT = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "openedAt", VarHandle.class, Slot.class, long.class);
    private static final VarHandle TRACE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "trace", VarHandle.class, Slot.class, Throwable.class);
    private static final VarHandle OPENED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "opened", VarHandle.class, Slot.class, long.class);
    private static final VarHandle DELIVERED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "delivered", VarHandle.class, Slot.class, long.class);
    private static final VarHandle NEXT =
            ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), "next", VarHandle.class, Slot.class, int.class);
    private static final VarHandle DEPTH =
            ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), "depth", VarHandle.class, Slot.class, int.class);

    private final RequestOwner<T> owner;
    private final TicketLayout layout;
    private final int index;
    private final long firstTicket;

    /**
     * The request that holds the slot; without one, the answer to a further reply to the last ticket: LATE, or null for
     * DUPLICATE.
     */
    @SuppressWarnings("unused") // by CURRENT only
    private @Nullable Object current = ReplyResult.UNKNOWN;

    private TicketRange<T> range;

    @SuppressWarnings("unused") // by DEADLINE only
    private long deadline;

    @SuppressWarnings("unused") // by OPENED_AT only
    private long openedAt;

    @SuppressWarnings("unused") // by TRACE only
    private @Nullable Throwable trace;

    private long opened;
    private long delivered;

    /** For FreeStack: the slot below this one, and how many there are with this one. */
    @SuppressWarnings("unused") // by NEXT only
    private int next;

    @SuppressWarnings("unused") // by DEPTH only
    private int depth;

    Slot(RequestOwner<T> owner, TicketLayout layout, int index, long firstTicket) {
        this.owner = owner;
        this.layout = layout;
        this.index = index;
        this.firstTicket = firstTicket;
        range = new TicketRange<>(owner, layout.indexBits(), firstTicket);
    }

    int index() {
        return index;
    }

    // ---- the owner --------------------------------------------------------------------------------------------------

    /** Returns the next request, with a fresh ticket; no other thread knows it yet. */
    Pending<T> nextRequest() {
        int number = (int) opened;
        if (number == 0 && opened != 0) {
            range = new TicketRange<>(owner, layout.indexBits(), layout.ticket(firstTicket, opened));
        }
        return new Pending<>(range, number);
    }

    /** Publishes the request. */
    void occupy(Pending<T> request, long openedAt, long deadline, @Nullable Throwable trace) {
        OPENED.setRelease(this, opened + 1);
        OPENED_AT.setRelease(this, openedAt);
        DEADLINE.setRelease(this, deadline);
        TRACE.setRelease(this, trace);
        CURRENT.setRelease(this, request);
    }

    /** Takes the request out. */
    void vacate(ReplyResult further) {
        CURRENT.setRelease(this, further == ReplyResult.DUPLICATE ? null : further); // after a reply, as Outcome.TAKEN
        // After that: a thread that finds the trace gone finds the request gone, too, when it reads `current` again.
        TRACE.setRelease(this, null);
    }

    void countDelivered() {
        DELIVERED.setRelease(this, delivered + 1);
    }

    // ---- anybody ----------------------------------------------------------------------------------------------------

    /** Returns the request in this slot if it has this ticket; otherwise the answer to a reply with the ticket. */
    Object find(long ticket) {
        Object now = currentAcquire();
        if (now instanceof Pending<?> request) {
            return request.ticket() == ticket ? request : refusal(ticket, ReplyResult.LATE);
        }
        return refusal(ticket, now == null ? ReplyResult.DUPLICATE : (ReplyResult) now);
    }

    private ReplyResult refusal(long ticket, ReplyResult ofLatest) {
        long issued = opened();
        if (Long.compareUnsigned(layout.number(firstTicket, ticket), issued) >= 0) {
            return ReplyResult.UNKNOWN;
        }
        return ticket == layout.ticket(firstTicket, issued - 1) ? ofLatest : ReplyResult.LATE;
    }

    /** Returns the request in this slot; null if there is none. Volatile: close() reads it after it stored `closed`. */
    @Nullable
    @SuppressWarnings("unchecked") // only requests of this slot are ever published in it
    Pending<T> request() {
        return CURRENT.getVolatile(this) instanceof Pending<?> request ? (Pending<T>) request : null;
    }

    /**
     * Returns the request if its deadline is at this time or before. If the deadline read here belongs to a later
     * request already, this one is over, and the attempt to end it will be refused.
     */
    @Nullable
    Pending<T> requestDue(long elapsed) {
        Pending<T> request = request();
        return request != null && deadlineAcquire() <= elapsed ? request : null;
    }

    /** Returns the request as others see it; null if there is none. */
    @Nullable
    RequestInfo info(long elapsed) {
        while (true) {
            Pending<T> request = request();
            if (request == null) {
                return null;
            }
            Duration age = Duration.ofNanos(Math.max(0, elapsed - openedAtAcquire()));
            Throwable openedBy = (Throwable) TRACE.getAcquire(this);
            if (request() == request) {
                return new RequestInfo(request.ticket(), age, openedBy);
            }
        }
    }

    /** Returns the timeout of the request, which has not ended yet or was just ended by the caller. */
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
