package io.multishot.reactor;

import io.multishot.correlator.Pending;
import io.multishot.correlator.SlotRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** A request that waits for a slot if there is none. */
final class WaitingRequestSubscription<T> extends RequestSubscription<T> {
    private final Duration maxWait;

    /** Null until this was requested: there is nothing to end before. */
    private volatile @Nullable SlotRequest<T> opening;

    WaitingRequestSubscription(CoreSubscriber<? super T> actual, MonoRequest<T> parent, Duration maxWait) {
        super(actual, parent);
        this.maxWait = maxWait;
    }

    @Override
    void begin() {
        SlotRequest<T> waits = new OpenedForThis();
        opening = waits;
        if (isCancelled()) {
            end();
        }
        try {
            parent().correlator().open(parent().timeout(), maxWait, waits);
        } catch (RuntimeException refusal) {
            refused(refusal);
        }
    }

    @Override
    boolean end() {
        SlotRequest<T> waits = opening;
        return (waits != null && waits.cancel()) || super.end();
    }

    private final class OpenedForThis extends SlotRequest<T> {
        @Override
        protected void onOpened(Pending<T> pending) {
            pending.receive(WaitingRequestSubscription.this);
            send(pending);
        }

        @Override
        protected void onRefused(Throwable cause) {
            onFailure(cause);
        }
    }
}
