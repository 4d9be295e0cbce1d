package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/** A store in the modification order of its location. */
final class Store {
    final @Nullable Object value;

    /** Its place in the modification order: a later store has a higher one. */
    final int rank;

    final boolean isVolatile;

    /** True if a read-modify-write made it, so that no store comes between it and the one before. */
    final boolean replaces;

    /** The view that an acquiring load takes over by reading it. */
    final View released;

    /** The view that a volatile load takes over beside: all that volatile stores up to this one released. */
    View volatiles;

    /** The thread that made it, and the step of that thread, zero for the value that was there before. */
    final int thread;

    final int time;

    /** The step of the execution that made it, for the trace. */
    final int step;

    /** The steps up to the one that made it. */
    final int[] past;

    /** The steps up to those that read it. */
    int[] pastOfReaders = Clocks.ZERO;

    /** True if a volatile load read it, and it is a volatile store. */
    boolean synchronises;

    /** The value that was there before. */
    Store(@Nullable Object value) {
        this(value, 0, false, false, View.NONE, View.NONE, 0, 0, Clocks.ZERO, 0);
    }

    Store(
            @Nullable Object value,
            int rank,
            boolean isVolatile,
            boolean replaces,
            View released,
            View volatiles,
            LogicalThread thread,
            int step) {
        this(value, rank, isVolatile, replaces, released, volatiles, thread.id, thread.time(), thread.past, step);
    }

    private Store(
            @Nullable Object value,
            int rank,
            boolean isVolatile,
            boolean replaces,
            View released,
            View volatiles,
            int thread,
            int time,
            int[] past,
            int step) {
        this.value = value;
        this.rank = rank;
        this.isVolatile = isVolatile;
        this.replaces = replaces;
        this.released = released;
        this.volatiles = volatiles;
        this.thread = thread;
        this.time = time;
        this.past = past;
        this.step = step;
    }

    Store withValue(@Nullable Object newValue) {
        return new Store(newValue, rank, isVolatile, replaces, released, volatiles, thread, time, past, step);
    }

    /** Tells whether a step that depends on the steps of this clock depends on this store. */
    boolean isIn(int[] steps) {
        return time <= Clocks.at(steps, thread);
    }
}
