package io.multishot.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one execution.
 *
 * <p>It is a machine of views. Each location keeps its stores in modification order, which is the order in which they
 * were executed. Each thread has a view: for each location the oldest store that it may still read. A load chooses
 * among the stores from there on, and moves the view up (coherence). A releasing store carries its thread's view, and
 * an acquiring load that reads it adds that to its own (happens-before). A read-modify-write reads the newest store
 * (atomicity), and hands on what the store that it replaced carried (release sequence).
 *
 * <p>Fences: what the loads of a thread could have acquired waits in {@code unacquired} for an acquire fence; a release
 * fence leaves the view in {@code fenced}, which every later store carries.
 *
 * <p>Volatile accesses beside obey one order over all locations, the order in which they execute:
 * <ul>
 *   <li>a volatile load reads no store older than the newest volatile store to its location;
 *   <li>a volatile store and a full fence add the floors of their thread's view to {@code inOrder}; every volatile
 *       access and full fence leaves {@code inOrder} as it found it in {@code seenInOrder}, and the <i>next</i> such
 *       access of the thread adds that to its view. So between two volatile accesses of one thread stands the
 *       equivalent of a full fence, and none between a weaker access and a volatile one;
 *   <li>a full fence acts at once in both directions.
 * </ul>
 * A volatile load may move ahead of earlier weaker accesses of its thread: then the rule of the newest volatile store
 * is applied as of the last access that it cannot pass ({@code orderedAt}). Only floors go through {@code inOrder}: it
 * orders values and never excuses a data race.
 */
