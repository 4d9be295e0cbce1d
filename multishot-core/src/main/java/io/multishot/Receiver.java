package io.multishot;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a multishot channel. It opens one round after the other, each by handing out a one-shot
 * {@link Sender}, and receives the one outcome of each: a value, a failure, or that the round was closed.
 *
 * <p>As soon as an outcome was received the next round can be opened: nothing spins, blocks or waits for the old
 * sender.
 *
 * <pre>{@code
 * Receiver<String> receiver = new Receiver<>();
 * for (int round = 0; round < 3; round++) {
 *     Sender<String> sender = receiver.sender();
 *     executor.execute(() -> sender.send("hello"));
 *     System.out.println(receiver.receive());
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> The methods are for one thread at a time: calls from different threads must be ordered by
 * <i>happens-before</i>. A callback that uses the receiver from inside makes its thread the receiving thread.
 * Exceptions:
 * <ul>
 *   <li>Any thread may call {@link #close()}, both {@code revoke} methods, the {@code cancel()} and {@code revoke()} of
 *       a callback, {@link #isClosed()}, {@link #hasLiveSender()} and {@link #hasOutcome()} at any time.
 *   <li>{@link #receive(Callback)}, {@link #receiveAsync()}, {@link #sender(OutcomeHandler)} and
 *       {@link #trySender(OutcomeHandler)} may be called by several threads at the same time, as long as no other
 *       method of the receiving thread is: one of them has the outcome or the new round, the others are refused or find
 *       the round over.
 * </ul>
 *
 * <p><b>One receive at a time.</b> While a receive waits, a further one throws {@link IllegalStateException} and
 * disturbs nothing.
 *
 * <p><b>Progress:</b> all methods are lock-free and {@code sender}, {@code trySender}, {@code recycle} and
 * {@code tryReceive} wait-free, except those that say that they block. With {@code -Dio.multishot.senders} (see
 * {@link Sender}) opening a round takes a lock. Callbacks run on the calling thread and are not counted in.
 *
 * <p><b>Memory consistency effects:</b> actions before a {@code send}, {@code fail} or {@code close} of a sender
 * <i>happen-before</i> the receive of that outcome returns or its callback is called. No order beyond
 * <i>happens-before</i> is promised between the channel and volatile variables of the caller's own.
 *
 * <p>The algorithm follows the Rust crate <a href="https://docs.rs/multishot">multishot</a>; see {@link Sender} and
 * {@code docs/algorithm.md}.
 *
 * @param <T> the type of value
 */
public final class Receiver<T> extends OutcomeSource<T> implements AutoCloseable {
    /*
     * Overview. The state of a round is in its sender (see there); the receiver knows the current sender, and whether
     * it is closed. `current` is written by the receiving side only. `closed` is written once. close() stores
     * `closed` and then reads the state; a thread that registers a handler does so by compare-and-exchange and then
     * reads `closed`: at least one of the two sees the other. Two openings at once, which sender(OutcomeHandler)
     * allows, are decided by compare-and-exchange on `current`.
     */
    private static final VarHandle CURRENT = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "current", VarHandle.class, Receiver.class, Sender.class);

    private static final VarHandle CLOSED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "closed", VarHandle.class, Receiver.class, boolean.class);

    /** The sender of the latest round, or null before the first. */
    @SuppressWarnings("unused") // by CURRENT only
    private @Nullable Sender<T> current;

    private volatile boolean closed;

    /** Creates a channel on which no round is open yet. */
    public Receiver() {}

    /**
     * Opens the next round and returns its sender: a fresh handle, which can never touch any other round. An outcome of
     * the last round that was not received is discarded.
     *
     * <p><b>Cost:</b> one object of 16 bytes (compressed class pointers), no atomic read-modify-write.
     *
     * @return the sender of the new round
     * @throws IllegalStateException if the sender of the last round is still live, or the receiver is closed
     */
    public Sender<T> sender() {
        Sender<T> next = trySender();
        if (next == null) {
            throw stillLive();
        }
        return next;
    }

    /**
     * Opens the next round as {@link #sender()} does, unless the sender of the last round is still live.
     *
     * @return the sender of the new round, or {@code null} while the last one is still live
     * @throws IllegalStateException if the receiver is closed
     */
    public @Nullable Sender<T> trySender() {
        requireNotClosed();
        Sender<T> last = currentAcquire();
        if (last != null) {
            if (last.isLive()) {
                return null;
            }
            last.discard();
        }
        Sender<T> next = new Sender<>(this);
        setCurrentRelease(next);
        return Tracking.handle(next);
    }

    /**
     * Opens the next round with a callback that waits in it already: {@code sender()} and {@code receive(callback)} in
     * one step, with nothing in between. An outcome of the last round that was not received is discarded.
     *
     * <p><b>Cost:</b> one object of 16 bytes (compressed class pointers), one atomic read-modify-write.
     *
     * @param callback receives the outcome of the new round
     * @return the sender of the new round
     * @throws NullPointerException if the callback is {@code null}
     * @throws IllegalStateException if the sender of the last round is still live, or the receiver is closed, or the
     *     callback still waits; the callback is not called
     */
    public Sender<T> sender(OutcomeHandler<? super T> callback) {
        Objects.requireNonNull(callback, "callback");
        requireNotClosed();
        Sender<T> last = currentVolatile();
        if (last != null && last.isLive()) {
            throw stillLive();
        }
        callback.bind(this);
        Sender<T> next = open(last, callback);
        if (next == null) {
            throw stillLive();
        }
        if (last != null) {
            last.discard();
        }
        return Tracking.handle(next);
    }

    /**
     * Opens the next round unless the last one is still to be received: nothing is discarded. Several threads may call
     * this, {@link #sender(OutcomeHandler)} and {@link #receive(OutcomeHandler)} at the same time; one of them has the
     * new round.
     *
     * <p><b>Progress:</b> wait-free. <b>Cost:</b> one object of 16 bytes (compressed class pointers), one atomic
     * read-modify-write; neither if there is nothing to open.
     *
     * @param callback receives the outcome of the new round; {@code null}: no receive waits in it yet
     * @return the sender of the new round, or {@code null} while the last one is live or its outcome was not received
     * @throws IllegalStateException if the receiver is closed, or the callback still waits elsewhere
     */
    public @Nullable Sender<T> trySender(@Nullable OutcomeHandler<? super T> callback) {
        requireNotClosed();
        Sender<T> last = currentVolatile();
        if (last != null && !last.isOver()) {
            return null;
        }
        if (callback != null) {
            callback.bind(this);
        }
        Sender<T> next = open(last, callback == null ? this : callback);
        return next == null ? null : Tracking.handle(next);
    }

    /** Opens a round after the given one, in the given state; null if another opening was first. */
    private @Nullable Sender<T> open(@Nullable Sender<T> last, Object state) {
        Sender<T> next = new Sender<>(state);
        if (!casCurrent(last, next)) {
            return null;
        }
        if (closed) {
            next.revoke(); // N9: close() may not have found this sender
        }
        return next;
    }

    /**
     * Opens the next round on the sender of the last one: the same object, nothing is allocated. By calling this you
     * state that no other code still holds {@code spent}, since that would be the sender of the new round. If you
     * cannot know that, use {@link #sender()}. An outcome of the last round that was not received is discarded.
     *
     * <p>To find code that holds it all the same, run the tests with {@code -Dio.multishot.senders=strict}: then each
     * round has a sender object of its own, and every use of {@code spent} after this throws {@link
     * IllegalStateException} that shows both places.
     *
     * <p><b>Cost:</b> no allocation, no atomic read-modify-write.
     *
     * @param spent the sender of the last round
     * @return {@code spent}, open again (if {@code strict}, another sender)
     * @throws NullPointerException if {@code spent} is {@code null}
     * @throws IllegalArgumentException if {@code spent} is not this receiver's latest sender
     * @throws IllegalStateException if {@code spent} is still open, or the receiver is closed
     */
    public Sender<T> recycle(Sender<T> spent) {
        requireLast(spent);
        return spent.reopen(this);
    }

    /**
     * Opens the next round on the sender of the last one, as {@link #recycle(Sender)} does, with a callback that waits
     * in it already: {@code recycle(spent)} and {@code receive(callback)} in one step, with nothing in between.
     *
     * <p>Another thread may {@code revoke} or {@code close} this round, and so call the callback, before this returns.
     * A callback that recycles {@code spent} itself has then opened a later round already, and this call returns the
     * sender of that.
     *
     * <p><b>Cost:</b> no allocation, one atomic read-modify-write, which need not wait for a store of this call.
     *
     * @param spent the sender of the last round
     * @param callback receives the outcome of the new round
     * @return {@code spent}, open again (if {@code strict}, another sender)
     * @throws NullPointerException if {@code spent} or {@code callback} is {@code null}
     * @throws IllegalArgumentException if {@code spent} is not this receiver's latest sender
     * @throws IllegalStateException if {@code spent} is still open, or the receiver is closed, or the callback still
     *     waits; the callback is not called
     */
    public Sender<T> recycle(Sender<T> spent, OutcomeHandler<? super T> callback) {
        Objects.requireNonNull(callback, "callback");
        requireLast(spent);
        callback.bind(this);
        return spent.reopen(this, callback);
    }

    private void requireLast(Sender<T> spent) {
        Objects.requireNonNull(spent, "spent");
        requireNotClosed();
        if (spent.round() != currentAcquire()) {
            throw new IllegalArgumentException(
                    spent + " is not the sender of this receiver's last round: recycle that one, or call sender()");
        }
    }

    /**
     * Takes the live sender's right away: from then on its {@code send}, {@code fail} and {@code close} are refused,
     * and the next round can be opened. A receive that waits ends as closed, and the sender's
     * {@linkplain Sender#onAbandoned hook} runs, on this thread. An outcome that is already there stays. Any thread may
     * call this at any time.
     *
     * <p>It ends a round whose opening <i>happens-before</i> it. One that is being opened on another thread at the same
     * time may be missed: to stop for good, {@link #close()}.
     *
     * @return {@code true} if this call ended the round, {@code false} if no sender was live
     */
    public boolean revoke() {
        Sender<T> sender = currentVolatile();
        return sender != null && sender.revoke();
    }

    /**
     * As {@link #revoke()}, if the live sender is this one; a later round is left alone. Any thread may call this at
     * any time.
     *
     * @param sender a sender
     * @return {@code true} if this call ended the round; {@code false} if that is over, or the sender is not this
     *     receiver's latest
     * @throws NullPointerException if the sender is {@code null}
     */
    public boolean revoke(Sender<T> sender) {
        try {
            Sender<T> round = sender.round();
            return currentVolatile() == round && round.revoke();
        } finally {
            Reference.reachabilityFence(sender); // were it found to be lost meanwhile, the round would end as leaked
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>If no round is open, the handler learns at once that it is closed. If it waits here already and its outcome is
     * on its way to it at that moment, it is called for that outcome, and this receive finds the round over and ends as
     * closed.
     */
    @Override
    public void receive(OutcomeHandler<? super T> handler) {
        Objects.requireNonNull(handler, "callback");
        handler.bind(this);
        Sender<T> sender = currentAcquire();
        if (sender == null || isClosedAcquire()) {
            handler.onClosed();
            return;
        }
        Object now = sender.stateAcquire();
        while (true) {
            Object open = HookedState.unwrap(now);
            if (open == this) {
                Object witness = sender.compareAndExchangeState(now, HookedState.rewrap(now, handler));
                if (witness == now) {
                    if (closed) {
                        sender.revoke(); // R3: close() may have looked at the state before the handler was there
                    }
                    return;
                }
                now = witness;
            } else if (open == handler) {
                return;
            } else if (open instanceof OutcomeHandler) {
                throw secondReceive();
            } else if (Outcome.isOver(now)) {
                handler.onClosed();
                return;
            } else {
                // By compare-and-exchange, not by a store: concurrent calls must not both have the outcome.
                Object outcome = now;
                now = sender.compareAndExchangeState(outcome, Outcome.TAKEN);
                if (now == outcome) {
                    Outcome.deliver(outcome, handler);
                    return;
                }
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p><b>Progress:</b> wait-free. <b>Cost:</b> no allocation, no atomic read-modify-write.
     */
    @Override
    public @Nullable T tryReceive() {
        Sender<T> sender = currentAcquire();
        if (sender == null || isClosedAcquire()) {
            throw new SenderClosedException();
        }
        Object now = HookedState.unwrap(sender.stateAcquire());
        if (now == this) {
            return null;
        }
        if (now instanceof OutcomeHandler) {
            throw secondReceive();
        }
        if (now != Outcome.REVOKED) {
            // A store is enough: an ended state is changed by this thread only, or by close(), which does no harm.
            sender.setStateRelease(Outcome.TAKEN);
        }
        return Outcome.valueOf(now);
    }

    /**
     * Closes the receiver: the live sender is refused from then on, a receive that waits ends as closed, an outcome
     * that was not received is released, and no further round can be opened. The {@linkplain Sender#onAbandoned hook}
     * of a live sender runs on this thread. Any thread may call this at any time. Closing again has no effect.
     *
     * <p>A {@code sender()} or {@code recycle} that races with it either throws or returns a sender that is refused
     * already.
     */
    @Override
    public void close() {
        closed = true;
        Sender<T> sender = currentVolatile();
        if (sender != null) {
            sender.abandon();
        }
    }

    /**
     * Tells whether the receiver was closed. Any thread may call this at any time.
     *
     * @return {@code true} once {@link #close()} was called
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Tells whether the latest round is still open, so that {@link #sender()} would refuse to open the next one. Any
     * thread may call this at any time; the answer may be out of date as soon as it is given.
     *
     * @return {@code true} while a sender is live
     */
    public boolean hasLiveSender() {
        Sender<T> sender = currentVolatile();
        return sender != null && !closed && sender.isLiveVolatile();
    }

    /**
     * Tells whether the latest round ended with an outcome that was not received yet, a close by its sender included,
     * so that {@link #sender()} would discard it. Any thread may call this at any time; the answer may be out of date
     * as soon as it is given.
     *
     * @return {@code true} if a receive would not have to wait, and would find an outcome
     */
    public boolean hasOutcome() {
        Sender<T> sender = currentVolatile();
        return sender != null && !closed && sender.hasOutcome();
    }

    /**
     * Describes the receiver and the state of its round.
     *
     * @return for example {@code Receiver[open, a receive waits]}
     */
    @Override
    public String toString() {
        Sender<T> sender = currentAcquire();
        return "Receiver["
                + (closed ? "closed" : sender == null ? "no round yet" : Outcome.describe(sender.stateAcquire()))
                + "]";
    }

    // ---- for Sender and OutcomeHandler ------------------------------------------------------------------------------

    /** For reads that need no order with anything but the close() itself. */
    boolean isClosedAcquire() {
        return (boolean) CLOSED.getAcquire(this);
    }

    /** Tells whether the sender is this receiver's latest, which proves that it is this receiver's. */
    boolean isCurrent(Sender<?> sender) {
        return currentVolatile() == sender;
    }

    /** Tells whether the handler is registered in the current round. */
    @Override
    protected boolean isAwaitedBy(OutcomeHandler<?> handler) {
        Sender<T> sender = currentAcquire();
        return sender != null && HookedState.unwrap(sender.stateAcquire()) == handler;
    }

    /**
     * C1-C2, W1-W2: unregisters the handler in the current round, if it is there, and revokes the round or leaves it
     * open.
     */
    @Override
    protected boolean endWait(OutcomeHandler<?> handler, boolean revoke) {
        Sender<T> sender = currentVolatile();
        return sender != null && sender.endWait(handler, revoke ? Outcome.REVOKED : this);
    }

    @Override
    protected boolean endsWithItsFuture() {
        return false;
    }

    @Override
    protected RuntimeException closedException() {
        return new SenderClosedException();
    }

    @Override
    protected String afterTimeout() {
        return "the round is still open: receive again, or revoke() it";
    }

    private void requireNotClosed() {
        if (isClosedAcquire()) {
            throw new IllegalStateException("this receiver is closed: no further round can be opened");
        }
    }

    private static IllegalStateException stillLive() {
        return new IllegalStateException(
                "the sender of the last round is still live: receive its outcome, or revoke() it first");
    }

    private static IllegalStateException secondReceive() {
        return new IllegalStateException("another receive waits already: cancel() it first, or await its outcome");
    }

    // ---- the current sender, by access mode -------------------------------------------------------------------------

    @SuppressWarnings("unchecked") // only senders of this receiver are ever stored
    private @Nullable Sender<T> currentAcquire() {
        return (Sender<T>) CURRENT.getAcquire(this);
    }

    /** For close(), revoke() and cancel(), which follow a volatile store of closed, or of a flag of the caller's. */
    @SuppressWarnings("unchecked") // only senders of this receiver are ever stored
    private @Nullable Sender<T> currentVolatile() {
        return (Sender<T>) CURRENT.getVolatile(this);
    }

    /** Partner of currentAcquire and currentVolatile on other threads. */
    private void setCurrentRelease(Sender<T> next) {
        CURRENT.setRelease(this, next);
    }

    /** Volatile: ordered before the look at closed. */
    private boolean casCurrent(@Nullable Sender<T> expected, Sender<T> next) {
        return CURRENT.compareAndSet(this, expected, next);
    }
}
