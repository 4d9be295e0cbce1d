package io.multishot.reactor;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Opens the rounds of a channel, and has one place in which a receive waits until the next round is open. (A receive
 * that waits in an open round is in the channel.)
 */
abstract class RoundOpener<T> {
    private static final VarHandle WAITING = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "waiting", VarHandle.class, RoundOpener.class, OutcomeSubscription.class);

    private volatile @Nullable OutcomeSubscription<T> waiting;

    /** Acts on what has changed: a request, the end of a round, a receive that waits, a cancel, the dispose. */
    abstract void drain();

    /**
     * Puts a receive into the place; {@code false} if another one waits there. The caller calls {@link #drain} then.
     */
    final boolean add(OutcomeSubscription<T> receive) {
        return WAITING.compareAndSet(this, null, receive);
    }

    /** Removes a receive from the place; {@code false} if it does not wait there. */
    final boolean remove(OutcomeSubscription<T> receive) {
        return WAITING.compareAndSet(this, receive, null);
    }

    /** Returns the receive that waits, {@code null} if there is none. */
    final @Nullable OutcomeSubscription<T> peek() {
        return waiting;
    }

    /** Removes the receive that waits, and returns it; {@code null} if there is none. */
    @SuppressWarnings("unchecked") // as the field is declared
    final @Nullable OutcomeSubscription<T> poll() {
        return waiting == null ? null : (OutcomeSubscription<T>) WAITING.getAndSet(this, null);
    }
}
