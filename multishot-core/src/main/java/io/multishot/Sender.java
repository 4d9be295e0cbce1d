package io.multishot;

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
 * <p>A sender that is simply forgotten leaves its receiver waiting. With {@code -Dio.multishot.senders=leaks}, for the whole
 * process, one that is garbage-collected without having ended its round ends it with a {@link SenderLeakedException}, which
 * is logged, too (at the logger {@code io.multishot} of {@link System.Logger}) and shows where the sender was taken. That
 * takes a stack trace and a lock for each round; where it is off, nothing. Callbacks that wait are then called on the
 * thread that cleans up, and must not block it. A sender to which the waiting callback, the hook or the unreceived
 * value of its own round leads is not found, and stays in memory as long as senders are tracked.
 *
 * <p>To report what was thrown, catch it inside such a block: a {@code catch} clause of the block itself runs after the
 * close, when {@code fail} is refused already.
 *
 * <p><b>Progress:</b> {@code isOpen} is wait-free. {@code send}, {@code fail} and {@code close} are lock-free: an
 * attempt is repeated only after another thread registered or cancelled a callback, or registered a hook, in between.
 * Callbacks run on the calling thread and are not counted in.
 *
 * <p><b>Memory consistency effects:</b> actions before a {@code send}, {@code fail} or {@code close} that ends the round
 * <i>happen-before</i> the receive of that outcome returns or its callback is called. Actions of the receiving thread
 * before {@link Receiver#sender()} <i>happen-before</i> actions of whoever is handed the sender, as far as the hand-over
 * itself orders them; a sender handed over by a data race is still whole.
 *
 * @param <T> the type of value
 */
public class Sender<T> implements AutoCloseable {
    /*
     * Overview. The whole round lives in the one reference `state`, so that deliver, cancel, revoke and close are
     * compare-and-sets on one word and exactly one of them wins:
     *
     *   the Receiver itself   open, nobody waits
     *   a Waiter              open, that waiter waits
     *   a Watched             open as the one or the other, with a hook of the sending side
     *   a value, an Outcome   ended, waits to be received
     *   TAKEN, which is null  ended and delivered
     *   REVOKED               ended by the receiving side
     *
     * Two things follow from using the receiver itself for "open". A sender finds its receiver without a field for it,
     * which keeps it at 16 bytes. And opening a round is a plain release store: Receiver.close() need not find a sender
     * that is being opened at that moment, since every sender asks its receiver before it ends a round (see
     * refusedByReceiver). docs/algorithm.md has the transition tables that the row IDs (S1, R2, ...) name.
     */
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Sender.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by STATE only
    private @Nullable Object state;

    /** A sender whose round is open: nobody waits if the state is its receiver, otherwise the waiter that it is. */
    Sender(Object open) {
        state = open;
        // As for a final field: whoever finds this sender by a data race finds it open.
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
        if (replaced instanceof Waiter<?>) {
            waiter(replaced).onValue(value);
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
        if (replaced instanceof Waiter<?>) {
            waiter(replaced).onFailure(cause);
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
        if (replaced instanceof Waiter<?>) {
            waiter(replaced).onClosed();
        }
    }

    /**
     * Whether somebody is still to be answered: the round is neither ended nor revoked, and its receiver not closed. The
     * answer may be out of date as soon as it is given; only {@code send} itself decides.
     *
     * @return {@code true} if a {@code send} would have ended the round
     */
    public boolean isOpen() {
        Object now = stateAcquire();
        return isOpen(now) && !refusedByReceiver(now);
    }

    /**
     * Asks to be told when the receiving side gives the round up: when it is revoked, or its receiver closed. So work that
     * nobody waits for any more can stop. Cancelling a receive gives nothing up; the outcome may still be received.
     *
     * <p>The hook runs once, on the thread that revokes or closes, after the round is over and after a callback that waits
     * was told. It does not run if the round is ended by a sender. It should be quick and must not throw: what it throws
     * reaches the caller of {@code revoke} or {@code close}, after these did all they do.
     *
     * <p><b>Progress:</b> lock-free, as {@code send}. <b>Memory consistency effects:</b> actions before this call, and those
     * before the call that gives the round up, <i>happen-before</i> the hook runs. <b>Cost:</b> one compare-and-set and one
     * object, one more object for each callback that is registered or cancelled later in the round. A round without a hook
     * pays nothing.
     *
     * @param hook what to run
     * @return {@code true} if the hook was registered (and may have run already); {@code false} if the round is over, however
     *     it ended: the hook was not registered and does not run
     * @throws NullPointerException if the hook is {@code null}
     * @throws IllegalStateException if the round has a hook already; that one stays
     */
    public boolean onAbandoned(Runnable hook) {
        Objects.requireNonNull(hook, "hook");
        Object now = stateAcquire();
        while (now != null && isOpen(now) && !refusedByReceiver(now)) {
            if (now instanceof Watched) {
                throw new IllegalStateException(
                        "this round has a hook already: register one that does the work of both");
            }
            Object witness = compareAndExchangeState(now, new Watched(now, hook));
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
     * The sender with the state of its round, for people to read.
     *
     * @return for example {@code Sender[open]} or {@code Sender[value, not yet received]}
     */
    @Override
    public String toString() {
        return "Sender[" + Outcome.describe(stateAcquire()) + "]";
    }

    // ---- for Receiver, where senders are tracked --------------------------------------------------------------------

    /** The sender that the receiver knows: this one, unless it is a {@link TrackedSender}. */
    Sender<T> round() {
        return this;
    }

    /** It was given back for good. */
    void givenBack() {}

    /** It was given back, and armed again. */
    void armedAgain() {}

    /** As {@link #fail}, for a sender that nobody has any more. */
    final boolean leak(SenderLeakedException leak) {
        Object replaced = end(Outcome.ofLeak(leak));
        if (replaced instanceof Waiter<?>) {
            waiter(replaced).onLeaked(leak);
        }
        return replaced != null;
    }

    // ---- the sending side -------------------------------------------------------------------------------------------

    /**
     * S1-S5: replaces the open state by the outcome, or by TAKEN if a waiter is there to be handed it. After that the
     * round may be recycled at once, so its state must not be touched any more, unless the receiver is closed.
     *
     * @return the open state that this call replaced (the receiver, or the waiter to call), null if refused
     */
    private @Nullable Object end(Object outcome) {
        Object now = stateAcquire();
        while (isOpen(now) && !refusedByReceiver(now)) {
            Object open = Watched.unwrap(now);
            // Release: the value's own state is visible to whoever takes it. Acquire: so is the waiter's to us.
            Object witness = compareAndExchangeState(now, open instanceof Waiter ? Outcome.TAKEN : outcome);
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
     * Whether the receiver is closed, although this round's state does not show it (yet). That the waiter's receiver is
     * this sender's must be asked, since a waiter that was cancelled here may wait at another receiver by now.
     */
    private boolean refusedByReceiver(@Nullable Object state) {
        Object open = Watched.unwrap(state);
        if (open instanceof Receiver<?> receiver) {
            return receiver.isClosedAcquire();
        }
        return open instanceof Waiter<?> waiter
                && waiter.atAcquire() instanceof Receiver<?> receiver
                && receiver.isClosedAcquire()
                && receiver.isCurrent(this);
    }

    @SuppressWarnings("unchecked") // only waiters for this channel's type are ever registered
    private Waiter<? super T> waiter(Object replaced) {
        return (Waiter<? super T>) replaced;
    }

    // ---- the receiving side, for Receiver ---------------------------------------------------------------------------

    /** V1-V3: ends an open round from the receiving side; a waiter that it takes out is told that the round is closed. */
    final boolean revoke() {
        Object now = stateVolatile();
        while (isOpen(now)) {
            Object witness = compareAndExchangeState(now, Outcome.REVOKED);
            if (witness == now) {
                tellRevoked(now);
                return true;
            }
            now = witness;
        }
        return false;
    }

    private static void tellRevoked(@Nullable Object open) {
        if (open instanceof Waiter<?> waiter) {
            waiter.onClosed();
        } else if (open instanceof Watched watched) {
            try {
                tellRevoked(watched.open());
            } finally {
                watched.hook().run();
            }
        }
    }

    /**
     * C1-C2, W1-W2: takes the waiter out, if it is there, and leaves the given state: the receiver, or REVOKED. Tells the
     * sending side of the latter, but not the waiter.
     */
    final boolean endWait(Waiter<?> waiter, Object next) {
        Object now = waiter;
        Object witness = compareAndExchangeState(now, next);
        while (witness != now) {
            if (Watched.unwrap(witness) != waiter) {
                return false;
            }
            now = witness;
            witness = compareAndExchangeState(now, next == Outcome.REVOKED ? next : Watched.rewrap(now, next));
        }
        if (now instanceof Watched watched && next == Outcome.REVOKED) {
            watched.hook().run();
        }
        return true;
    }

    /** X1-X4: the receiver is closed: ends an open round, releases an outcome that nobody took. */
    final void abandon() {
        if (!revoke()) {
            Object outcome = stateVolatile();
            if (isOutcome(outcome)) {
                compareAndExchangeState(outcome, Outcome.REVOKED); // fails only if the receiver took it first
            }
        }
    }

    /** Whether the round is still open, in one order with volatile accesses elsewhere. */
    final boolean isLiveVolatile() {
        return isOpen(stateVolatile());
    }

    /** Whether the round ended with an outcome that nobody took. */
    final boolean hasOutcome() {
        return isOutcome(stateVolatile());
    }

    /** Whether the round is over and nothing of it is left to receive, which no thread changes any more. */
    final boolean isOver() {
        return Outcome.isOver(stateVolatile());
    }

    /** N1-N4: whether the round is still open, so that no next one may be opened. */
    final boolean isLive() {
        return isOpen(stateAcquire());
    }

    /** N3: forgets an outcome that was not received. */
    final void discard() {
        setStateRelease(Outcome.TAKEN);
    }

    /** N5: opens the next round in place. */
    final void rearm(Receiver<T> owner) {
        setStateRelease(owner);
    }

    /**
     * N12: opens the next round in place, with a waiter in it. By compare-and-exchange, which is ordered before the look at
     * Receiver.closed, and since close() may be releasing the last outcome at this moment. False if another opening was first.
     */
    final boolean rearmAwaited(Waiter<?> waiter) {
        Object now = stateAcquire();
        while (!isOpen(now)) {
            Object witness = compareAndExchangeState(now, waiter);
            if (witness == now) {
                return true;
            }
            now = witness;
        }
        return false;
    }

    private static boolean isOpen(@Nullable Object state) {
        return state instanceof Receiver || state instanceof Waiter || state instanceof Watched;
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

    /** Volatile on both sides: registering a waiter must be ordered before the look at Receiver.closed. */
    final @Nullable Object compareAndExchangeState(@Nullable Object expected, @Nullable Object next) {
        return STATE.compareAndExchange(this, expected, next);
    }
}
