package io.multishot.reactor;

import reactor.core.CoreSubscriber;

/** Receives the outcome of a round that was opened elsewhere; cancelling leaves the round as it is. */
final class ReceiveSubscription<T> extends RoundSubscription<T> {

    ReceiveSubscription(CoreSubscriber<? super T> actual, ReactiveReceiver<T> parent) {
        super(actual, parent);
    }

    @Override
    void begin() {
        SendersSubscription<T> senders = parent().sendersSubscription();
        if (senders != null) {
            senders.await(this);
        } else {
            receive();
        }
    }

    /** Takes the outcome of the latest round, or waits in it. */
    void receive() {
        try {
            parent().receiver().receive(this);
        } catch (IllegalStateException refusal) {
            refused(refusal);
        }
        if (isCancelled()) {
            end();
        }
    }

    /**
     * The round that was to be opened for this subscription was not.
     *
     * @throws IllegalStateException if it was, and the exception came from the subscriber or a hook
     */
    void notOpened(IllegalStateException refusal) {
        if (isTerminated()) {
            throw refusal;
        }
        receive();
    }

    @Override
    boolean end() {
        SendersSubscription<T> senders = parent().sendersSubscription();
        return (senders != null && senders.forget(this)) || cancelWait();
    }
}
