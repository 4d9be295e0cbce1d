package io.multishot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A request that was opened at a {@link Correlator}: its ticket to send along, and its one outcome to receive.
 *
 * <p>It ends once: by a reply, by its deadline, by {@link #cancel()}, or by the correlator's {@code failAll} or {@code close}.
 * From then on its slot is free and its ticket dead, whether or not the outcome was received yet. A request without a
 * deadline that is neither answered nor cancelled holds its slot for ever, so cancel what you give up:
 *
 * <pre>{@code
 * try (Pending<Reply> pending = correlator.open(Duration.ofSeconds(1))) {
 *     send(pending.ticket(), question);
 *     return pending.receive();
 * } // gives the request up if send() threw
 * }</pre>
 *
 * <p>Any thread may call any method at any time. One receive waits at a time, and the outcome is received once; a further
 * receive throws {@link IllegalStateException} and disturbs nothing. (That a request was cancelled is told to every receive.)
 *
 * <p><b>Progress:</b> all methods are lock-free, except those that say that they block. Callbacks run on the calling
 * thread and are not counted in. Nor is an {@link Opening} that waits for the slot which a {@code cancel} frees, and is
 * called on that thread, too.
 *
 * <p><b>Memory consistency effects:</b> actions before {@link Correlator#complete} or {@link Correlator#fail} that ends the
 * request <i>happen-before</i> the receive of that outcome returns or its callback is called.
 *
 * @param <T> the type of value
 */
public final class Pending<T> extends Awaited<T> implements AutoCloseable {
    /*
     * Overview. As in Sender, the whole request lives in the one reference `state`, and whoever changes it from an open
     * state to an ended one has ended the request, and frees the slot:
     *
     *   OPENING               not in flight yet, and nobody can end it
     *   OPEN                  in flight, nobody waits
     *   a Waiter              in flight, that waiter waits
     *   a value, an Outcome   ended, waits to be received
     *   TAKEN, which is null  ended by a reply that was received
     *   LAPSED                ended without a reply, and that was received
     *   REVOKED               cancelled
     *
     * The object is fresh for each request, so that whoever found it by its ticket, however long ago, reaches this request
     * only. docs/correlator.md has the transition tables that the row IDs (P1, G2, ...) name.
     */
    private static final Object OPENING = new Object();

    private static final Object OPEN = new Object();

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Pending.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by STATE only
    private @Nullable Object state;

    private final Series<T> series;
    private final int number;

    Pending(Series<T> series, int number) {
        this.series = series;
        this.number = number;
        state = OPENING;
        // As for a final field: whoever finds this request by a data race finds it made.
        VarHandle.releaseFence();
    }

    /**
     * What to send along with the request, for the reply to bring back.
     *
     * @return the ticket; {@link Ticket} writes it as text or bytes
     */
    public long ticket() {
        return series.ticket(number);
    }

    /**
     * Receives the value, and waits for it as long as it takes. <b>Blocks</b> the calling thread, platform or virtual.
     *
     * @return the value
     * @throws InterruptedException if the thread is interrupted while it has to wait; the request goes on
     * @throws CompletionException with the cause, if the request failed or timed out (then it is a {@link TimeoutException})
     * @throws CancellationException if the request was cancelled
     * @throws IllegalStateException if another receive waits, or the outcome was received already
     */
    public T receive() throws InterruptedException {
        T value = tryReceive();
        return value != null ? value : new BlockingWaiter<T>().await(this);
    }

    /**
     * Receives the value, and waits for it no longer than the given time. <b>Blocks</b> the calling thread, platform or
     * virtual.
     *
     * @param timeout how long to wait at most; zero or less: not at all
     * @return the value
     * @throws NullPointerException if the timeout is {@code null}
     * @throws TimeoutException if the outcome did not come within this wait; the request goes on: receive again, or
     *     {@code cancel} it
     * @throws InterruptedException if the thread is interrupted while it has to wait; the request goes on
     * @throws CompletionException with the cause, if the request failed or its own deadline passed
     * @throws CancellationException if the request was cancelled
     * @throws IllegalStateException if another receive waits, or the outcome was received already
     */
    public T receive(Duration timeout) throws InterruptedException, TimeoutException {
        Objects.requireNonNull(timeout, "timeout");
        T value = tryReceive();
        return value != null ? value : new BlockingWaiter<T>().await(this, timeout);
    }

    /**
     * Receives the outcome by callback: at once, on this thread, if it is there; otherwise on the thread that ends the
     * request. {@code onFailure} is handed the cause of a failed request, or a {@link TimeoutException}; {@code onClosed} is
     * called if the request was cancelled.
     *
     * <p>{@link Callback#cancel()} ends the wait, and the request goes on; {@link Callback#revoke()} cancels the request. A
     * callback that waits here already goes on waiting.
     *
     * <p><b>Cost:</b> one atomic read-modify-write.
     *
     * @param callback whom to call
     * @throws NullPointerException if the callback is {@code null}
     * @throws IllegalStateException if another receive waits here, the callback waits elsewhere, or the outcome was received
     *     already
     */
    public void receive(Callback<? super T> callback) {
        receive((Waiter<? super T>) callback);
    }

    /**
     * The same for the bare form of a callback.
     *
     * @param waiter whom to call
     * @throws NullPointerException if the waiter is {@code null}
     * @throws IllegalStateException if another receive waits here, the waiter waits elsewhere, or the outcome was received
     *     already
     */
    @Override
    public void receive(Waiter<? super T> waiter) {
        Objects.requireNonNull(waiter, "callback");
        waiter.bind(this);
        Object now = stateAcquire();
        while (now != waiter) {
            if (now == Outcome.REVOKED) {
                waiter.onClosed();
                return;
            }
            Object witness = compareAndExchangeState(now, now == OPEN ? waiter : received(now));
            if (witness == now) {
                if (now != OPEN) {
                    Outcome.deliver(now, waiter);
                }
                return;
            }
            now = witness;
        }
    }

    /**
     * Receives the value if it is there.
     *
     * @return the value, or {@code null} while the request is in flight
     * @throws CompletionException with the cause, if the request failed or timed out
     * @throws CancellationException if the request was cancelled
     * @throws IllegalStateException if another receive waits, or the outcome was received already
     */
    @Override
    public @Nullable T tryReceive() {
        Object now = stateAcquire();
        while (now != OPEN) {
            if (now == Outcome.REVOKED) {
                throw closedException();
            }
            Object witness = compareAndExchangeState(now, received(now));
            if (witness == now) {
                return Outcome.valueOf(now);
            }
            now = witness;
        }
        return null;
    }

    /**
     * Receives the outcome as a future. It completes with the value, or exceptionally with the cause of a failed request
     * itself, with a {@link TimeoutException} or a {@link CancellationException}, on the thread that ends the request.
     *
     * <p>Cancelling or completing the future from outside, which includes {@link CompletableFuture#orTimeout orTimeout},
     * cancels the request. If the outcome is already on its way, the attempt from outside returns {@code false} and the
     * future completes with that outcome shortly after.
     *
     * @return the future of the outcome
     * @throws IllegalStateException if another receive waits, or the outcome was received already
     */
    public CompletableFuture<T> receiveAsync() {
        FutureReceive<T> future = new FutureReceive<>(this, true);
        receive(future.waiter());
        return future;
    }

    /**
     * Gives the request up: its slot is free at once, and a reply that comes later is {@link Delivery#LATE}. A callback
     * that waits is told by {@code onClosed}, on this thread. What it throws reaches the caller, and the request is
     * over all the same. An outcome that is already there stays, to be received.
     *
     * @return {@code true} if this call ended the request, {@code false} if it was over already
     */
    public boolean cancel() {
        Object replaced = end(Outcome.REVOKED, Outcome.REVOKED);
        if (replaced == null) {
            return false;
        }
        correlator().cancelled(slot(), replaced instanceof Waiter<?> waiter ? waiter : null);
        return true;
    }

    /** Cancels the request; no effect if it is over already. */
    @Override
    public void close() {
        cancel();
    }

    /**
     * The ticket in hexadecimal and the state, for people to read.
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
        if (state instanceof Waiter) {
            return "in flight, a receive waits";
        }
        if (state == Outcome.REVOKED) {
            return "cancelled";
        }
        return Outcome.describe(state);
    }

    // ---- for Correlator ---------------------------------------------------------------------------------------------

    /** Lets the request begin, after it was published, with whoever waits in it already. */
    void begin(@Nullable Waiter<? super T> waiter) {
        STATE.setRelease(this, waiter == null ? OPEN : waiter);
    }

    /** Ends the request by a reply. Null if refused; otherwise the open state that this call replaced. */
    @Nullable
    Object endByReply(Object outcome) {
        return end(outcome, Outcome.TAKEN);
    }

    /** Ends the request otherwise. Null if refused; otherwise the open state that this call replaced. */
    @Nullable
    Object lapse(Throwable cause) {
        return end(Outcome.ofLapse(cause), Outcome.LAPSED);
    }

    boolean isInFlight() {
        return isOpen(stateAcquire());
    }

    /** What a reply is that this request refused: it is over, or its ticket was not told to anybody yet when the reply came. */
    Delivery refusal() {
        Object now = stateAcquire();
        if (now == OPENING || isOpen(now)) {
            return Delivery.UNKNOWN;
        }
        return Outcome.isReply(now) ? Delivery.DUPLICATE : Delivery.LATE;
    }

    private @Nullable Object end(Object ifNobodyWaits, @Nullable Object ifTold) {
        Object now = stateAcquire();
        while (isOpen(now)) {
            // Release: the value's own state is visible to whoever takes it. Acquire: so is the waiter's to us.
            Object witness = compareAndExchangeState(now, now == OPEN ? ifNobodyWaits : ifTold);
            if (witness == now) {
                return now;
            }
            now = witness;
        }
        return null;
    }

    // ---- for Waiter -------------------------------------------------------------------------------------------------

    @Override
    boolean isAwaitedBy(Waiter<?> waiter) {
        return stateAcquire() == waiter;
    }

    @Override
    boolean endWait(Waiter<?> waiter, boolean revoke) {
        if (compareAndExchangeState(waiter, revoke ? Outcome.REVOKED : OPEN) != waiter) {
            return false;
        }
        if (revoke) {
            correlator().cancelled(slot(), null);
        }
        return true;
    }

    @Override
    CancellationException closedException() {
        return new CancellationException("request " + Ticket.toHex(ticket()) + " was cancelled");
    }

    @Override
    String afterTimeout() {
        return "request " + Ticket.toHex(ticket()) + " is still in flight: receive again, or cancel() it";
    }

    /**
     * The state that follows an outcome when it is received.
     *
     * @throws IllegalStateException if there is no outcome to receive, or another receive waits for it
     */
    private @Nullable Object received(@Nullable Object now) {
        if (now instanceof Waiter) {
            throw new IllegalStateException("another receive waits already: cancel() it first, or await its outcome");
        }
        if (Outcome.isOver(now)) {
            throw new IllegalStateException("the outcome of " + this + " was received already");
        }
        return Outcome.isReply(now) ? Outcome.TAKEN : Outcome.LAPSED;
    }

    private static boolean isOpen(@Nullable Object state) {
        return state == OPEN || state instanceof Waiter;
    }

    private Slot<T> slot() {
        return series.slot();
    }

    private Correlator<T> correlator() {
        return slot().correlator();
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
