package io.multishot.reactor;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;

/**
 * Opens a round for each sender that is requested, one after the other, and signals the senders.
 *
 * <p>A queue-drain loop: each change (a request, the end of a round, a receive that waits, a cancel, the dispose)
 * raises {@code wip}, and one thread at a time acts on the changes. So all rounds are opened in one order, and a
 * synchronous loop of sending and receiving returns to the drain loop instead of growing the stack. The channel itself
 * says whether the next round may be opened.
 */
final class SendersSubscription<T> extends RoundOpener<T> implements Subscription, Scannable {
    @SuppressWarnings("rawtypes") // updaters know no type arguments
    private static final AtomicLongFieldUpdater<SendersSubscription> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(SendersSubscription.class, "requested");

    private static final VarHandle WIP = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "wip", VarHandle.class, SendersSubscription.class, int.class);
    private static final VarHandle BAD_REQUEST = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "badRequest", VarHandle.class, SendersSubscription.class, Throwable.class);

    private final CoreSubscriber<? super Sender<T>> actual;
    private final Rounds<T> rounds;
    private volatile long requested;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable badRequest;

    /**
     * Work-in-progress counter; one from the start, so that nothing is signalled before {@code onSubscribe} returns.
     */
    @SuppressWarnings("unused") // by WIP only
    private volatile int wip = 1;

    /** Written by the drain loop. A scan may see it late. */
    private boolean terminated;

    SendersSubscription(CoreSubscriber<? super Sender<T>> actual, Rounds<T> rounds) {
        this.actual = actual;
        this.rounds = rounds;
    }

    void start() {
        actual.onSubscribe(this);
        drainLoop();
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            Operators.addCap(REQUESTED, this, n);
        } else {
            BAD_REQUEST.compareAndSet(this, null, OutcomeSubscription.badRequest(n));
        }
        drain();
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            rounds.release(this);
            drain();
        }
    }

    @Override
    void drain() {
        if ((int) WIP.getAndAdd(this, 1) == 0) {
            drainLoop();
        }
    }

    private void drainLoop() {
        boolean returned = false;
        try {
            int missed = 1;
            do {
                while (advance()) {}
                missed = (int) WIP.getAndAdd(this, -missed) - missed;
            } while (missed != 0);
            returned = true;
        } finally {
            if (!returned) {
                // A subscriber threw, perhaps that of a receive: the others must be served nevertheless.
                WIP.setVolatile(this, 1);
                drainLoop();
            }
        }
    }

    /** Takes the next step; {@code false} if there is none. */
    private boolean advance() {
        // Read before the round is: a receive that comes after the round was read may have taken its outcome already,
        // and then waits for the next round.
        OutcomeSubscription<T> receive = peek();
        Receiver<T> receiver = rounds.receiver();
        if (cancelled || terminated) {
            return letReceive(receive, receiver);
        }
        if (badRequest != null || receiver.isClosed()) {
            terminate(badRequest);
            return true;
        }
        if (receiver.hasLiveSender() || receiver.hasOutcome()) {
            return letReceive(receive, receiver);
        }
        if (requested == 0) {
            return false;
        }
        open(receiver);
        return true;
    }

    /** Lets the waiting receive, if there is one, wait in the open round, or find that there is none. */
    private boolean letReceive(@Nullable OutcomeSubscription<T> receive, Receiver<T> receiver) {
        if (receive == null || !remove(receive)) {
            return false;
        }
        if (!receive.isCancelled()) {
            receive.receiveFrom(receiver);
        }
        return true;
    }

    private void terminate(@Nullable Throwable error) {
        terminated = true;
        rounds.release(this);
        if (error == null) {
            actual.onComplete();
        } else {
            actual.onError(error);
        }
    }

    private void open(Receiver<T> receiver) {
        OutcomeSubscription<T> receive = poll();
        Sender<T> sender = trySender(receiver, receive);
        if (sender == null) {
            // Closed, or opened elsewhere, since the round was read.
            if (receive != null) {
                receive.receiveFrom(receiver);
            }
            return;
        }
        if (receive != null && receive.isCancelled()) {
            receive.end();
        }
        if (cancelled) {
            // The sender was not signalled. A later subscriber may have found this round open.
            receiver.revoke(sender);
            rounds.roundEnded();
            return;
        }
        if (requested != Long.MAX_VALUE) {
            REQUESTED.decrementAndGet(this);
        }
        actual.onNext(sender);
    }

    /**
     * Opens a round in which the receive waits; {@code null} if the channel has a round, or is closed.
     *
     * @throws IllegalStateException if the subscriber of the receive, or a hook, threw it
     */
    private static <T> @Nullable Sender<T> trySender(Receiver<T> receiver, @Nullable OutcomeSubscription<T> receive) {
        try {
            return receiver.trySender(receive);
        } catch (IllegalStateException refusal) {
            if (receive != null && receive.isTerminated()) {
                throw refusal;
            }
            return null;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return rounds;
        }
        if (key == Attr.ACTUAL) {
            return actual;
        }
        if (key == Attr.CANCELLED) {
            return cancelled;
        }
        if (key == Attr.TERMINATED) {
            return terminated;
        }
        if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            return requested;
        }
        if (key == Attr.PREFETCH) {
            return 0;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
