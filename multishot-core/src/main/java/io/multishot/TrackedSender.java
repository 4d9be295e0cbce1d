package io.multishot;

import io.multishot.internal.UncaughtExceptions;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a round while senders are {@linkplain Tracking tracked}. The receiver knows only the sender behind it,
 * so this handle becomes garbage when the sending side loses it.
 *
 * <p>In {@link Tracking#STRICT strict} mode it serves one round: {@code recycle} gives it back and returns another
 * handle for the next round.
 */
final class TrackedSender<T> extends Sender<T> {
    private final Sender<T> round;
    private final Taken<T> taken;
    private final Cleaner.Cleanable cleanable;

    private volatile @Nullable Throwable givenBack;

    TrackedSender(Sender<T> round) {
        super(Outcome.REVOKED); // the state of the handle is never read
        this.round = round;
        taken = new Taken<>(round);
        cleanable = Tracking.On.CLEANER.register(this, taken);
    }

    /** The cleaning action. It must not refer to the handle. */
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
                UncaughtExceptions.report(thrown);
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
    Sender<T> reopen(Receiver<T> receiver) {
        if (!Tracking.STRICT) {
            round.reopen(receiver);
            return armedAgain();
        }
        if (round.isLive()) {
            throw stillOpen(this);
        }
        return giveBackFor(receiver.sender());
    }

    @Override
    Sender<T> reopen(Receiver<T> receiver, OutcomeHandler<? super T> handler) {
        if (!Tracking.STRICT) {
            round.reopen(receiver, handler);
            return armedAgain();
        }
        return giveBackFor(receiver.sender(handler));
    }

    private Sender<T> armedAgain() {
        taken.place = new Throwable("the sender was armed again here");
        return this;
    }

    /** The next round has a handle of its own, out of reach of a thread that uses this one at this moment. */
    private Sender<T> giveBackFor(Sender<T> next) {
        givenBack = new Throwable("the sender was given back here");
        taken.over = true;
        cleanable.clean();
        return next;
    }

    /**
     * Refuses every use after {@code recycle}.
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
