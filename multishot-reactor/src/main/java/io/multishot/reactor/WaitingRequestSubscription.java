package io.multishot.reactor;

import io.multishot.correlator.Pending;
import io.multishot.correlator.SlotRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** Opens a request as soon as there is a slot for it. */
final class WaitingRequestSubscription<T> extends RequestSubscription<T> {
    private final Duration maxWait;

    /** Is {@code null} until this is requested: before, there is nothing to end. */
    private volatile @Nullable SlotRequest<T> slotRequest;

    WaitingRequestSubscription(CoreSubscriber<? super T> actual, RequestSettings<T> settings, Duration maxWait) {
        super(actual, settings);
        this.maxWait = maxWait;
    }

    @Override
    void begin() {
        SlotRequest<T> waiting = new Wait();
        slotRequest = waiting;
        if (isCancelled()) {
            end();
        }
        try {
            parent().correlator().open(parent().timeout(), maxWait, waiting);
        } catch (RuntimeException refusal) {
            refused(refusal);
        }
    }

    @Override
    boolean end() {
        SlotRequest<T> waiting = slotRequest;
        return (waiting != null && waiting.cancel()) || super.end();
    }

    private final class Wait extends SlotRequest<T> {
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
