package io.multishot;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Base class of {@link Callback} without public {@code cancel} and {@code revoke}, for types that already declare a
 * {@code cancel()} of another shape, such as the {@code Subscription} of Reactive Streams. {@link Callback} has the
 * contract.
 *
 * <p>It is an abstract class and not an interface because the channel tells a handler from a value by its class, and
 * for a class that test is one comparison, whatever the value.
 *
 * @param <T> the type of value
 */
public abstract class OutcomeHandler<T> {
    private static final VarHandle AT = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "at", VarHandle.class, OutcomeHandler.class, OutcomeSource.class);

    /** The source that this handler waits at, or waited at last: the way to the round for cancel and revoke. */
    @SuppressWarnings("unused") // by AT only
    private @Nullable OutcomeSource<?> at;

    /** For subclasses to call. */
    protected OutcomeHandler() {}

    /**
     * Receives the value of the round.
     *
     * @param value the value, never {@code null}
     */
    protected abstract void onValue(T value);

    /** Learns that the round ended without an outcome to receive: closed, revoked, or never open. */
    protected abstract void onClosed();

    /**
     * Receives the failure of the round.
     *
     * @param cause the cause that was handed to {@link Sender#fail}
     */
    protected abstract void onFailure(Throwable cause);

    /** Learns that the round ended because its sender leaked. */
    void onLeaked(SenderLeakedException leak) {
        onFailure(leak);
    }

    /**
     * Stops waiting; the round goes on and its outcome waits for the next receive. Any thread may call this at any
     * time.
     *
     * <p><b>Progress:</b> as {@link Callback#cancel()}.
     *
     * @return {@code true} when this call ended the wait: none of the three methods will be called for it.
     *     {@code false} when it did not wait, or an outcome is already on its way to it
     */
    protected final boolean cancelWait() {
        OutcomeSource<?> source = atVolatile();
        return source != null && source.endWait(this, false);
    }

    /**
     * Stops waiting and ends the round: its sender is refused from then on. Any thread may call this at any time.
     *
     * <p><b>Progress:</b> as {@link Callback#revoke()}.
     *
     * @return {@code true} when this call ended the wait and the round: none of the three methods will be called for
     *     it. {@code false} when it did not wait, or an outcome is already on its way to it
     */
    protected final boolean revokeRound() {
        OutcomeSource<?> source = atVolatile();
        return source != null && source.endWait(this, true);
    }

    /** Returns the source of the registration; never {@code null} while a round's state names this handler. */
    final @Nullable OutcomeSource<?> atAcquire() {
        return (OutcomeSource<?>) AT.getAcquire(this);
    }

    /** For cancel and revoke: ordered after the volatile store by which their caller learnt of the receive. */
    private @Nullable OutcomeSource<?> atVolatile() {
        return (OutcomeSource<?>) AT.getVolatile(this);
    }

    /**
     * Remembers the source before this handler is registered there.
     *
     * @throws IllegalStateException if it still waits elsewhere
     */
    final void bind(OutcomeSource<?> next) {
        if (atAcquire() != next) {
            requireNotWaiting();
            AT.setRelease(this, next);
        }
    }

    /** Forgets the source, which a handler that is kept would keep from being garbage-collected. */
    final void unbind() {
        AT.setRelease(this, null);
    }

    /** Tells whether the three methods run no code of a user, so that any thread may call them. */
    boolean isInternal() {
        return false;
    }

    /**
     * Requires that this handler waits nowhere.
     *
     * @throws IllegalStateException if it still waits
     */
    final void requireNotWaiting() {
        OutcomeSource<?> last = atAcquire();
        if (last != null && last.isAwaitedBy(this)) {
            throw new IllegalStateException(
                    "this callback still waits at " + last + ": cancel() it there, or use another callback");
        }
    }
}
