package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/**
 * A place in the heap that holds one value. Two cells are equal if they are the same place. The heap always holds the
 * newest value, for the sake of code that reads it without asking the explorer.
 */
abstract class Cell {
    /** Whose place it is; null for a static field. */
    abstract @Nullable Object owner();

    /** Its name within its owner, for people to read. */
    abstract String name();

    abstract Class<?> type();

    abstract @Nullable Object read();

    abstract void write(@Nullable Object value);

    /** Tells places of one owner apart. */
    abstract int position();

    /** The class of its owner, for people to read. */
    final String ownerName() {
        Object owner = owner();
        return owner == null ? "a static field" : owner.getClass().getName();
    }

    /** A number that is the same for the same place in another execution. */
    final int likeness() {
        Object owner = owner();
        return position() * 31 + (owner == null ? 0 : owner.getClass().hashCode());
    }

    /** Tells whether a race of plain accesses to this place was declared to be intended. */
    boolean toleratesRaces() {
        return false;
    }

    /** Tells whether every access finds the newest value, whatever its thread knows of. */
    boolean isNeverStale() {
        return false;
    }

    /** Tells whether accesses that nothing else orders are no race, but order each other in a way not modelled. */
    boolean ordersItself() {
        return false;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Cell cell && cell.owner() == owner() && cell.position() == position();
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(owner()) * 31 + position();
    }
}
