package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for a free slot, see {@link Correlator#open(java.time.Duration, java.time.Duration,
 * SlotRequest)}. Exactly one of its two methods is called, exactly once, unless {@link #cancel()} returned {@code true}
 * or {@code open} threw. Use one for each request.
 *
 * @param <T> the type of value
 */
public abstract class SlotRequest<T> {

    /** The queue that a request waits in. */
    interface Queue<T> {
        void remove(SlotRequest<T> request);
    }

    private static final int NEW = 0;
    private static final int BEGINS = 1;
    private static final int WAITS = 2;
    private static final int CALLED = 3;
    private static final int CANCELLED = 4;

    private static final VarHandle STAGE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "stage", VarHandle.class, SlotRequest.class, int.class);

    private volatile int stage;

    // Written by the one call that it begins with, before it waits.
    private @Nullable Queue<T> queue;
    private boolean begun;
    private long timeout;
    private long deadline;

    /** For subclasses to call. */
    protected SlotRequest() {}

    /**
     * Receives the request once it has a slot, on the thread that called {@code open}, on another one that frees a slot
     * or asks for one, or on the {@linkplain CorrelatorBuilder#callbackExecutor executor of callbacks}. It must return
     * soon: later requests in the queue are served after it.
     *
     * @param pending the request
     */
    protected abstract void onOpened(Pending<T> pending);

    /**
     * Learns that the request is given no slot.
     *
     * @param cause a {@link CorrelatorFullException} if too many wait already or no slot became free in time; the cause
     *     of {@link Correlator#failAll(Throwable)}; a {@link CorrelatorClosedException} if the correlator was closed;
     *     what the timer threw
     */
    protected abstract void onRefused(Throwable cause);

    /**
     * Stops waiting. Any thread may call this at any time. The time it takes grows with the number of requests before
     * this one in the queue. If another thread gives out slots at this moment, this request may count as waiting a
     * moment longer, and a plain {@code open} may be refused for that.
     *
     * @return {@code true} if this call ended the wait: neither method will be called; {@code false} if one of them was
     *     or is about to be, or it was cancelled already
     */
    @SuppressWarnings("NullAway") // a request that waits has a queue
    public final boolean cancel() {
        if (STAGE.compareAndSet(this, NEW, CANCELLED) || STAGE.compareAndSet(this, BEGINS, CANCELLED)) {
            return true;
        }
        if (!STAGE.compareAndSet(this, WAITS, CANCELLED)) {
            return false;
        }
        queue.remove(this);
        queue = null;
        return true;
    }

    /**
     * Compares by identity, by which the queue finds the request.
     *
     * @param other anything
     * @return {@code true} if it is this object
     */
    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return super.hashCode();
    }

    // ---- for RequestEngine and AdmissionQueue -----------------------------------------------------------------------

    /**
     * Begins to wait; false if it was cancelled.
     *
     * @throws IllegalStateException if it was used before
     */
    final boolean begin(Queue<T> where, long timeoutNanos, long waitDeadline) {
        if (!STAGE.compareAndSet(this, NEW, BEGINS)) {
            if (stage == CANCELLED && !begun) {
                return false;
            }
            throw new IllegalStateException("this request for a slot was used before: make one for each request");
        }
        queue = where;
        begun = true;
        timeout = timeoutNanos;
        deadline = waitDeadline;
        return STAGE.compareAndSet(this, BEGINS, WAITS);
    }

    /** Returns true to the one caller that is to call one of the two methods. */
    final boolean claim() {
        if (!STAGE.compareAndSet(this, WAITS, CALLED)) {
            return false;
        }
        queue = null; // this may be kept for longer than the correlator
        return true;
    }

    final boolean isWaiting() {
        return stage == WAITS;
    }

    /** Returns the timeout of the request once it is open, in nanoseconds. */
    final long timeout() {
        return timeout;
    }

    /** Returns when the wait is over, in nanoseconds since the correlator was made. */
    final long waitsUntil() {
        return deadline;
    }
}
