package io.multishot.reactor;

import io.multishot.Opening;
import io.multishot.Pending;
import java.time.Duration;
import reactor.core.CoreSubscriber;

/** A request that waits for a slot if there is none. */
final class WaitingRequestSubscription<T> extends RequestSubscription<T> {
    private final Opening<T> opening = new Opening<>() {
        @Override
        protected void onOpened(Pending<T> pending) {
            pending.receive(WaitingRequestSubscription.this);
            send(pending);
        }

        @Override
        protected void onRefused(Throwable cause) {
            onFailure(cause);
        }
    };

    private final Duration maxWait;

    WaitingRequestSubscription(CoreSubscriber<? super T> actual, MonoRequest<T> parent, Duration maxWait) {
        super(actual, parent);
        this.maxWait = maxWait;
    }

    @Override
    void begin() {
        try {
            parent().correlator().open(parent().timeout(), maxWait, opening);
        } catch (RuntimeException refusal) {
            refused(refusal);
        }
    }

    @Override
    boolean end() {
        return opening.cancel() || super.end();
    }
}
