package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/**
 * A step that a thread is about to make, as far as the scheduler needs to know it: what it touches, to tell which steps
 * may change places without anyone noticing, and when it can be made.
 *
 * @param name what it is called in a trace
 * @param touched what it acts on: a location, a logical thread, or the numbering of threads; null for nothing
 * @param writes whether it changes what it touches
 * @param effects bits of the constants here
 * @param blocking how it may have to wait
 * @param target the thread that it waits for, if it waits for one
 * @param comparing what it compares, if it is a compare-and-set
 */
record Step(
        String name,
        @Nullable Shared touched,
        boolean writes,
        int effects,
        Blocking blocking,
        @Nullable LogicalThread target,
        @Nullable Comparing comparing) {
    enum Blocking {
        NEVER,
        /** Never; the thread leaves a monitor that others may wait for. */
        LEAVE,
        PARK,
        TIMED_PARK,
        JOIN,
        YIELD,
        MONITOR,
        WAIT,
        TIMED_WAIT,
        STALLED
    }

    /** A compare-and-set succeeds only if it reads the expected value, in a store that no other one has replaced. */
    record Comparing(
            LogicalThread thread,
            Location location,
            @Nullable Object expected) {
        boolean mayMatch() {
            int floor = thread.view.floor(location);
            boolean replaced = false;
            for (int i = location.newest(); i >= 0 && location.store(i).rank >= floor; i--) {
                Store store = location.store(i);
                if (!replaced && Values.same(store.value, expected, location.cell.type())) {
                    return true;
                }
                replaced = store.replaces;
            }
            return false;
        }
    }

    /** Takes notice of the newest store to each location. */
    static final int CATCHES_UP = 1;
    /** Stores to memory. */
    static final int STORES = 1 << 1;
    /** Reads the virtual clock. */
    static final int READS_TIME = 1 << 2;
    /** May advance the virtual clock. */
    static final int SPENDS_TIME = 1 << 3;
    /** May use up one of the spurious wake-ups of the execution. */
    static final int SPENDS_WAKEUP = 1 << 4;
    /** May use up one of the spurious failures of the execution. */
    static final int SPENDS_FAILURE = 1 << 5;

    /** Interrupts a thread. */
    static final int INTERRUPTS = 1 << 6;
    /** May end by an interrupt, although it is not its thread that it touches. */
    static final int HEEDS_INTERRUPTS = 1 << 7;

    /** The number of effects. */
    static final int EFFECTS = 8;

    /** For each effect, in their order, those that a step depends on which has it. */
    private static final int[] DEPENDENCIES = {
        STORES,
        CATCHES_UP,
        SPENDS_TIME,
        READS_TIME | SPENDS_TIME,
        SPENDS_WAKEUP,
        SPENDS_FAILURE,
        HEEDS_INTERRUPTS,
        INTERRUPTS
    };

    static Step waiting(
            String name,
            @Nullable Shared touched,
            boolean writes,
            int effects,
            Blocking blocking,
            @Nullable LogicalThread target) {
        return new Step(name, touched, writes, effects, blocking, target, null);
    }

    /** The step of a thread that never makes it. */
    static Step stalled(Step step) {
        return new Step(step.name, null, false, 0, Blocking.STALLED, null, null);
    }

    static Step monitor(String name, Monitor monitor, Blocking blocking, int effects) {
        return new Step(name, monitor, true, effects, blocking, null, null);
    }

    /** Tells whether the monitor that it is about is free for the thread. */
    boolean isFreeFor(LogicalThread thread) {
        return touched instanceof Monitor monitor && monitor.isFreeFor(thread);
    }

    static Step of(String name, @Nullable Shared touched, boolean writes, int effects) {
        return new Step(name, touched, writes, effects, Blocking.NEVER, null, null);
    }

    static Step access(
            LogicalThread thread,
            Operation operation,
            Location location,
            @Nullable Object expected,
            boolean mayFailSpuriously) {
        int effects = operation.writes() ? STORES : 0;
        if (mayFailSpuriously && operation.result() == Operation.Result.WEAK_SUCCESS) {
            effects |= SPENDS_FAILURE;
        }
        Comparing comparing = operation.kind() == Operation.Kind.CAS ? new Comparing(thread, location, expected) : null;
        return new Step(operation.name(), location, operation.writes(), effects, Blocking.NEVER, null, comparing);
    }

    /** A compare-and-set that cannot but fail as things are now, seen as the load that it is; any other step itself. */
    Step asOfNow() {
        if (comparing == null || comparing.mayMatch()) {
            return this;
        }
        int remaining = effects & ~STORES; // a weak one may fail for no reason by a store that is replaced
        return new Step(name, touched, false, remaining, blocking, target, null);
    }

    /** Tells whether the two, made by different threads, lead to the same state in either order. */
    boolean commutesWith(Step other) {
        if (isUnnoticed() || other.isUnnoticed()) {
            return true;
        }
        return blocking != Blocking.YIELD // what goes on only after a step of another thread depends on each
                && other.blocking != Blocking.YIELD
                && !(touched != null && touched == other.touched && (writes || other.writes))
                && (dependencies() & other.effects) == 0;
    }

    /** Tells whether it waits until a monitor is free, and enters it. */
    boolean entersWhenFree() {
        return blocking == Blocking.MONITOR || blocking == Blocking.WAIT || blocking == Blocking.TIMED_WAIT;
    }

    /** Tells whether nothing but an owner of its monitor ever hinders it. */
    boolean isReadyOrEnters() {
        return blocking == Blocking.NEVER || blocking == Blocking.LEAVE || blocking == Blocking.MONITOR;
    }

    /** Tells whether it commutes with any step of another thread. */
    boolean isUnnoticed() {
        return touched == null && effects == 0 && blocking != Blocking.YIELD && blocking != Blocking.STALLED;
    }

    boolean dependsOn(int effect) {
        return (dependencies() & 1 << effect) != 0;
    }

    private int dependencies() {
        int dependencies = 0;
        for (int effect = 0; effect < EFFECTS; effect++) {
            if ((effects & 1 << effect) != 0) {
                dependencies |= DEPENDENCIES[effect];
            }
        }
        return dependencies;
    }

    /** Tells whether an execution that is made again makes the same step. */
    int fingerprint() {
        int where = touched instanceof Location location
                ? location.cell.likeness()
                : touched instanceof LogicalThread thread ? ~thread.id : 0;
        return name.hashCode() * 31 + where;
    }
}
