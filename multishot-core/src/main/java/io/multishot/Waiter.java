package io.multishot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the outcome of a round: the bare form of {@link Callback}, for adapters whose own type already declares
 * a {@code cancel()} of another shape, such as the {@code Subscription} of Reactive Streams. Everything else about it
 * is told at {@link Callback}.
 *
 * <p>It is an abstract class and not an interface because the channel must tell a waiter from a value by its class,
 * and for a class that test is one comparison, whatever the value.
 *
 * @param <T> the type of value
 */
public abstract class Waiter<T> {
    private static final VarHandle AT;

    static {
        try {
            AT = MethodHandles.lookup().findVarHandle(Waiter.class, "at", Awaited.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What it waits at, or last waited at: the way to the round for cancel and revoke. */
    private @Nullable Awaited<?> at;

    /** For subclasses to call. */
    protected Waiter() {}

    /**
     * The round ended with a value.
     *
     * @param value the value, never {@code null}
     */
    protected abstract void onValue(T value);

    /** The round ended without an outcome to receive: closed, revoked, or never open. */
    protected abstract void onClosed();

    /**
     * The round ended with a failure.
     *
     * @param cause the cause that was handed to {@link Sender#fail}
     */
    protected abstract void onFailure(Throwable cause);

    /** The round ended because its sender leaked. */
    void onLeaked(SenderLeakedException leak) {
        onFailure(leak);
    }

    /**
     * Stops waiting; the round goes on and its outcome waits for the next receive. Any thread may call this at any time.
     *
     * <p><b>Progress:</b> as {@link Callback#cancel()}.
     *
     * @return {@code true} when this call ended the wait: none of the three methods will be called for it.
     *     {@code false} when it did not wait, or an outcome is already on its way to it
     */
    protected final boolean cancelWait() {
        Awaited<?> place = atVolatile();
        return place != null && place.endWait(this, false);
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
        Awaited<?> place = atVolatile();
        return place != null && place.endWait(this, true);
    }

    /** Where this waiter was registered last; never {@code null} once a round's state names it. */
    final @Nullable Awaited<?> atAcquire() {
        return (Awaited<?>) AT.getAcquire(this);
    }

    /** For cancel and revoke: ordered after whatever volatile store told the receiving thread of them. */
    private @Nullable Awaited<?> atVolatile() {
        return (Awaited<?>) AT.getVolatile(this);
    }

    /**
     * Remembers the place before the waiter is registered there.
     *
     * @throws IllegalStateException if it still waits elsewhere
     */
    final void bind(Awaited<?> next) {
        if (atAcquire() != next) {
            requireNotWaiting();
            AT.setRelease(this, next);
        }
    }

    /**
     * Makes sure that it may wait anywhere.
     *
     * @throws IllegalStateException if it still waits
     */
    final void requireNotWaiting() {
        Awaited<?> last = atAcquire();
        if (last != null && last.isAwaitedBy(this)) {
            throw new IllegalStateException(
                    "this callback still waits at " + last + ": cancel() it there, or use another callback");
        }
    }
}
