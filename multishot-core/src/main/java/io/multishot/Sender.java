package io.multishot;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of one round: it ends the round once, with a value, a failure or a close. The first call that ends
 * the round wins; every other one returns {@code false} and changes nothing.
 *
 * <p>Any thread may call any method at any time. A sender whose round is over stays refused for ever, even while the
 * receiver is many rounds further on, unless its receiver re-arms it by {@link Receiver#recycle}. So closing late is
 * harmless:
 *
 * <pre>{@code
 * try (Sender<String> sender = receiver.sender()) {
 *     sender.send(answer());
 * } // closes the round if answer() threw, and can never end a later round
 * }</pre>
 *
 * <p>A sender that is simply forgotten leaves its receiver waiting. With {@code -Dio.multishot.senders=leaks}, for the
 * whole process, one that is garbage-collected without having ended its round ends it with a
 * {@link SenderLeakedException}, which is logged, too (at the logger {@code io.multishot} of {@link System.Logger}) and
 * shows where the sender was taken. That takes a stack trace and a lock for each round; if it is off, nothing.
 * Callbacks that wait are then called on the thread that cleans up, and must not block it. A sender to which the
 * waiting callback, the hook or the unreceived value of its own round leads is not found, and stays in memory as long
 * as senders are tracked.
 *
 * <p>To report what was thrown, catch it inside such a block: a {@code catch} clause of the block itself runs after the
 * close, when {@code fail} is refused already.
 *
 * <p><b>Progress:</b> {@code isOpen} is wait-free. {@code send}, {@code fail} and {@code close} are lock-free: an
 * attempt is repeated only after another thread registered or cancelled a callback, or registered a hook, in between.
 * Callbacks run on the calling thread and are not counted in.
 *
 * <p><b>Memory consistency effects:</b> actions before a {@code send}, {@code fail} or {@code close} that ends the
 * round <i>happen-before</i> the receive of that outcome returns or its callback is called. Actions of the receiving
 * thread before {@link Receiver#sender()} <i>happen-before</i> actions of the sending side, as far as the hand-over of
 * the sender orders them; a sender handed over by a data race is still whole.
 *
 * @param <T> the type of value
 */
public class Sender<T> implements AutoCloseable {
    /*
     * Overview. The whole round lives in the one reference `state`, so that deliver, cancel, revoke and close are
     * compare-and-sets on one word and exactly one of them wins:
     *
     *   the Receiver itself   open, no receive waits
     *   an OutcomeHandler     open, that handler waits
     *   a HookedState         open as the one or the other, with a hook of the sending side
     *   a value, an Outcome   ended, waits to be received
     *   TAKEN, which is null  ended and delivered
     *   REVOKED               ended by the receiving side
     *
     * Two things follow from using the receiver itself for "open". A sender finds its receiver without a field for it,
     * which keeps it at 16 bytes. And opening a round is a plain release store: Receiver.close() need not find a sender
     * that is being opened at that moment, since every sender asks its receiver before it ends a round (see
     * refusedByReceiver). docs/algorithm.md has the transition tables that the row IDs (S1, R2, ...) name.
     */
    private static final VarHandle STATE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "state", VarHandle.class, Sender.class, Object.class);

    @SuppressWarnings("unused") // by STATE only
    private @Nullable Object state;

    /** Creates the sender of an open round, whose state is its receiver, or the handler that waits. */
    Sender(Object open) {
        state = open;
        // As for a final field: a thread that finds this sender by a data race finds it open.
        VarHandle.releaseFence();
    }

    /**
     * Ends the round with a value, and calls the callback that waits for it, on this thread.
     *
     * @param value the value; not {@code null}
     * @return {@code true} if this call ended the round. {@code false} if the round is over already (ended, revoked, or
     *     its receiver closed): the value was not taken and stays the caller's
     * @throws NullPointerException if the value is {@code null}; the round stays open
     */
    public boolean send(T value) {
        Objects.requireNonNull(value, "value is null: close() the sender to end the round without a value");
        Object replaced = end(Outcome.ofValue(value));
        if (replaced instanceof OutcomeHandler<?>) {
            handler(replaced).onValue(value);
        }
        return replaced != null;
    }

    /**
     * Ends the round with a failure, and calls the callback that waits for it, on this thread.
     *
     * @param cause why there is no value; not {@code null}
     * @return {@code true} if this call ended the round, {@code false} if the round is over already
     * @throws NullPointerException if the cause is {@code null}; the round stays open
     */
    public boolean fail(Throwable cause) {
        Objects.requireNonNull(cause, "cause is null: close() the sender to end the round without a cause");
        Object replaced = isOpen() ? end(Outcome.ofFailure(cause)) : null; // nothing is made for a round that is over
        if (replaced instanceof OutcomeHandler<?>) {
            handler(replaced).onFailure(cause);
        }
        return replaced != null;
    }

    /**
     * Ends the round without a value, and calls the callback that waits for it, on this thread. No effect if the round
     * is over already.
     */
    @Override
    public void close() {
        Object replaced = end(Outcome.CLOSED);
        if (replaced instanceof OutcomeHandler<?>) {
            handler(replaced).onClosed();
        }
    }

    /**
     * Tells whether a reply is still wanted: the round is neither ended nor revoked, and its receiver not closed. The
     * answer may be out of date as soon as it is given; only {@code send} itself decides.
     *
     * @return {@code true} if a {@code send} would have ended the round
     */
    public boolean isOpen() {
        Object now = stateAcquire();
        return isOpen(now) && !refusedByReceiver(now);
    }

    /**
     * Registers a hook that runs when the receiving side gives the round up: when it is revoked, or its receiver
     * closed. So work whose result is not wanted any more can stop. Cancelling a receive gives nothing up; the outcome
     * may still be received.
     *
     * <p>The hook runs once, on the thread that revokes or closes, after the round is over and after a callback that
     * waits was called. It does not run if the round is ended by a sender. It should be quick and must not throw: its
     * exception reaches the caller of {@code revoke} or {@code close}, after these did all they do.
     *
     * <p><b>Progress:</b> lock-free, as {@code send}. <b>Memory consistency effects:</b> actions before this call, and
     * those before the call that gives the round up, <i>happen-before</i> the hook runs. <b>Cost:</b> one
     * compare-and-set and one object, one more object for each callback that is registered or cancelled later in the
     * round. A round without a hook pays nothing.
     *
     * @param hook runs when the round is given up
     * @return {@code true} if the hook was registered (and may have run already); {@code false} if the round is over,
     *     however it ended: the hook was not registered and does not run
     * @throws NullPointerException if the hook is {@code null}
     * @throws IllegalStateException if the round has a hook already; that one stays
     */
    public boolean onAbandoned(Runnable hook) {
        Objects.requireNonNull(hook, "hook");
        Object now = stateAcquire();
        while (now != null && isOpen(now) && !refusedByReceiver(now)) {
            if (now instanceof HookedState) {
                throw new IllegalStateException(
                        "this round has a hook already: register one that does the work of both");
            }
            Object witness = compareAndExchangeState(now, new HookedState(now, hook));
            if (witness == now) {
                if (now instanceof Receiver<?> receiver && receiver.isClosed()) {
                    revoke(); // H3: close() may not have found this sender
                }
                return true;
            }
            now = witness;
        }
        return false;
    }

    /**
     * Describes the sender and the state of its round.
     *
     * @return for example {@code Sender[open]} or {@code Sender[value, not yet received]}
     */
    @Override
    public String toString() {
        return "Sender[" + Outcome.describe(stateAcquire()) + "]";
    }

    // ---- for Receiver, overridden where senders are tracked ---------------------------------------------------------

    /** Returns the sender that the receiver knows: this one, unless it is a {@link TrackedSender}. */
    Sender<T> round() {
        return this;
    }

    /**
     * Opens the receiver's next round on this handle, for {@link Receiver#recycle(Sender)}: by a release store, since
     * the old round is over.
     *
     * @return the handle of the new round
     */
    Sender<T> reopen(Receiver<T> receiver) {
        if (isLive()) {
            throw stillOpen(this);
        }
        setStateRelease(receiver); // N5
        return this;
    }

    /**
     * Opens the receiver's next round on this handle with a handler in it. By compare-and-exchange, which is ordered
     * before the look at Receiver.closed, and because close() may be releasing the last outcome at this moment.
     *
     * @return the handle of the new round
     */
    Sender<T> reopen(Receiver<T> receiver, OutcomeHandler<? super T> handler) {
        Object now = stateAcquire();
        while (!isOpen(now)) {
            Object witness = compareAndExchangeState(now, handler);
            if (witness == now) {
                if (receiver.isClosed()) {
                    revoke(); // N12: close() may have looked at the state before the handler was there
                }
                return this;
            }
            now = witness;
        }
        throw stillOpen(this);
    }

    static IllegalStateException stillOpen(Sender<?> sender) {
        return new IllegalStateException(
                sender + " cannot be recycled before its round is over: receive its outcome, or revoke() it first");
    }

    /** Ends the round as {@link #fail} does, for a sender that is unreachable. */
    final boolean leak(SenderLeakedException leak) {
        Object replaced = end(Outcome.ofLeak(leak));
        if (replaced instanceof OutcomeHandler<?>) {
            handler(replaced).onLeaked(leak);
        }
        return replaced != null;
    }

    // ---- the sending side -------------------------------------------------------------------------------------------

    /**
     * S1-S5: replaces the open state by the outcome, or by TAKEN if a handler is there to be handed it. After that the
     * round may be recycled at once, so its state must not be touched any more, unless the receiver is closed.
     *
     * @return the open state that this call replaced (the receiver, or the handler to call), null if refused
     */
    private @Nullable Object end(Object outcome) {
        Object now = stateAcquire();
        while (isOpen(now) && !refusedByReceiver(now)) {
            Object open = HookedState.unwrap(now);
            // Release: the value's own state is visible to the thread that takes it. Acquire: so is the handler's to
            // us.
            Object witness = compareAndExchangeState(now, open instanceof OutcomeHandler ? Outcome.TAKEN : outcome);
            if (witness == now) {
                releaseIfClosed(open, outcome);
                return open;
            }
            now = witness;
        }
        return null;
    }

    /** S1: a close() that looked before the outcome was there left it to us to release. */
    private void releaseIfClosed(@Nullable Object replaced, Object outcome) {
        if (replaced instanceof Receiver<?> receiver && receiver.isClosed()) {
            compareAndExchangeState(outcome, Outcome.REVOKED);
        }
    }

    /**
     * Tells whether the receiver is closed, although this round's state does not show it (yet). A handler that was
     * cancelled here may wait at another receiver by now, so its receiver counts only if this sender is that receiver's
     * current one.
     */
    private boolean refusedByReceiver(@Nullable Object state) {
        Object open = HookedState.unwrap(state);
        if (open instanceof Receiver<?> receiver) {
            return receiver.isClosedAcquire();
        }
        return open instanceof OutcomeHandler<?> handler
                && handler.atAcquire() instanceof Receiver<?> receiver
                && receiver.isClosedAcquire()
                && receiver.isCurrent(this);
    }

    @SuppressWarnings("unchecked") // only waiters for this channel's type are ever registered
    private OutcomeHandler<? super T> handler(Object replaced) {
        return (OutcomeHandler<? super T>) replaced;
    }

    // ---- the receiving side, for Receiver ---------------------------------------------------------------------------

    /** V1-V3: ends an open round from the receiving side; a handler that waits learns that the round is closed. */
    final boolean revoke() {
        Object now = stateVolatile();
        while (isOpen(now)) {
            Object witness = compareAndExchangeState(now, Outcome.REVOKED);
            if (witness == now) {
                notifyRevoked(now);
                return true;
            }
            now = witness;
        }
        return false;
    }

    private static void notifyRevoked(@Nullable Object open) {
        if (open instanceof OutcomeHandler<?> handler) {
            handler.onClosed();
        } else if (open instanceof HookedState hooked) {
            try {
                notifyRevoked(hooked.open());
            } finally {
                hooked.hook().run();
            }
        }
    }

    /**
     * C1-C2, W1-W2: unregisters the handler, if it is there, and leaves the given state: the receiver, or REVOKED. In
     * the latter case the hook runs; the handler is not called.
     */
    final boolean endWait(OutcomeHandler<?> handler, Object next) {
        Object now = handler;
        Object witness = compareAndExchangeState(now, next);
        while (witness != now) {
            if (HookedState.unwrap(witness) != handler) {
                return false;
            }
            now = witness;
            witness = compareAndExchangeState(now, next == Outcome.REVOKED ? next : HookedState.rewrap(now, next));
        }
        if (now instanceof HookedState hooked && next == Outcome.REVOKED) {
            hooked.hook().run();
        }
        return true;
    }

    /** X1-X4: the receiver is closed: ends an open round, releases an outcome that was not received. */
    final void abandon() {
        if (!revoke()) {
            Object outcome = stateVolatile();
            if (isOutcome(outcome)) {
                compareAndExchangeState(outcome, Outcome.REVOKED); // fails only if the receiver took it first
            }
        }
    }

    /** Tells whether the round is still open, in one order with volatile accesses elsewhere. */
    final boolean isLiveVolatile() {
        return isOpen(stateVolatile());
    }

    /** Tells whether the round ended with an outcome that was not received. */
    final boolean hasOutcome() {
        return isOutcome(stateVolatile());
    }

    /** Tells whether the round is over and nothing of it is left to receive, which no thread changes any more. */
    final boolean isOver() {
        return Outcome.isOver(stateVolatile());
    }

    /** N1-N4: tells whether the round is still open, so that no next one may be opened. */
    final boolean isLive() {
        return isOpen(stateAcquire());
    }

    /** N3: forgets an outcome that was not received. */
    final void discard() {
        setStateRelease(Outcome.TAKEN);
    }

    private static boolean isOpen(@Nullable Object state) {
        return state instanceof Receiver || state instanceof OutcomeHandler || state instanceof HookedState;
    }

    private static boolean isOutcome(@Nullable Object state) {
        return !isOpen(state) && !Outcome.isOver(state);
    }

    // ---- the state, by access mode ----------------------------------------------------------------------------------

    /** Partner of every compare-and-exchange and release store of the state. */
    final @Nullable Object stateAcquire() {
        return STATE.getAcquire(this);
    }

    /** For close() and revoke(): ordered after the volatile store of Receiver.closed. */
    final @Nullable Object stateVolatile() {
        return STATE.getVolatile(this);
    }

    /** By the receiving thread only, and only from an ended state, which no sender changes any more. */
    final void setStateRelease(@Nullable Object next) {
        STATE.setRelease(this, next);
    }

    /** Volatile on both sides: registering a handler must be ordered before the look at Receiver.closed. */
    final @Nullable Object compareAndExchangeState(@Nullable Object expected, @Nullable Object next) {
        return STATE.compareAndExchange(this, expected, next);
    }
}
