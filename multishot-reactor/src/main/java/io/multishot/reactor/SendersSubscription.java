package io.multishot.reactor;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;

/**
 * Opens rounds as they are requested, one after the other, and signals their senders.
 *
 * <p>A queue-drain loop: whoever changes something (a request, the end of a round, a receive that wants a round, a
 * cancel, the dispose) raises {@code wip}, and one thread at a time acts on what it finds. So all rounds are opened in
 * one order, and a synchronous loop of sending and receiving comes back here instead of growing the stack. Whether the
 * next round may be opened is asked of the channel itself.
 */
final class SendersSubscription<T> implements Subscription, Scannable {
    @SuppressWarnings("rawtypes") // updaters know no type arguments
    private static final AtomicLongFieldUpdater<SendersSubscription> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(SendersSubscription.class, "requested");

    private static final VarHandle WIP;
    private static final VarHandle AWAITING;
    private static final VarHandle BAD_REQUEST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WIP = lookup.findVarHandle(SendersSubscription.class, "wip", int.class);
            AWAITING = lookup.findVarHandle(SendersSubscription.class, "awaiting", ReceiveSubscription.class);
            BAD_REQUEST = lookup.findVarHandle(SendersSubscription.class, "badRequest", Throwable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CoreSubscriber<? super Sender<T>> actual;
    private final ReactiveReceiver<T> parent;
    private volatile long requested;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable badRequest;

    /** The receive that waits for a round to be opened; one that waits in a round is in the channel. */
    private volatile @Nullable ReceiveSubscription<T> awaiting;

    /** One from the start: nothing is signalled before {@code onSubscribe} has returned. */
    @SuppressWarnings("unused") // by WIP only
    private volatile int wip = 1;

    /** Written by the drain loop. A scan may see it late. */
    private boolean terminated;

    SendersSubscription(CoreSubscriber<? super Sender<T>> actual, ReactiveReceiver<T> parent) {
        this.actual = actual;
        this.parent = parent;
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
            parent.release(this);
            drain();
        }
    }

    /** Lets the receive wait in the next round, or take what the last one left. */
    void await(ReceiveSubscription<T> receive) {
        if (!AWAITING.compareAndSet(this, null, receive)) {
            receive.refused(
                    new IllegalStateException("another receive waits already: cancel it first, or await its outcome"));
            return;
        }
        if (receive.isCancelled()) {
            forget(receive);
        }
        drain();
    }

    /** The receive was cancelled; true if it was waiting for a round. */
    boolean forget(ReceiveSubscription<T> receive) {
        return AWAITING.compareAndSet(this, receive, null);
    }

    /** Something has changed. */
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
                // A subscriber threw, perhaps the one of a receive: that must not stop the others.
                WIP.setVolatile(this, 1);
                drainLoop();
            }
        }
    }

    /** Does the next thing that is to be done; false if there is none. */
    private boolean advance() {
        // Read before the look at the round: one that comes after that look may have received its outcome just now, and
        // is to wait for the next round.
        ReceiveSubscription<T> receive = awaiting;
        if (cancelled || terminated) {
            return letReceive(receive);
        }
        Receiver<T> receiver = parent.receiver();
        if (badRequest != null || receiver.isClosed()) {
            terminate(badRequest);
            return true;
        }
        if (receiver.hasLiveSender() || receiver.hasOutcome()) {
            return letReceive(receive);
        }
        if (requested == 0) {
            return false;
        }
        open(receiver);
        return true;
    }

    /**
     * The receive that waits, if one does, goes on by itself: in the round that there is, or to find that there is
     * none.
     */
    private boolean letReceive(@Nullable ReceiveSubscription<T> receive) {
        if (receive == null || !forget(receive)) {
            return false;
        }
        if (!receive.isCancelled()) {
            receive.receive();
        }
        return true;
    }

    private void terminate(@Nullable Throwable error) {
        terminated = true;
        parent.release(this);
        if (error == null) {
            actual.onComplete();
        } else {
            actual.onError(error);
        }
    }

    private void open(Receiver<T> receiver) {
        ReceiveSubscription<T> receive = takeAwaiting();
        Sender<T> sender;
        try {
            sender = receiver.trySender(receive);
        } catch (IllegalStateException closed) {
            if (receive != null) {
                receive.notOpened(closed);
            }
            return;
        }
        if (sender == null) {
            // Opened by somebody else since we looked.
            if (receive != null) {
                receive.receive();
            }
            return;
        }
        if (receive != null && receive.isCancelled()) {
            receive.end();
        }
        if (cancelled) {
            // Nobody has its sender. A subscriber that came after us may have found this round open.
            receiver.revoke(sender);
            parent.roundEnded();
            return;
        }
        if (requested != Long.MAX_VALUE) {
            REQUESTED.decrementAndGet(this);
        }
        actual.onNext(sender);
    }

    @SuppressWarnings("unchecked") // as the field is declared
    private @Nullable ReceiveSubscription<T> takeAwaiting() {
        return awaiting == null ? null : (ReceiveSubscription<T>) AWAITING.getAndSet(this, null);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return parent;
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