final class Memory {
    private final Execution execution;
    private final Recorder recorder;
    private final Map<Cell, Location> locations = new HashMap<>();
    private final List<Location> all = new ArrayList<>();
    private int[] inOrder = Clocks.ZERO;

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
        location.appendPlain(recorder.step());
        thread.view = thread.view.withFloor(location, location.newest());
    }

    private void refuseRace(LogicalThread thread, Location location, AccessLog log, String access) {
        int other = log.unorderedWith(thread);
        if (other >= 0) {
            String with = log == location.plainLoads
                    ? "plain read"
                    : log == location.plainStores
                            ? "plain write"
                            : log == location.atomicLoads ? "atomic read" : "atomic write";
            execution.failRace(access, location, with, log.event(other));
        }
    }

    // ---- atomic accesses --------------------------------------------------------------------------------------------

    @Nullable
    Object load(LogicalThread thread, Location location, Operation operation) {
        enter(thread, location, operation, false);
        int oldest = oldestReadable(thread, location, operation.load());
        int index = location.newest() - execution.choose(location.newest() - oldest + 1);
        return read(thread, location, index, operation.load(), operation);
    }

    void store(LogicalThread thread, Location location, Operation operation, @Nullable Object value) {
        enter(thread, location, operation, true);
        write(thread, location, operation.store(), value, View.NONE);
        recorder.store(thread, operation, location, value);
    }

    /** Swaps and the arithmetic operations. */
    @Nullable
    Object update(LogicalThread thread, Location location, Operation operation, @Nullable Object operand) {
        enter(thread, location, operation, true);
        Store last = location.store(location.newest());
        adoptNewest(thread, location, operation);
        Class<?> type = location.cell.type();
        Object value = Values.combine(operation.kind(), last.value(), operand, type);
        write(thread, location, operation.store(), value, last.released());
        recorder.update(thread, operation, location, last.value(), value);
        return operation.result() == Operation.Result.NEW ? value : last.value();
    }

    /** A compare-and-set or compare-and-exchange. It may fail by a stale value, but succeeds by the newest only. */
    @Nullable
    Object compareAndSet(
            LogicalThread thread,
            Location location,
            Operation operation,
            @Nullable Object expected,
            @Nullable Object value) {
        enter(thread, location, operation, true);
        Class<?> type = location.cell.type();
        int newest = location.newest();
        Store last = location.store(newest);
        boolean matches = Values.same(last.value(), expected, type);
        int[] outcomes = outcomesOfCompare(thread, location, operation, expected);
        int outcome = outcomes[execution.choose(outcomes.length)];
        if (outcome == newest && matches) {
            adoptNewest(thread, location, operation);
            write(thread, location, operation.store(), value, last.released());
            recorder.update(thread, operation, location, last.value(), value);
            return operation.result() == Operation.Result.OLD ? last.value() : (Object) true;
        }
        if (outcome < 0) {
            execution.spendSpuriousFailure();
            outcome = newest;
        }
        Object witness = read(thread, location, outcome, operation.load(), operation);
        return operation.result() == Operation.Result.OLD ? witness : (Object) false;
    }

    /** The stores that a compare-and-set may read, the newest first; -1 stands for failing for no reason. */
    private int[] outcomesOfCompare(
            LogicalThread thread, Location location, Operation operation, @Nullable Object expected) {
        int oldest = oldestReadable(thread, location, operation.load());
        int newest = location.newest();
        int[] outcomes = new int[newest - oldest + 2];
        int count = 0;
        outcomes[count++] = newest;
        Class<?> type = location.cell.type();
        for (int i = newest - 1; i >= oldest; i--) {
            if (!Values.same(location.store(i).value(), expected, type)) {
                outcomes[count++] = i;
            }
        }
        if (operation.result() == Operation.Result.WEAK_SUCCESS
                && execution.maySpendSpuriousFailure()
                && Values.same(location.store(newest).value(), expected, type)) {
            outcomes[count++] = -1;
        }
        return Arrays.copyOf(outcomes, count);
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
        if (operation.load() == Mode.VOLATILE) {
            thread.view = thread.view.joinFloors(thread.seenInOrder);
        }
    }

    private int oldestReadable(LogicalThread thread, Location location, Mode mode) {
        int oldest = thread.view.floor(location);
        if (mode == Mode.VOLATILE) {
            if (thread.weakSince) {
                execution.loadMovedAhead();
            }
            int asOf = thread.weakSince ? thread.orderedAt : Integer.MAX_VALUE;
            oldest = Math.max(oldest, location.newestVolatile(asOf));
        }
        return oldest;
    }

    private @Nullable Object read(LogicalThread thread, Location location, int index, Mode mode, Operation operation) {
        adopt(thread, location, index, mode);
        if (mode.acquires()) {
            order(thread, mode == Mode.VOLATILE);
        } else {
            thread.weakSince = true;
        }
        Store store = location.store(index);
        recorder.load(thread, operation, location, index);
        return store.value();
    }

    /** What a thread learns by reading a store. */
    private static void adopt(LogicalThread thread, Location location, int index, Mode mode) {
        Store store = location.store(index);
        thread.view = thread.view.withFloor(location, Math.max(index, thread.view.floor(location)));
        if (mode.acquires()) {
            thread.view = thread.view.join(store.released());
        } else {
            thread.unacquired = thread.unacquired.join(store.released());
        }
        if (mode == Mode.VOLATILE) {
            thread.view = thread.view.join(store.volatiles());
        }
    }

    /** The load of a read-modify-write that stores. */
    private void adoptNewest(LogicalThread thread, Location location, Operation operation) {
        adopt(thread, location, location.newest(), operation.load());
        if (operation.load().acquires()) {
            order(thread, false);
        }
    }

    private void write(LogicalThread thread, Location location, Mode mode, @Nullable Object value, View replaced) {
        View volatiles = location.store(location.newest()).volatiles();
        int index = location.newest() + 1;
        thread.view = thread.view.withFloor(location, index);
        View released = (mode.releases() ? thread.view : thread.fenced).join(replaced);
        boolean isVolatile = mode == Mode.VOLATILE;
        if (isVolatile) {
            released = released.joinFloors(thread.seenInOrder);
            volatiles = volatiles.join(released);
        }
        location.append(new Store(value, released, volatiles, isVolatile, recorder.step()));
        if (isVolatile) {
            inOrder = Clocks.joined(inOrder, released.floors());
            order(thread, true);
        } else {
            thread.weakSince = true;
        }
    }

    /** No later volatile load of the thread moves ahead of this point. */
    private void order(LogicalThread thread, boolean isVolatile) {
        thread.orderedAt = recorder.step();
        thread.weakSince = false;
        if (isVolatile) {
            thread.seenInOrder = inOrder;
        }
    }

    // ---- everything else that orders memory -------------------------------------------------------------------------

    void fence(LogicalThread thread, Fence fence) {
        AtomicOperations.countFence(thread.counts);
        if (fence.acquires) {
            thread.view = thread.view.join(thread.unacquired);
            order(thread, false);
        }
        if (fence == Fence.FULL) {
            thread.view = thread.view.joinFloors(inOrder);
            inOrder = Clocks.joined(inOrder, thread.view.floors());
            order(thread, true);
        }
        if (fence.releases) {
            thread.fenced = thread.view;
        }
        recorder.step(thread, fence.method);
    }

    void start(LogicalThread parent, LogicalThread child) {
        parent.tick();
        child.view = parent.view;
        child.seenInOrder = parent.seenInOrder;
        child.orderedAt = recorder.step();
        child.tick();
        parent.tick();
        order(parent, false);
    }

    void join(LogicalThread thread, LogicalThread ended) {
        thread.view = thread.view.join(ended.view);
        order(thread, false);
    }

    /** Stores that were newest at the last yield become visible, so that nobody spins on a stale value for ever. */
    void giveWay(LogicalThread thread) {
        thread.view = thread.view.joinFloors(thread.newestAtYield);
        int[] newest = new int[all.size()];
        for (Location location : all) {
            newest[location.id] = location.newest();
        }
        thread.newestAtYield = newest;
    }

    void unpark(LogicalThread thread, LogicalThread target) {
        target.permitFloors = Clocks.joined(target.permitFloors, thread.view.floors());
    }

    /** What was stored before the unpark is seen after the park, though plain accesses are not ordered by it. */
    void unparked(LogicalThread thread) {
        thread.view = thread.view.joinFloors(thread.permitFloors);
        thread.permitFloors = Clocks.ZERO;
        order(thread, false);
    }
}
