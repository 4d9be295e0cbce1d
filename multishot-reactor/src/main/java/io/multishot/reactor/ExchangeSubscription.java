package io.multishot.reactor;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.util.function.Consumer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** Opens a round, hands out its sender, and receives its outcome; cancelling revokes the round. */
final class ExchangeSubscription<T> extends OutcomeSubscription<T> {
    private final Consumer<? super Sender<T>> request;

    /** While the outcome that the last round left unread, if any, is taken out of the channel. */
    private boolean draining;

    ExchangeSubscription(
            CoreSubscriber<? super T> actual, ReactiveReceiver<T> parent, Consumer<? super Sender<T>> request) {
        super(actual, parent);
        this.request = request;
    }

    @Override
    void begin() {
        Receiver<T> receiver = parent().receiver();
        Sender<T> sender;
        try {
            if (parent().sendersSubscription() != null) {
                throw new IllegalStateException("senders() has a subscriber, for which the rounds are opened: cancel it"
                        + " first, or use another receiver");
            }
            drain(receiver);
            sender = receiver.sender(this);
        } catch (IllegalStateException refusal) {
            refused(refusal);
            return;
        }
        if (isCancelled()) {
            end();
        } else if (!isTerminated()) {
            handOut(sender);
        }
    }

    @Override
    boolean end() {
        return revokeRound();
    }

    /**
     * Takes an unread outcome as a receive of its own would, so that it is discarded exactly once.
     *
     * @throws IllegalStateException if the last round is still open: were it not refused here, its outcome could come
     *     before the next round opens, and go unseen
     */
    private void drain(Receiver<T> receiver) {
        if (receiver.hasLiveSender()) {
            throw new IllegalStateException("an earlier round is still open: await its outcome, or cancel it, first");
        }
        draining = true;
        try {
            receiver.receive(this);
        } finally {
            draining = false;
        }
    }

    private void handOut(Sender<T> sender) {
        try {
            request.accept(sender);
        } catch (Throwable thrown) {
            boolean unanswered = end();
            Throwable error = Operators.onOperatorError(thrown, context()); // throws a fatal one
            if (unanswered) {
                signalError(error);
            } else {
                Operators.onErrorDropped(error, context());
            }
        }
    }

    @Override
    protected void onValue(T value) {
        if (draining) {
            Operators.onDiscard(value, context());
        } else {
            super.onValue(value);
        }
    }

    @Override
    protected void onClosed() {
        if (!draining) {
            super.onClosed();
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        if (draining) {
            Operators.onErrorDropped(cause, context());
        } else {
            super.onFailure(cause);
        }
    }
}
