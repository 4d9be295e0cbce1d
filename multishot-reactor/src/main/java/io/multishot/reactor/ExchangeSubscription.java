package io.multishot.reactor;

import io.multishot.OutcomeHandler;
import io.multishot.Receiver;
import io.multishot.Sender;
import java.util.function.Consumer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** Opens a round, hands out its sender, and receives its outcome; cancelling revokes the round. */
final class ExchangeSubscription<T> extends RoundSubscription<T> {
    private final Consumer<? super Sender<T>> request;

    ExchangeSubscription(CoreSubscriber<? super T> actual, Rounds<T> rounds, Consumer<? super Sender<T>> request) {
        super(actual, rounds);
        this.request = request;
    }

    @Override
    void begin() {
        Receiver<T> receiver = parent().receiver();
        Sender<T> sender;
        try {
            if (parent().opener() != null) {
                throw new IllegalStateException("senders() has a subscriber, for which the rounds are opened: cancel it"
                        + " first, or use another receiver");
            }
            sender = open(receiver);
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
        boolean ended = true; // remains if the hook of the sender throws
        try {
            ended = revokeRound();
        } finally {
            if (ended) {
                parent().roundEnded();
            }
        }
        return ended;
    }

    /**
     * Opens the round. It first receives an unread outcome, so that this is discarded exactly once.
     *
     * @throws IllegalStateException if the last round is still open: otherwise its outcome could come before the next
     *     round opens, and be lost
     */
    private Sender<T> open(Receiver<T> receiver) {
        Sender<T> sender = receiver.trySender(this);
        while (sender == null) {
            if (receiver.hasLiveSender()) {
                throw new IllegalStateException(
                        "an earlier round is still open: await its outcome, or cancel it, first");
            }
            if (receiver.hasOutcome()) {
                new Unread().takeFrom(receiver);
            }
            sender = receiver.trySender(this);
        }
        return sender;
    }

    private void handOut(Sender<T> sender) {
        try {
            request.accept(sender);
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }

    /** Discards the outcome of the last round, and never waits, for another thread may have opened the next one. */
    private final class Unread extends OutcomeHandler<T> {
        void takeFrom(Receiver<T> receiver) {
            receiver.receive(this);
            cancelWait();
        }

        @Override
        protected void onValue(T value) {
            Operators.onDiscard(value, context());
        }

        @Override
        protected void onClosed() {}

        @Override
        protected void onFailure(Throwable cause) {
            Operators.onErrorDropped(cause, context());
        }
    }
}
