package io.multishot.explorer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one execution.
 *
 * <p>It is a machine of views. Each location keeps its stores in modification order. Each thread has a view: for each
 * location the oldest store that it may still read. A load chooses among the stores from there on, and moves the view
 * up (coherence). A store chooses its place in the modification order after that one, which is not always the last
 * place. A releasing store carries its thread's view, and an acquiring load that reads it adds that to its own
 * (happens-before). A read-modify-write comes right after the store that it reads (atomicity), and hands on what that
 * store carried (release sequence).
 *
 * <p>Fences: what the loads of a thread could have acquired waits in {@code unacquired} for an acquire fence; a release
 * fence leaves the view in {@code fenced}, which every later store carries.
 *
 * <p>Volatile accesses and full fences beside need one order over all locations, which {@link VolatileOrder} checks.
 *
 * <p>An older store than the newest, or a place before the last, is tried only if the thread depends on each store that
 * is passed over by a step before. Otherwise the access could as well have come before that store, and this execution
 * is made, too.
 */
final class Memory {
    private final Execution execution;
    private final Recorder recorder;
    private final Map<Cell, Location> locations = new HashMap<>();
    private final List<Location> all = new ArrayList<>();
    private final VolatileOrder order = new VolatileOrder();

    Memory(Execution execution) {
        this.execution = execution;
        this.recorder = execution.recorder;
    }

    Location locate(Cell cell) {
        Location location = locations.get(cell);
        if (location == null) {
            location = new Location(all.size(), cell);
            all.add(location);
            locations.put(cell, location);
        }
        return location;
    }

    boolean knows(Cell cell) {
        return locations.containsKey(cell);
    }

    void restoreHeap() {
        all.forEach(Location::restore);
    }

    // ---- plain accesses ---------------------------------------------------------------------------------------------

    void plainLoad(LogicalThread thread, Location location) {
        thread.tick();
        int event = recorder.plain(thread, location, "reads");
        refuseRace(thread, location, location.plainStores, "read");
        refuseRace(thread, location, location.atomicStores, "read");
        location.plainLoads.add(thread, event);
    }

    /** To be followed by the store itself. */
    void plainStore(LogicalThread thread, Location location) {
        thread.tick();
        int event = recorder.plain(thread, location, "writes");
        refuseRace(thread, location, location.plainStores, "write");
        refuseRace(thread, location, location.atomicStores, "write");
        refuseRace(thread, location, location.plainLoads, "write");
        refuseRace(thread, location, location.atomicLoads, "write");
        location.plainStores.add(thread, event);
        location.appendPlain(thread, recorder.step());
        thread.view = thread.view.withFloor(location, location.newestRank());
    }

    private void refuseRace(LogicalThread thread, Location location, AccessLog log, String access) {
        int other = log.unorderedWith(thread);
        if (other >= 0) {
            String with = log == location.plainLoads
                    ? "plain read"
                    : log == location.plainStores
                            ? "plain write"
                            : log == location.atomicLoads ? "atomic read" : "atomic write";
            if (location.cell.ordersItself()) {
                Accesses.refuse("threads share " + location.cell.ownerName()
                        + ", which the explorer refuses: it orders its accesses itself, in a way that is not modelled;"
                        + " order them by something else, or name a class that takes its place, in substituting(...),"
                        + " or vouch for it, in trusting(...)");
            }
            execution.failRace(access, location, with, log.event(other));
        }
    }

    // ---- atomic accesses --------------------------------------------------------------------------------------------

    @Nullable
    Object load(LogicalThread thread, Location location, Operation operation) {
        enter(thread, location, operation, false);
        Options options = new Options(location);
        for (int i = location.newest(); isInReach(thread, location, i); i--) {
            if (isWorthReading(thread, location, i) && mayRead(thread, location, i, operation)) {
                options.add(i);
            }
        }
        return read(thread, location, options.choose(execution), operation);
    }

    void store(LogicalThread thread, Location location, Operation operation, @Nullable Object value) {
        enter(thread, location, operation, true);
        Options options = new Options(location);
        for (int i = location.newest(); isInReach(thread, location, i); i--) {
            if (isWorthFollowing(thread, location, i) && mayFollow(thread, location, i, operation, View.NONE)) {
                options.add(i);
            }
        }
        int index = options.choose(execution) + 1;
        int[] before = thread.view.time();
        write(thread, location, operation, value, index, null, before);
        recorder.store(thread, operation, location, index);
    }

