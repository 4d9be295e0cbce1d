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

/** Opens a request, sends it, and waits for its outcome; it is the subscriber of the sending, too. */
class RequestSubscription<T> extends OutcomeSubscription<T> implements CoreSubscriber<Object> {
    @SuppressWarnings("rawtypes") // class literals are raw
    private static final AtomicReferenceFieldUpdater<RequestSubscription, @Nullable Subscription> SENDING =
            AtomicReferenceFieldUpdater.newUpdater(RequestSubscription.class, Subscription.class, "sending");

    private final RequestSettings<T> settings;

    private volatile @Nullable Subscription sending;

    RequestSubscription(CoreSubscriber<? super T> actual, RequestSettings<T> settings) {
        super(actual);
        this.settings = settings;
    }

    @Override
    void begin() {
        Pending<T> pending;
        try {
            pending = settings.correlator().open(settings.timeout(), this);
        } catch (RuntimeException refusal) {
            refused(refusal);
            return;
        }
        send(pending);
    }

    /** Sends the request, whose outcome this waits for already. */
    final void send(Pending<T> pending) {
        if (isCancelled()) {
            end();
        } else if (!isTerminated()) {
            try {
                subscribeTo(settings.send(pending.ticket()));
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    private void subscribeTo(@Nullable Publisher<?> publisher) throws Exception {
        Objects.requireNonNull(publisher, "send returned null: return Mono.empty() if everything is sent already");
        if (isCancelled() || isTerminated()) {
            return; // the request ended while send was called
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
    final RequestSettings<T> parent() {
        return settings;
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
