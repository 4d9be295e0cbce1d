package io.multishot.reactor;

import reactor.core.CoreSubscriber;

/** A subscription to the outcome of one round of a channel. */
abstract class RoundSubscription<T> extends OutcomeSubscription<T> {
    private final ReactiveReceiver<T> parent;

    RoundSubscription(CoreSubscriber<? super T> actual, ReactiveReceiver<T> parent) {
        super(actual);
        this.parent = parent;
    }

    @Override
    final ReactiveReceiver<T> parent() {
        return parent;
    }

    @Override
    final void outcomeSignalled() {
        parent.roundEnded();
    }
}
