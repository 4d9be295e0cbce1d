package io.multishot.reactor;

import io.multishot.correlator.Pending;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Opens a request, has it sent, and waits for its outcome: it is what subscribes to the sending, too. */
class RequestSubscription<T> extends OutcomeSubscription<T> implements CoreSubscriber<Object> {
    @SuppressWarnings("rawtypes") // class literals are raw
    private static final AtomicReferenceFieldUpdater<RequestSubscription, @Nullable Subscription> SENDING =
            AtomicReferenceFieldUpdater.newUpdater(RequestSubscription.class, Subscription.class, "sending");

    private final MonoRequest<T> parent;

    private volatile @Nullable Subscription sending;

    RequestSubscription(CoreSubscriber<? super T> actual, MonoRequest<T> parent) {
        super(actual);
        this.parent = parent;
    }

    @Override
    void begin() {
        Pending<T> pending;
        try {
            pending = parent.correlator().open(parent.timeout(), this);
        } catch (RuntimeException refusal) {
            refused(refusal);
            return;
        }
        send(pending);
    }

    /** Has the request sent, which this waits for already. */
    final void send(Pending<T> pending) {
        if (isCancelled()) {
            end();
        } else if (!isTerminated()) {
            try {
                subscribeTo(parent.send(pending.ticket()));
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    private void subscribeTo(@Nullable Publisher<?> publisher) throws Exception {
        Objects.requireNonNull(publisher, "send returned null: return Mono.empty() if everything is sent already");
        if (isCancelled() || isTerminated()) {
            return; // it ended while send was called
        }
        if (publisher instanceof Callable<?> callable) {
            Object element = callable.call();
            if (element != null) {
                onNext(element);
            }
        } else {
            publisher.subscribe(this);
        }
    }

    @Override
    boolean end() {
        boolean ended = revokeRound();
        if (ended) {
            Operators.terminate(SENDING, this);
        }
        return ended;
    }

    @Override
    protected final void onFailure(Throwable cause) {
        Operators.terminate(SENDING, this);
        super.onFailure(cause);
    }

    @Override
    final void outcomeSignalled() {}

    @Override
    final MonoRequest<T> parent() {
        return parent;
    }

    // ---- the sending ------------------------------------------------------------------------------------------------

    @Override
    public final Context currentContext() {
        return context();
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        if (Operators.setOnce(SENDING, this, subscription)) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public final void onNext(Object element) {
        Operators.onDiscard(element, context());
    }

    @Override
    public final void onError(Throwable error) {
        if (end()) {
            signalError(error);
        } else {
            Operators.onErrorDropped(error, context());
        }
    }

    @Override
    public final void onComplete() {}
}
