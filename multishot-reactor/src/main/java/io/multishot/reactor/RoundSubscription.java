package io.multishot.reactor;

import reactor.core.CoreSubscriber;

/** A subscription to the outcome of one round of a channel: lets the next round open after its signals. */
abstract class RoundSubscription<T> extends OutcomeSubscription<T> {
    private final Rounds<T> rounds;

    RoundSubscription(CoreSubscriber<? super T> actual, Rounds<T> rounds) {
        super(actual);
        this.rounds = rounds;
    }

    @Override
    final Rounds<T> parent() {
        return rounds;
    }

    @Override
    protected final void onValue(T value) {
        try {
            super.onValue(value);
        } finally {
            rounds.roundEnded();
        }
    }

    @Override
    protected final void onClosed() {
        try {
            super.onClosed();
        } finally {
            rounds.roundEnded();
        }
    }

    @Override
    protected final void onFailure(Throwable cause) {
        try {
            super.onFailure(cause);
        } finally {
            rounds.roundEnded();
        }
    }
}
