package io.multishot.reactor;

import reactor.core.CoreSubscriber;

/** Receives the outcome of a round that was opened elsewhere; cancelling leaves the round as it is. */
final class ReceiveSubscription<T> extends OutcomeSubscription<T> {

    ReceiveSubscription(CoreSubscriber<? super T> actual, ReactiveReceiver<T> parent) {
        super(actual, parent);
    }

    @Override
    void begin() {
        try {
            parent().receiver().receive(this);
        } catch (IllegalStateException refusal) {
            refused(refusal);
        }
        if (isCancelled()) {
            end();
        }
    }

    @Override
    boolean end() {
        return cancelWait();
    }
}