    /** Swaps and the arithmetic operations. */
    @Nullable
    Object update(LogicalThread thread, Location location, Operation operation, @Nullable Object operand) {
        enter(thread, location, operation, true);
        Options options = new Options(location);
        for (int i = location.newest(); isInReach(thread, location, i); i--) {
            if (isWorthFollowing(thread, location, i) && mayReplace(thread, location, i, operation)) {
                options.add(i);
            }
        }
        int index = options.choose(execution);
        Store last = location.store(index);
        Object value = Values.combine(operation.kind(), last.value, operand, location.cell.type());
        replace(thread, location, operation, index, value);
        return operation.result() == Operation.Result.NEW ? value : last.value;
    }

    /** A compare-and-set or compare-and-exchange. It may fail by a stale value. */
    @Nullable
    Object compareAndSet(
            LogicalThread thread,
            Location location,
            Operation operation,
            @Nullable Object expected,
            @Nullable Object value) {
        enter(thread, location, operation, true);
        Class<?> type = location.cell.type();
        boolean maySpend = operation.result() == Operation.Result.WEAK_SUCCESS && execution.maySpendSpuriousFailure();
        Options options = new Options(location);
        for (int i = location.newest(); isInReach(thread, location, i); i--) {
            boolean matches = Values.same(location.store(i).value, expected, type);
            boolean possible = matches
                    ? isWorthFollowing(thread, location, i) && mayReplace(thread, location, i, operation)
                    : isWorthReading(thread, location, i) && mayRead(thread, location, i, operation);
            if (possible) {
                options.add(i);
            }
            if (matches && maySpend && isWorthReading(thread, location, i) && mayRead(thread, location, i, operation)) {
                options.add(~i); // reads the store, and fails for no reason
            }
        }
        int index = options.choose(execution);
        if (index < 0) {
            execution.spendSpuriousFailure();
            read(thread, location, ~index, operation);
            return false;
        }
        Store last = location.store(index);
        if (Values.same(last.value, expected, type)) {
            replace(thread, location, operation, index, value);
            return operation.result() == Operation.Result.OLD ? last.value : (Object) true;
        }
        Object witness = read(thread, location, index, operation);
        return operation.result() == Operation.Result.OLD ? witness : (Object) false;
    }

    private void enter(LogicalThread thread, Location location, Operation operation, boolean writes) {
        thread.tick();
        AtomicOperations.count(thread.counts, operation);
        recorder.atomic(thread, operation, location);
        if (!location.cell.toleratesRaces()) {
            refuseRace(thread, location, location.plainStores, writes ? "write" : "read");
            if (writes) {
                refuseRace(thread, location, location.plainLoads, "write");
            }
        }
        (writes ? location.atomicStores : location.atomicLoads).add(thread, recorder.event());
    }

    // ---- what an access may read or replace, and where it may store -------------------------------------------------

    /** Tells whether the thread's view has not passed the store. */
    private static boolean isInReach(LogicalThread thread, Location location, int index) {
        return index == location.newest()
                || (index >= 0
                        && !location.cell.isNeverStale()
                        && location.store(index).rank >= thread.view.floor(location));
    }

    /**
     * Tells whether to try a load of the store though newer ones are there: it could not come before any of these if
     * it depends on all of them, by what its thread did before or by the store that it reads.
     */
    private boolean isWorthReading(LogicalThread thread, Location location, int index) {
        return dependsOnNewer(location, index, Clocks.joined(thread.pastOfStep, location.store(index).past));
    }

    /** As {@code isWorthReading}, of a store after the given one, which depends on all that comes before it, too. */
    private boolean isWorthFollowing(LogicalThread thread, Location location, int index) {
        if (index == location.newest()) {
            return true;
        }
        int[] past = thread.pastOfStep;
        for (int i = 0; i <= index; i++) {
            Store store = location.store(i);
            past = Clocks.joined(Clocks.joined(past, store.past), store.pastOfReaders);
        }
        return dependsOnNewer(location, index, past);
    }

