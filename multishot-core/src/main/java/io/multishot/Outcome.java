package io.multishot;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Those states of an ended round that are not simply the value itself. A value is stored as it is, without a wrapper,
 * unless its class would be mistaken for a state: then it travels as a {@link Boxed}.
 */
abstract class Outcome {
    /** The sender was closed without a value; not yet received. */
    static final Outcome CLOSED = new NoValue("closed, not yet received");

    /** The outcome was delivered, or discarded by opening the next round. Null, since G1 need not remember a store of that. */
    static final @Nullable Outcome TAKEN = null;

    /** The receiving side ended the round. */
    static final Outcome REVOKED = new NoValue("revoked");

    /** A request ended without a reply, and who waited for it was told. */
    static final Outcome LAPSED = new NoValue("over, without a reply");

    /** What to store so that {@code value} cannot be mistaken for a state. */
    static Object ofValue(Object value) {
        return value instanceof Waiter || value instanceof Receiver ? new Boxed(value) : value;
    }

    /** What to store for a failed round. */
    static Outcome ofFailure(Throwable cause) {
        return new Failure(cause);
    }

    /** What to store for a round whose sender leaked. */
    static Outcome ofLeak(SenderLeakedException leak) {
        return new Leak(leak);
    }

    /** What to store for a request that nobody will answer any more. */
    static Outcome ofLapse(Throwable cause) {
        return new Lapse(cause);
    }

    /** Whether a request, which is over, was ended by a reply. */
    static boolean isReply(@Nullable Object state) {
        return state != REVOKED && state != LAPSED && !(state instanceof Lapse);
    }

    /** Whether nothing is left to receive of the round. */
    static boolean isOver(@Nullable Object state) {
        return state == TAKEN || state == REVOKED || state == LAPSED;
    }

    /** Hands a stored outcome, which is not over, to the waiter. */
    @SuppressWarnings("unchecked") // a state that is no Outcome, Waiter or Receiver is a value of the channel's type
    static <T> void deliver(@Nullable Object stored, Waiter<? super T> waiter) {
        if (stored instanceof Outcome outcome) {
            outcome.deliverTo((Waiter<Object>) waiter);
        } else {
            waiter.onValue((T) Objects.requireNonNull(stored, "the outcome was taken before"));
        }
    }

    /**
     * The value of a stored outcome.
     *
     * @throws SenderClosedException if the round ended without an outcome
     * @throws CompletionException if the round failed
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // see deliver; the caller knows the channel's type
    static <T> T valueOf(@Nullable Object stored) {
        if (stored == null) { // TAKEN
            throw new SenderClosedException();
        }
        return (T) (stored instanceof Outcome outcome ? outcome.value() : stored);
    }

    /** A short description of the state that a sender is in. */
    static String describe(@Nullable Object state) {
        if (state == TAKEN) {
            return "over";
        }
        Object open = Watched.unwrap(state);
        if (open instanceof Receiver) {
            return "open";
        }
        if (open instanceof Waiter) {
            return "open, a receive waits";
        }
        return state instanceof Outcome ? state.toString() : "value, not yet received";
    }

    abstract void deliverTo(Waiter<Object> waiter);

    abstract Object value();

    private static final class NoValue extends Outcome {
        private final String description;

        NoValue(String description) {
            this.description = description;
        }

        @Override
        void deliverTo(Waiter<Object> waiter) {
            waiter.onClosed();
        }

        @Override
        Object value() {
            throw new SenderClosedException();
        }

        @Override
        public String toString() {
            return description;
        }
    }

    private static class Failure extends Outcome {
        private final Throwable cause;

        Failure(Throwable cause) {
            this.cause = cause;
        }

        @Override
        void deliverTo(Waiter<Object> waiter) {
            waiter.onFailure(cause);
        }

        @Override
        Object value() {
            throw new CompletionException(cause);
        }

        @Override
        public String toString() {
            return "failure, not yet received";
        }
    }

    private static final class Leak extends Outcome {
        private final SenderLeakedException leak;

        Leak(SenderLeakedException leak) {
            this.leak = leak;
        }

        @Override
        void deliverTo(Waiter<Object> waiter) {
            waiter.onLeaked(leak);
        }

        @Override
        Object value() {
            throw leak;
        }

        @Override
        public String toString() {
            return "closed, since its sender leaked, not yet received";
        }
    }

    private static final class Lapse extends Failure {
        Lapse(Throwable cause) {
            super(cause);
        }
    }

    private static final class Boxed extends Outcome {
        private final Object value;

        Boxed(Object value) {
            this.value = value;
        }

        @Override
        void deliverTo(Waiter<Object> waiter) {
            waiter.onValue(value);
        }

        @Override
        Object value() {
            return value;
        }

        @Override
        public String toString() {
            return "value, not yet received";
        }
    }
}
