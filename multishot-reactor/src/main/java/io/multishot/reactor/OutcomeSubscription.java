package io.multishot.reactor;

import io.multishot.OutcomeHandler;
import io.multishot.OutcomeSource;
import io.multishot.SenderClosedException;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A subscription to one outcome, which is itself the handler that waits in the channel.
 *
 * <p>Signals come from the channel, which calls a handler once, or from the thread of the first request, once it is
 * sure that the channel never calls. A request that races with {@code cancel}: each first leaves its mark (the
 * registration, {@code cancelled}), then reads the other's.
 */
abstract class OutcomeSubscription<T> extends OutcomeHandler<T> implements Subscription, Scannable {
    private static final VarHandle REQUESTED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "requested", VarHandle.class, OutcomeSubscription.class, boolean.class);

    private final CoreSubscriber<? super T> actual;
    private volatile boolean cancelled;
    private volatile boolean requested;

    /** Written before the outcome is signalled or discarded, by the thread that does so. A scan may see it late. */
    private boolean terminated;

    OutcomeSubscription(CoreSubscriber<? super T> actual) {
        this.actual = actual;
    }

    /** Begins to wait, or signals why it cannot. */
    abstract void begin();

    /** Ends the wait; {@code true} if the channel will not call this handler. */
    abstract boolean end();

    /** Returns what the outcome belongs to, for scans. */
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

    /** Signals the error that Reactive Streams §3.9 demands, unless the outcome is signalled instead. */
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
        if (cancelled) {
            Operators.onDiscard(value, context());
            return;
        }
        actual.onNext(value);
        if (!cancelled) {
            actual.onComplete();
        }
    }

    @Override
    protected void onClosed() {
        terminated = true;
        if (!cancelled) {
            signalError(new SenderClosedException());
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        terminated = true;
        if (cancelled) {
            Operators.onErrorDropped(cause, context());
        } else {
            signalError(cause);
        }
    }

    /** Takes the outcome of a source, or waits there. */
    final void receiveFrom(OutcomeSource<T> source) {
        try {
            source.receive(this);
        } catch (IllegalStateException refusal) {
            refused(refusal);
        }
        if (cancelled) {
            end();
        }
    }

    /**
     * Signals that the channel refused this subscription, since another one waits for instance.
     *
     * @throws RuntimeException the refusal itself, if the subscriber or a hook threw it
     */
    final void refused(RuntimeException refusal) {
        if (terminated) {
            throw refusal;
        }
        if (!cancelled) {
            signalError(refusal);
        }
    }

    /** Ends the wait with an error: the code that was to bring the outcome about failed. */
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
