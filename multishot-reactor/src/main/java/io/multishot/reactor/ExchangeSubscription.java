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
        Sender<T> sender = openRound();
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

    /** Opens a round with this subscription waiting in it. */
    private Sender<T> openRound() {
        if (!parent().tryBeginOpening()) {
            throw new IllegalStateException("another subscription is opening a round of this receiver");
        }
        try {
            Receiver<T> receiver = parent().receiver();
            if (receiver.hasLiveSender()) {
                throw new IllegalStateException(
                        "an earlier round is still open: await its outcome, or cancel it, first");
            }
            draining = true;
            receiver.receive(this);
            draining = false;
            Sender<T> sender = receiver.sender();
            await(receiver);
            return sender;
        } finally {
            parent().endOpening();
        }
    }

    private void await(Receiver<T> receiver) {
        try {
            receiver.receive(this);
        } catch (IllegalStateException refused) {
            receiver.revoke(); // a receive() came in between: its round ends, since nobody was handed the sender
            throw refused;
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
