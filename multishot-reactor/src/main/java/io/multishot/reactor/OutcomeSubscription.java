package io.multishot.reactor;

import io.multishot.OutcomeHandler;
import io.multishot.SenderClosedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A subscription to one outcome, which is itself what waits in the channel.
 *
 * <p>Who may signal: the channel, which calls a waiter once; or the thread of the first request, after it made sure
 * that the channel never will. A request that races with {@code cancel}: each first leaves its mark (the registration,
 * {@code cancelled}), then looks for the other's.
 */
abstract class OutcomeSubscription<T> extends OutcomeHandler<T> implements Subscription, Scannable {
    private static final VarHandle REQUESTED;

    static {
        try {
            REQUESTED = MethodHandles.lookup().findVarHandle(OutcomeSubscription.class, "requested", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CoreSubscriber<? super T> actual;
    private volatile boolean cancelled;
    private volatile boolean requested;

    /**
     * Written by whoever may signal, before it does, or before it discards what it cannot signal. A scan may see it
     * late.
     */
    private boolean terminated;

    OutcomeSubscription(CoreSubscriber<? super T> actual) {
        this.actual = actual;
    }

    /** Begins to wait, or signals why it cannot. */
    abstract void begin();

    /** Ends the wait; true if the channel will not call any more. */
    abstract boolean end();

    /** The outcome was signalled, or discarded. */
    abstract void outcomeSignalled();

    /** Whose outcome it is. */
    abstract Scannable parent();

    @Override
    public final void request(long n) {
        if (n <= 0) {
            refuseRequest(n);
            return;
        }
        if (!cancelled && isFirstRequest()) {
            begin();
        }
    }

    private boolean isFirstRequest() {
        return !requested && REQUESTED.compareAndSet(this, false, true);
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
        if (!cancelled && !terminated && (isFirstRequest() || end())) {
            signalError(badRequest(n));
        }
    }

    static IllegalArgumentException badRequest(long n) {
        return new IllegalArgumentException(
                "§3.9 violated: a request must be for a positive number of elements, not " + n);
    }

    @Override
    protected void onValue(T value) {
        terminated = true;
        try {
            if (cancelled) {
                Operators.onDiscard(value, context());
                return;
            }
            actual.onNext(value);
            if (!cancelled) {
                actual.onComplete();
            }
        } finally {
            outcomeSignalled();
        }
    }

    @Override
    protected void onClosed() {
        terminated = true;
        try {
            if (!cancelled) {
                signalError(new SenderClosedException());
            }
        } finally {
            outcomeSignalled();
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        terminated = true;
        try {
            if (cancelled) {
                Operators.onErrorDropped(cause, context());
            } else {
                signalError(cause);
            }
        } finally {
            outcomeSignalled();
        }
    }

    /**
     * The channel refused this subscription, since another one waits for instance.
     *
     * @throws RuntimeException if it did not, and the exception came from the subscriber or a hook
     */
    final void refused(RuntimeException refusal) {
        if (terminated) {
            throw refusal;
        }
        if (!cancelled) {
            signalError(refusal);
        }
    }

    /** What the caller does to get an outcome failed: so there is none to wait for. */
    final void failed(Throwable thrown) {
        boolean unanswered = end();
        Throwable error = Operators.onOperatorError(thrown, context()); // throws a fatal one
        if (unanswered) {
            signalError(error);
        } else {
            Operators.onErrorDropped(error, context());
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

    final Context context() {
        return actual.currentContext();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public final @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return parent();
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
