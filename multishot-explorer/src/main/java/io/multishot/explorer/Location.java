package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A memory location within one execution: its stores in modification order, and its accesses by thread and kind. */
final class Location extends Shared {
    /** Between the ranks of stores that follow each other, so that others find a place there later. */
    private static final int GAP = 1 << 16;

    final int id;
    final Cell cell;
    final AccessLog plainLoads = new AccessLog();
    final AccessLog plainStores = new AccessLog();
    final AccessLog atomicLoads = new AccessLog();
    final AccessLog atomicStores = new AccessLog();
    private final @Nullable Object initial;
    private final List<Store> stores = new ArrayList<>(4);

    /**
     * True if the newest store is a plain one, made by the code under test itself, so that its value is in the heap.
     */
    private boolean newestInHeap;

    Location(int id, Cell cell) {
        this.id = id;
        this.cell = cell;
        initial = cell.read();
        stores.add(new Store(initial));
    }

    int newest() {
        return stores.size() - 1;
    }

    int newestRank() {
        return stores.get(newest()).rank;
    }

    Store store(int index) {
        if (newestInHeap) {
            newestInHeap = false;
            stores.set(newest(), stores.get(newest()).withValue(cell.read()));
        }
        return stores.get(index);
    }

    /** The rank of a store that takes the given place in the modification order. */
    int rankAt(int index) {
        int before = stores.get(index - 1).rank;
        if (index == stores.size()) {
            return before + GAP;
        }
        int rank = before + (stores.get(index).rank - before) / 2;
        if (rank == before) {
            throw new UnmodelledOperationException("too many stores of " + cell.name() + " came to lie before others");
        }
        return rank;
    }

    /** Puts a store into its place in the modification order, the last one or one before stores that are there. */
    void insert(int index, Store store) {
        store(newest());
        stores.add(index, store);
        if (index == newest()) {
            cell.write(store.value);
        } else if (store.isVolatile) {
            for (Store later : stores.subList(index + 1, stores.size())) {
                later.volatiles = later.volatiles.join(store.released);
            }
        }
    }

    /** Appends a store whose value the code under test is about to write to the heap. */
    void appendPlain(LogicalThread thread, int step) {
        store(newest());
        View volatiles = stores.get(newest()).volatiles;
        stores.add(new Store(null, rankAt(stores.size()), false, false, View.NONE, volatiles, thread, step));
        newestInHeap = true;
    }

    /** Puts the heap back to what it was before the execution, for the sake of objects that outlive it. */
    void restore() {
        if (stores.size() > 1) { // else it may be final
            cell.write(initial);
        }
    }
}
