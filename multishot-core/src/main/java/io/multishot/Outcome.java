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

    /**
     * The outcome was delivered, or discarded by opening the next round. Null, since G1 need not remember a store of
     * that.
     */
    static final @Nullable Outcome TAKEN = null;

    /** The receiving side ended the round. */
    static final Outcome REVOKED = new NoValue("revoked");

    /** Returns what to store so that {@code value} cannot be mistaken for a state. */
    static Object ofValue(Object value) {
        return value instanceof OutcomeHandler || value instanceof Receiver ? new Boxed(value) : value;
    }

    /** Returns what to store for a failed round. */
    static Outcome ofFailure(Throwable cause) {
        return new Failure(cause);
    }

    /** Returns what to store for a round whose sender leaked. */
    static Outcome ofLeak(SenderLeakedException leak) {
        return new Leak(leak);
    }

    /** Tells whether nothing is left to receive of the round. */
    static boolean isOver(@Nullable Object state) {
        return state == TAKEN || state == REVOKED;
    }

    /** Hands a stored outcome, which is not over, to the handler. */
    @SuppressWarnings("unchecked") // a state of no class of the channel's own is a value of the channel's type
    static <T> void deliver(@Nullable Object stored, OutcomeHandler<? super T> handler) {
        if (stored instanceof Outcome outcome) {
            outcome.deliverTo((OutcomeHandler<Object>) handler);
        } else {
            handler.onValue((T) Objects.requireNonNull(stored, "the outcome was taken before"));
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
        Object open = HookedState.unwrap(state);
        if (open instanceof Receiver) {
            return "open";
        }
        if (open instanceof OutcomeHandler) {
            return "open, a receive waits";
        }
        return state instanceof Outcome ? state.toString() : "value, not yet received";
    }

    abstract void deliverTo(OutcomeHandler<Object> handler);

    abstract Object value();

    private static final class NoValue extends Outcome {
        private final String description;

        NoValue(String description) {
            this.description = description;
        }

        @Override
        void deliverTo(OutcomeHandler<Object> handler) {
            handler.onClosed();
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

    private static final class Failure extends Outcome {
        private final Throwable cause;

        Failure(Throwable cause) {
            this.cause = cause;
        }

        @Override
        void deliverTo(OutcomeHandler<Object> handler) {
            handler.onFailure(cause);
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
        void deliverTo(OutcomeHandler<Object> handler) {
            handler.onLeaked(leak);
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

    private static final class Boxed extends Outcome {
        private final Object value;

        Boxed(Object value) {
            this.value = value;
        }

        @Override
        void deliverTo(OutcomeHandler<Object> handler) {
            handler.onValue(value);
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
