package io.multishot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a free slot, see {@link Correlator#open(java.time.Duration, java.time.Duration, Opening)}. Exactly one of
 * its two methods is called, exactly once, unless {@link #cancel()} returned {@code true} or {@code open} threw. Use
 * one for each request.
 *
 * @param <T> the type of value
 */
public abstract class Opening<T> {
    private static final int NEW = 0;
    private static final int BEGINS = 1;
    private static final int WAITS = 2;
    private static final int CALLED = 3;
    private static final int CANCELLED = 4;

    private static final VarHandle STAGE;

    static {
        try {
            STAGE = MethodHandles.lookup().findVarHandle(Opening.class, "stage", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int stage;

    // Written by the one call that it begins with, before it waits.
    private @Nullable WaitingLine<T> line;
    private long timeout;
    private long deadline;

    /** For subclasses to call. */
    protected Opening() {}

    /**
     * The request was given a slot. It is called on the thread that asked for the slot, or on another one that frees or
     * asks for one. It must not take long: others who wait are served after it.
     *
     * @param pending the request
     */
    protected abstract void onOpened(Pending<T> pending);

    /**
     * The request was not given a slot.
     *
     * @param cause a {@link CorrelatorFullException} if too many wait already or no slot became free in time; the cause of
     *     {@link Correlator#failAll}; a {@link java.util.concurrent.CancellationException} if the correlator was closed; what the
     *     time source or the scheduler of the sweep threw
     */
    protected abstract void onRefused(Throwable cause);

    /**
     * Stops waiting, and leaves no trace in the correlator. Any thread may call this at any time. It takes the longer, the more wait
     * before this one.
     *
     * @return {@code true} if this call ended the wait: neither method will be called; {@code false} if one of them was or
     *     is about to be, or it was cancelled already
     */
    @SuppressWarnings("NullAway") // who waits has a line
    public final boolean cancel() {
        if (STAGE.compareAndSet(this, NEW, CANCELLED) || STAGE.compareAndSet(this, BEGINS, CANCELLED)) {
            return true;
        }
        if (!STAGE.compareAndSet(this, WAITS, CANCELLED)) {
            return false;
        }
        line.forget(this);
        return true;
    }

    /**
     * An opening equals nothing but itself, by which the line finds it.
     *
     * @param other anything
     * @return whether it is this opening
     */
    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return super.hashCode();
    }

    // ---- for Correlator and WaitingLine -----------------------------------------------------------------------------

    /**
     * Begins to wait. False if it was cancelled.
     *
     * @throws IllegalStateException if it was used before
     */
    final boolean begin(WaitingLine<T> where, long timeoutNanos, long waitDeadline) {
        if (!STAGE.compareAndSet(this, NEW, BEGINS)) {
            if (stage == CANCELLED && line == null) {
                return false;
            }
            throw new IllegalStateException("this opening was used before: make one for each request");
        }
        line = where;
        timeout = timeoutNanos;
        deadline = waitDeadline;
        return STAGE.compareAndSet(this, BEGINS, WAITS);
    }

    /** Whether the caller, and nobody else, is to call one of the methods. */
    final boolean claim() {
        return STAGE.compareAndSet(this, WAITS, CALLED);
    }

    final boolean isWaiting() {
        return stage == WAITS;
    }

    /** How long the request may take once it is open, in nanoseconds. */
    final long timeout() {
        return timeout;
    }

    final boolean isDue(long elapsed) {
        return deadline <= elapsed;
    }
}