    private boolean dependsOnNewer(Location location, int index, int[] past) {
        for (int newer = index + 1; newer <= location.newest() && !execution.isThorough(); newer++) {
            if (!location.store(newer).isIn(past)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayRead(LogicalThread thread, Location location, int index, Operation operation) {
        if (index == location.newest()) {
            return true;
        }
        Store store = location.store(index);
        int[] after = adopted(thread, store, operation.load()).time();
        return order.allowsLoad(thread, location, store.rank, operation.load() == Mode.VOLATILE, after);
    }

    /** Tells whether a store may come right after the one of this index. */
    private boolean mayFollow(LogicalThread thread, Location location, int index, Operation operation, View acquired) {
        if (index == location.newest()) {
            return true;
        }
        if (location.store(index + 1).replaces) {
            return false;
        }
        boolean isVolatile = operation.store() == Mode.VOLATILE;
        if (isVolatile && synchronisesFrom(location, index + 1)) {
            return false;
        }
        int[] after = thread.view.join(acquired).time();
        int rank = location.rankAt(index + 1);
        return order.allowsStore(thread, location, rank, isVolatile, after);
    }

    /**
     * Tells whether a volatile load has read a volatile store from there on. A volatile store that comes before such a
     * store synchronises with that load (JLS 17.4.4), so it executes before it.
     */
    private static boolean synchronisesFrom(Location location, int index) {
        for (int later = index; later <= location.newest(); later++) {
            if (location.store(later).synchronises) {
                return true;
            }
        }
        return false;
    }

    private boolean mayReplace(LogicalThread thread, Location location, int index, Operation operation) {
        View acquired = adopted(thread, location.store(index), operation.load());
        return mayFollow(thread, location, index, operation, acquired);
    }

    // ---- their effects ----------------------------------------------------------------------------------------------

    private @Nullable Object read(LogicalThread thread, Location location, int index, Operation operation) {
        Mode mode = operation.load();
        int[] before = thread.view.time();
        Store store = location.store(index);
        adopt(thread, location, store, mode);
        store.pastOfReaders = Clocks.joined(store.pastOfReaders, thread.past);
        order.load(thread, location, store.rank, mode == Mode.VOLATILE, before);
        recorder.load(thread, operation, location, index);
        return store.value;
    }

    /** Updates a thread's view by a store that it reads. */
    private static void adopt(LogicalThread thread, Location location, Store store, Mode mode) {
        store.synchronises |= mode == Mode.VOLATILE && store.isVolatile;
        thread.view = adopted(thread, store, mode);
        thread.view = thread.view.withFloor(location, Math.max(store.rank, thread.view.floor(location)));
        if (!mode.acquires()) {
            thread.unacquired = thread.unacquired.join(store.released);
        }
    }

    private static View adopted(LogicalThread thread, Store store, Mode mode) {
        View view = mode.acquires() ? thread.view.join(store.released) : thread.view;
        return mode == Mode.VOLATILE ? view.join(store.volatiles) : view;
    }

    private void replace(
            LogicalThread thread, Location location, Operation operation, int index, @Nullable Object value) {
        int[] before = thread.view.time();
        Store last = location.store(index);
        adopt(thread, location, last, operation.load());
        write(thread, location, operation, value, index + 1, last, before);
        recorder.update(thread, operation, location, last.value, index + 1);
    }

    private void write(
            LogicalThread thread,
            Location location,
            Operation operation,
            @Nullable Object value,
            int index,
            @Nullable Store replaced,
            int[] before) {
        Mode mode = operation.store();
        boolean isVolatile = mode == Mode.VOLATILE;
        int rank = location.rankAt(index);
        View volatiles = location.store(index - 1).volatiles;
        thread.view = thread.view.withFloor(location, rank);
        View released = mode.releases() ? thread.view : thread.fenced;
        if (replaced != null) {
            released = released.join(replaced.released);
        }
        if (isVolatile) {
            volatiles = volatiles.join(released);
        }
        boolean replaces = replaced != null;
        Store store = new Store(value, rank, isVolatile, replaces, released, volatiles, thread, recorder.step());
        location.insert(index, store);
        order.store(thread, location, rank, isVolatile, before);
    }

    // ---- everything else that orders memory -------------------------------------------------------------------------

    void fence(LogicalThread thread, Fence fence) {
        AtomicOperations.countFence(thread.counts);
        if (fence.acquires) {
            thread.view = thread.view.join(thread.unacquired);
        }
        if (fence == Fence.FULL) {
            thread.tick();
            order.fullFence(thread);
        }
        if (fence.releases) {
            thread.fenced = thread.view;
        }
        recorder.step(thread, fence.method);
    }

    void start(LogicalThread parent, LogicalThread child) {
        parent.tick();
        child.view = parent.view;
        child.tick();
        parent.tick();
    }

    void join(LogicalThread thread, LogicalThread ended) {
        acquire(thread, ended.view);
    }

    void acquire(LogicalThread thread, View view) {
        thread.tick();
        thread.view = thread.view.join(view);
    }

    /** Stores that were newest at the last yield become visible, so that no thread spins on a stale value for ever. */
    void giveWay(LogicalThread thread) {
        thread.view = thread.view.joinFloors(thread.newestAtYield);
        int[] newest = new int[all.size()];
        for (Location location : all) {
            newest[location.id] = location.newestRank();
        }
        thread.newestAtYield = newest;
    }

    void unpark(LogicalThread thread, LogicalThread target) {
        target.permitFloors = Clocks.joined(target.permitFloors, thread.view.floors());
    }

    /** Stores before the unpark are seen after the park, though plain accesses are not ordered by it. */
    void unparked(LogicalThread thread) {
        thread.view = thread.view.joinFloors(thread.permitFloors);
        thread.permitFloors = Clocks.ZERO;
    }
}
