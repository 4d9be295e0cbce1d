package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/**
 * A step that a thread is about to make, as far as the scheduler needs to know it: what it touches, to tell which steps
 * may change places without anyone noticing, and when it can be made.
 *
 * @param name what it is called in a trace
 * @param touched what it acts on: a location, a logical thread, or a marker; null for nothing
 * @param writes whether it changes what it touches
 * @param effects bits of the constants here
 * @param blocking how it may have to wait
 * @param target the thread that it waits for, if it waits for one
 * @param comparing what it compares, if it is a compare-and-set
 */
record Step(
        String name,
        @Nullable Object touched,
        boolean writes,
        int effects,
        Blocking blocking,
        @Nullable LogicalThread target,
        @Nullable Comparing comparing) {
    enum Blocking {
        NEVER,
        PARK,
        TIMED_PARK,
        JOIN,
        YIELD
    }

    /** A compare-and-set succeeds only if the newest store is of the expected value. */
    record Comparing(Location location, @Nullable Object expected) {
        boolean matches() {
            Object newest = location.store(location.newest()).value();
            return Values.same(newest, expected, location.cell.type());
        }
    }

    /** Adds to the order of volatile accesses what its thread knows. */
    static final int PUBLISHES = 1;
    /** Takes notice of the order of volatile accesses. */
    static final int ORDERED = 1 << 1;
    /** Takes notice of the newest store to each location. */
    static final int CATCHES_UP = 1 << 2;
    /** Stores to memory. */
    static final int STORES = 1 << 3;
    /** Reads the virtual clock. */
    static final int READS_TIME = 1 << 4;
    /** May advance the virtual clock. */
    static final int SPENDS_TIME = 1 << 5;
    /** May use up one of the spurious wake-ups of the execution. */
    static final int SPENDS_WAKEUP = 1 << 6;
    /** May use up one of the spurious failures of the execution. */
    static final int SPENDS_FAILURE = 1 << 7;
    /** No later volatile load of its thread moves ahead of it. */
    static final int BARS = 1 << 8;

    static Step waiting(
            String name,
            @Nullable Object touched,
            boolean writes,
            int effects,
            Blocking blocking,
            @Nullable LogicalThread target) {
        return new Step(name, touched, writes, effects, blocking, target, null);
    }

    static Step of(String name, @Nullable Object touched, boolean writes, int effects) {
        return new Step(name, touched, writes, effects, Blocking.NEVER, null, null);
    }

    static Step access(Operation operation, Location location, @Nullable Object expected, boolean mayFailSpuriously) {
        int effects = 0;
        boolean writes = operation.writes();
        if (writes) {
            effects |= STORES | (operation.store() == Mode.VOLATILE ? PUBLISHES : 0);
        }
        if (operation.load() == Mode.VOLATILE || operation.store() == Mode.VOLATILE) {
            effects |= ORDERED;
        } else if (operation.load().acquires()) {
            effects |= BARS;
        }
        if (mayFailSpuriously && operation.result() == Operation.Result.WEAK_SUCCESS) {
            effects |= SPENDS_FAILURE;
        }
        Comparing comparing = operation.kind() == Operation.Kind.CAS ? new Comparing(location, expected) : null;
        return new Step(operation.name(), location, writes, effects, Blocking.NEVER, null, comparing);
    }

    /** A compare-and-set that cannot but fail as things are now, seen as the load that it is; any other step itself. */
    Step asOfNow() {
        if (comparing == null || comparing.matches()) {
            return this;
        }
        int remaining = effects & ~(PUBLISHES | STORES | SPENDS_FAILURE);
        return new Step(name, touched, false, remaining, blocking, target, null);
    }

    /**
     * Whether the two, made by different threads, lead to the same state in either order.
     *
     * @param loadsMoveAhead whether any volatile load moves ahead of weaker accesses; if none does, it makes no
     *     difference which volatile stores were there when a step barred the way
     */
    boolean commutesWith(Step other, boolean loadsMoveAhead) {
        return !(touched != null && touched == other.touched && (writes || other.writes))
                && !crosses(other, PUBLISHES, PUBLISHES | ORDERED | (loadsMoveAhead ? BARS : 0))
                && !crosses(other, STORES, CATCHES_UP)
                && !crosses(other, SPENDS_TIME, READS_TIME | SPENDS_TIME)
                && !crosses(other, SPENDS_WAKEUP, SPENDS_WAKEUP)
                && !crosses(other, SPENDS_FAILURE, SPENDS_FAILURE);
    }

    private boolean crosses(Step other, int one, int theOther) {
        return ((effects & one) != 0 && (other.effects & theOther) != 0)
                || ((effects & theOther) != 0 && (other.effects & one) != 0);
    }

    /** Tells whether an execution that is made again makes the same step. */
    int fingerprint() {
        int where = touched instanceof Location location
                ? location.id
                : touched instanceof LogicalThread thread ? ~thread.id : 0;
        return name.hashCode() * 31 + where;
    }
}
