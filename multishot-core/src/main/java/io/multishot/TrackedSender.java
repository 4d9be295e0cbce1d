package io.multishot;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What is handed out in place of a sender while senders are {@linkplain Tracking tracked}. The receiver knows only the sender
 * behind it, so that this one is garbage when whoever was to end the round has lost it.
 *
 * <p>If {@link Tracking#STRICT strict}, it is good for one round: to give it back by {@code recycle} is the last use of it,
 * and the next round has another one.
 */
final class TrackedSender<T> extends Sender<T> {
    private final Sender<T> round;
    private final Taken<T> taken;
    private final Cleaner.Cleanable cleanable;

    private volatile @Nullable Throwable givenBack;

    TrackedSender(Sender<T> round) {
        super(Outcome.REVOKED); // nobody looks at the state of this one
        this.round = round;
        taken = new Taken<>(round);
        cleanable = Tracking.On.CLEANER.register(this, taken);
    }

    /** What outlives it: it must not hold it. */
    private static final class Taken<T> implements Runnable {
        private final Sender<T> round;
        private volatile Throwable place = new Throwable("the sender was taken here");
        private volatile boolean over;

        Taken(Sender<T> round) {
            this.round = round;
        }

        @Override
        public void run() {
            if (over || !round.isOpen()) {
                return;
            }
            SenderLeakedException leak = new SenderLeakedException(place);
            boolean ended = true;
            try {
                ended = round.leak(leak);
            } catch (Throwable thrown) { // by the callback, so the round is over
                Uncaught.report(thrown);
            }
            if (ended) {
                Tracking.logger().log(System.Logger.Level.ERROR, "a sender leaked, and its round was closed", leak);
            }
        }
    }

    @Override
    Sender<T> round() {
        requireNotGivenBack();
        return round;
    }

    @Override
    void givenBack() {
        givenBack = new Throwable("the sender was given back here");
        taken.over = true;
        cleanable.clean();
    }

    @Override
    void armedAgain() {
        taken.place = new Throwable("the sender was armed again here");
    }

    /**
     * Each use makes sure of that.
     *
     * @throws IllegalStateException if it was given back
     */
    private void requireNotGivenBack() {
        Throwable place = givenBack;
        if (place != null) {
            throw new IllegalStateException(
                    "this sender was given back by recycle() (where: see the cause) and is used all the same:"
                            + " use the one that recycle() returned, or open rounds by sender()",
                    place);
        }
    }

    // Each call keeps this reachable until it is over: it may be what ends the round.

    @Override
    public boolean send(T value) {
        try {
            return round().send(value);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean fail(Throwable cause) {
        try {
            return round().fail(cause);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        try {
            round().close();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean isOpen() {
        try {
            return round().isOpen();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean onAbandoned(Runnable hook) {
        try {
            return round().onAbandoned(hook);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public String toString() {
        return givenBack == null ? round.toString() : "Sender[given back]";
    }
}
