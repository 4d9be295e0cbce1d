package io.multishot.reactor;

import reactor.core.CoreSubscriber;

/** Receives the outcome of a round that was opened elsewhere; cancelling leaves the round open. */
final class ReceiveSubscription<T> extends RoundSubscription<T> {

    ReceiveSubscription(CoreSubscriber<? super T> actual, Rounds<T> rounds) {
        super(actual, rounds);
    }

    @Override
    void begin() {
        RoundOpener<T> opener = parent().opener();
        if (opener == null) {
            receiveFrom(parent().receiver());
        } else {
            awaitRound(opener);
        }
    }

    /** Waits until the opener has a round to wait in, or an outcome to take, or has none to open any more. */
    private void awaitRound(RoundOpener<T> opener) {
        if (!opener.add(this)) {
            refused(new IllegalStateException("another receive waits already: cancel it first, or await its outcome"));
            return;
        }
        if (isCancelled()) {
            opener.remove(this);
        }
        opener.drain();
    }

    @Override
    boolean end() {
        RoundOpener<T> opener = parent().opener();
        return (opener != null && opener.remove(this)) || cancelWait();
    }
}
