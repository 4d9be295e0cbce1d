package io.multishot;

import org.jspecify.annotations.Nullable;

/** What a {@link Waiter} waits at: it has one outcome at a time, and one waiter. */
abstract sealed class Awaited<T> permits Receiver, Pending {

    /**
     * Receives the value if it is there.
     *
     * @return the value, or {@code null} while there is no outcome
     */
    public abstract @Nullable T tryReceive();

    /**
     * Calls the waiter with the outcome, now or later.
     *
     * @param waiter whom to call
     */
    public abstract void receive(Waiter<? super T> waiter);

    /** Whether the waiter is registered here. */
    abstract boolean isAwaitedBy(Waiter<?> waiter);

    /** Takes the waiter out, if it is here, and ends what it waits for or leaves that open. */
    abstract boolean endWait(Waiter<?> waiter, boolean revoke);

    /** What a receive throws that ends without a value and without a cause. */
    abstract RuntimeException closedException();

    /** What to do after a receive that timed out, for people to read. */
    abstract String afterTimeout();
}
