package io.multishot.correlator;

import io.multishot.Callback;
import io.multishot.OutcomeHandler;
import io.multishot.OutcomeSource;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A request that was opened at a {@link Correlator}: its ticket to send along, and its one outcome to receive.
 *
 * <p>It ends once: by a reply, by its deadline, by {@link #cancel()}, or by the correlator's {@code failAll} or
 * {@code close}. From then on its slot is free and its ticket dead, whether or not the outcome was received yet. A
 * request without a deadline that is neither answered nor cancelled holds its slot for ever, so cancel what you give
 * up:
 *
 * <pre>{@code
 * try (Pending<Reply> pending = correlator.open(Duration.ofSeconds(1))) {
 *     send(pending.ticket(), question);
 *     return pending.receive();
 * } // gives the request up if send() threw
 * }</pre>
 *
 * <p>Any thread may call any method at any time. One receive waits at a time, and the outcome is received once; a
 * further receive throws {@link IllegalStateException} and disturbs nothing. (Every receive learns that a request was
 * cancelled.)
 *
 * <p><b>Progress:</b> all methods are lock-free, except those that say that they block. Callbacks run on the calling
 * thread and are not counted in. Nor is a {@link SlotRequest} that waits for the slot which a {@code cancel} frees, and
 * is called on that thread, too.
 *
 * <p><b>Memory consistency effects:</b> actions before {@link Correlator#complete} or {@link Correlator#fail} that ends
 * the request <i>happen-before</i> the receive of that outcome returns or its callback is called.
 *
 * @param <T> the type of value
 */
public final class Pending<T> extends OutcomeSource<T> implements AutoCloseable {
    /*
     * Overview. As in Sender, the whole request lives in the one reference `state`. The thread that changes it from an
     * open state to an ended one has ended the request, and frees the slot:
     *
     *   OPENING               not in flight yet, and no thread can end it
     *   OPEN                  in flight, no receive waits
     *   an OutcomeHandler     in flight, that handler waits
     *   a reply's outcome     ended, waits to be received
     *   a Lapse               ended without a reply, its cause waits to be received
     *   TAKEN, which is null  ended by a reply that was received
     *   LAPSED                ended without a reply, and its cause was received
     *   CANCELLED             cancelled
     *
     * The object is fresh for each request, so that a thread that found it by its ticket, however long ago, reaches
     * this request only. docs/correlator.md has the transition tables that the row IDs (P1, G2, ...) name.
     */
    private static final Object OPENING = new Object();

    private static final Object OPEN = new Object();

    private static final Object LAPSED = new Object();

    private static final Object CANCELLED = new Object();

    /** Null: G1 needs no barrier for a store of null. */
    private static final @Nullable Object TAKEN = null;

    private static final VarHandle STATE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "state", VarHandle.class, Pending.class, Object.class);

    @SuppressWarnings("unused") // by STATE only
    private @Nullable Object state;

    private final TicketRange<T> range;

    /** The offset of the slot in its chunk, and the generation in the range. */
    private final int number;

    Pending(TicketRange<T> range, int number) {
        this.range = range;
        this.number = number;
        state = OPENING;
        // As for a final field: a thread that finds this request by a data race finds it made.
        VarHandle.releaseFence();
    }

    /**
     * Returns what to send along with the request, for the reply to bring back.
     *
     * @return the ticket; {@link Ticket} writes it as text or bytes
     */
    public long ticket() {
        return range.ticket(number);
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@link Callback#cancel()} ends the wait, and the request goes on; {@link Callback#revoke()} cancels the
     * request.
     *
     * @throws IllegalStateException also if the outcome was received already
     */
    @Override
    public void receive(OutcomeHandler<? super T> handler) {
        bind(Objects.requireNonNull(handler, "callback"));
        Object now = stateAcquire();
        while (now != handler) {
            if (now == CANCELLED) {
                deliver(closedOutcome(), handler);
                return;
            }
            Object witness = compareAndExchangeState(now, now == OPEN ? handler : received(now));
            if (witness == now) {
                if (now != OPEN) {
                    deliver(outcome(now), handler);
                }
                return;
            }
            now = witness;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException also if the outcome was received already
     */
    @Override
    public @Nullable T tryReceive() {
        Object now = stateAcquire();
        while (now != OPEN) {
            if (now == CANCELLED) {
                throw closedException();
            }
            Object witness = compareAndExchangeState(now, received(now));
            if (witness == now) {
                return valueOf(outcome(now));
            }
            now = witness;
        }
        return null;
    }

    /**
     * Gives the request up: its slot is free at once, and a reply that comes later is {@link ReplyResult#LATE}. A
     * callback that waits is called by {@code onClosed}, on this thread. What it throws reaches the caller, and the
     * request is over all the same. An outcome that is already there stays, to be received.
     *
     * @return {@code true} if this call ended the request, {@code false} if it was over already
     */
    public boolean cancel() {
        Object replaced = end(CANCELLED, CANCELLED);
        if (replaced == null) {
            return false;
        }
        range.chunk().owner().cancelled(this, handlerOf(replaced));
        return true;
    }

    /** Cancels the request; no effect if it is over already. */
    @Override
    public void close() {
        cancel();
    }

    /**
     * Describes the request by its ticket in hexadecimal and its state.
     *
     * @return for example {@code Pending[00f3a1b27c4d5e68, in flight, a receive waits]}
     */
    @Override
    public String toString() {
        return "Pending[" + Ticket.toHex(ticket()) + ", " + describe(stateAcquire()) + "]";
    }

    private static String describe(@Nullable Object state) {
        if (state == OPEN || state == OPENING) {
            return "in flight";
        }
        if (state instanceof OutcomeHandler) {
            return "in flight, a receive waits";
        }
        if (state == CANCELLED) {
            return "cancelled";
        }
        return isReceived(state) ? state == TAKEN ? "over" : "over, without a reply" : describeOutcome(outcome(state));
    }

    // ---- for RequestEngine ------------------------------------------------------------------------------------------

    /** Requires that the handler waits nowhere. */
    static void requireIdle(OutcomeHandler<?> handler) {
        requireNotWaiting(handler);
    }

    /** Remembers in the handler that it will wait here. */
    void bindTo(OutcomeHandler<? super T> handler) {
        bind(handler);
    }

    /** Lets the request begin, after it was published, with a handler that waits in it if there is one. */
    void begin(@Nullable OutcomeHandler<? super T> handler) {
        STATE.setRelease(this, handler == null ? OPEN : handler);
    }

    static Object ofValue(Object value) {
        return valueOutcome(value);
    }

    static Object ofFailure(Throwable cause) {
        return failureOutcome(cause);
    }

    /** Takes the opening of the request back; its handler is free and is not called. False if the request ended. */
    boolean takeBack() {
        Object replaced = end(CANCELLED, CANCELLED);
        if (replaced == null) {
            return false;
        }
        OutcomeHandler<? super T> handler = handlerOf(replaced);
        if (handler != null) {
            unbind(handler);
        }
        return true;
    }

    static Object ofCancel() {
        return closedOutcome();
    }

    /** Ends the request with an outcome. Null if refused; otherwise the open state that this call replaced. */
    @Nullable
    Object end(Ending ending, Object outcome) {
        return ending.isReply() ? end(outcome, TAKEN) : end(new Lapse(outcome), LAPSED);
    }

    /** Returns the handler that waited in an open state, if one did. */
    @SuppressWarnings("unchecked") // only handlers for this request's type are ever registered
    static <T> @Nullable OutcomeHandler<? super T> handlerOf(Object open) {
        return open instanceof OutcomeHandler<?> handler ? (OutcomeHandler<? super T>) handler : null;
    }

    /** Tells whether the handler runs no code of a user, so that any thread may call it. */
    static boolean isInternalHandler(OutcomeHandler<?> handler) {
        return isInternal(handler);
    }

    /** Calls the handler, which forgets this request before. */
    static <T> void notify(OutcomeHandler<? super T> handler, Object outcome) {
        unbind(handler);
        deliver(outcome, handler);
    }

    TicketRange<T> range() {
        return range;
    }

    /** Returns the slot, by its offset in its chunk. */
    int slot() {
        return TicketRange.offset(number);
    }

    /** Returns how many tickets of the slot come before this one in the range. */
    int generation() {
        return TicketRange.generation(number);
    }

    boolean isInFlight() {
        return isOpen(stateAcquire());
    }

    /**
     * Returns the answer to a reply that this request refused: it is over, or was still being opened when the reply
     * came.
     */
    ReplyResult refusal() {
        Object now = stateAcquire();
        if (now == OPENING || isOpen(now)) {
            return ReplyResult.UNKNOWN;
        }
        return isReply(now) ? ReplyResult.DUPLICATE : ReplyResult.LATE;
    }

    private @Nullable Object end(Object ifNoneWaits, @Nullable Object ifHandlerWaits) {
        Object now = stateAcquire();
        while (isOpen(now)) {
            // Release: the value's own state is visible to the thread that takes it. Acquire: so is the handler's to
            // us.
            Object witness = compareAndExchangeState(now, now == OPEN ? ifNoneWaits : ifHandlerWaits);
            if (witness == now) {
                return now;
            }
            now = witness;
        }
        return null;
    }

    // ---- for OutcomeSource ------------------------------------------------------------------------------------------

    @Override
    protected boolean isAwaitedBy(OutcomeHandler<?> handler) {
        return stateAcquire() == handler;
    }

    @Override
    protected boolean endWait(OutcomeHandler<?> handler, boolean revoke) {
        if (compareAndExchangeState(handler, revoke ? CANCELLED : OPEN) != handler) {
            return false;
        }
        unbind(handler);
        if (revoke) {
            range.chunk().owner().cancelled(this, null);
        }
        return true;
    }

    @Override
    protected boolean endsWithItsFuture() {
        return true;
    }

    @Override
    protected long nanosToDeadline() {
        return range.chunk().owner().nanosToDeadline(this);
    }

    @Override
    protected void endIfDue() {
        range.chunk().owner().endIfDue(this);
    }

    @Override
    protected CancellationException closedException() {
        return new CancellationException("request " + Ticket.toHex(ticket()) + " was cancelled");
    }

    @Override
    protected String afterTimeout() {
        return "request " + Ticket.toHex(ticket()) + " is still in flight: receive again, or cancel() it";
    }

    // ---- states -----------------------------------------------------------------------------------------------------

    /** The outcome of a request that ended without a reply. */
    private record Lapse(Object outcome) {}

    /**
     * Returns the state that follows an outcome when it is received.
     *
     * @throws IllegalStateException if there is no outcome to receive, or another receive waits for it
     */
    private @Nullable Object received(@Nullable Object now) {
        if (now instanceof OutcomeHandler) {
            throw new IllegalStateException("another receive waits already: cancel() it first, or await its outcome");
        }
        if (isReceived(now)) {
            throw new IllegalStateException("the outcome of " + this + " was received already");
        }
        return isReply(now) ? TAKEN : LAPSED;
    }

    private static boolean isOpen(@Nullable Object state) {
        return state == OPEN || state instanceof OutcomeHandler;
    }

    private static boolean isReceived(@Nullable Object state) {
        return state == TAKEN || state == LAPSED;
    }

    /** Tells whether a request, which is over, was ended by a reply. */
    private static boolean isReply(@Nullable Object state) {
        return state != CANCELLED && state != LAPSED && !(state instanceof Lapse);
    }

    /** Returns the outcome that an ended state holds. */
    private static @Nullable Object outcome(@Nullable Object state) {
        return state instanceof Lapse lapse ? lapse.outcome() : state;
    }

    // ---- the state, by access mode ----------------------------------------------------------------------------------

    /** Partner of every compare-and-exchange of the state. */
    private @Nullable Object stateAcquire() {
        return STATE.getAcquire(this);
    }

    private @Nullable Object compareAndExchangeState(@Nullable Object expected, @Nullable Object next) {
        return STATE.compareAndExchange(this, expected, next);
    }
}
