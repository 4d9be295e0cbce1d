package io.multishot.reactor;

import io.multishot.SenderClosedException;
import io.multishot.Waiter;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A subscription to one outcome, which is itself what waits in the channel.
 *
 * <p>Who may signal: the channel, which calls a waiter once; or the requesting thread, after it made sure that the channel
 * never will. Requests need no atomic operation of their own, since Reactive Streams §2.7 has them in order, and since the
 * channel takes a waiter that waits already for the same wait. A request that races with {@code cancel}: each first
 * leaves its mark (the registration, {@code cancelled}), then looks for the other's.
 */
abstract class OutcomeSubscription<T> extends Waiter<T> implements Subscription, Scannable {
    private final CoreSubscriber<? super T> actual;
    private final ReactiveReceiver<T> parent;
    private volatile boolean cancelled;

    /** Written by the requesting thread. */
    private boolean requested;

    /** Written before the terminal signal by whoever may signal. A scan may see it late. */
    private boolean terminated;

    OutcomeSubscription(CoreSubscriber<? super T> actual, ReactiveReceiver<T> parent) {
        this.actual = actual;
        this.parent = parent;
    }

    /**
     * Begins to wait.
     *
     * @throws IllegalStateException if another subscription waits
     */
    abstract void begin();

    /** Ends the wait; true if the channel will not call any more. */
    abstract boolean end();

    @Override
    public final void request(long n) {
        if (n <= 0) {
            refuseRequest(n);
            return;
        }
        if (requested || cancelled) {
            return;
        }
        requested = true;
        try {
            begin();
        } catch (IllegalStateException refused) {
            if (terminated) {
                throw refused; // the subscriber's own
            }
            signalError(refused);
        }
    }

    @Override
    public final void cancel() {
        if (!cancelled) {
            cancelled = true;
            end();
        }
    }

    /** Reactive Streams §3.9. */
    private void refuseRequest(long n) {
        boolean first = !requested;
        requested = true;
        if (!cancelled && !terminated && (first || end())) {
            signalError(new IllegalArgumentException(
                    "§3.9 violated: a request must be for a positive number of elements, not " + n));
        }
    }

    @Override
    protected void onValue(T value) {
        if (cancelled) {
            Operators.onDiscard(value, context());
            return;
        }
        terminated = true;
        actual.onNext(value);
        if (!cancelled) {
            actual.onComplete();
        }
    }

    @Override
    protected void onClosed() {
        if (!cancelled) {
            signalError(new SenderClosedException());
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        if (cancelled) {
            Operators.onErrorDropped(cause, context());
        } else {
            signalError(cause);
        }
    }

    final void signalError(Throwable error) {
        terminated = true;
        actual.onError(error);
    }

    final boolean isCancelled() {
        return cancelled;
    }

    final boolean isTerminated() {
        return terminated;
    }

    final ReactiveReceiver<T> parent() {
        return parent;
    }

    final Context context() {
        return actual.currentContext();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public final @Nullable Object scanUnsafe(Attr key) {
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
        if (key == Attr.PREFETCH) {
            return 0;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
