package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A memory location within one execution: its stores in modification order, and who accessed it how. */
final class Location {
    final int id;
    final Cell cell;
    final AccessLog plainLoads = new AccessLog();
    final AccessLog plainStores = new AccessLog();
    final AccessLog atomicLoads = new AccessLog();
    final AccessLog atomicStores = new AccessLog();
    private final @Nullable Object initial;
    private final List<Store> stores = new ArrayList<>(4);

    /**
     * Whether the newest store is a plain one, made by the code under test itself, so that its value is in the heap.
     */
    private boolean newestInHeap;

    Location(int id, Cell cell) {
        this.id = id;
        this.cell = cell;
        initial = cell.read();
        stores.add(new Store(initial, View.NONE, View.NONE, false, 0));
    }

    int newest() {
        return stores.size() - 1;
    }

    Store store(int index) {
        if (newestInHeap) {
            newestInHeap = false;
            stores.set(newest(), stores.get(newest()).withValue(cell.read()));
        }
        return stores.get(index);
    }

    void append(Store store) {
        store(newest());
        stores.add(store);
        cell.write(store.value());
    }

    /** Appends a store whose value the code under test is about to write to the heap. */
    void appendPlain(int step) {
        store(newest());
        stores.add(new Store(null, View.NONE, stores.get(newest()).volatiles(), false, step));
        newestInHeap = true;
    }

    /** The newest volatile store that was made no later than the given step; zero if there is none. */
    int newestVolatile(int step) {
        int index = newest();
        while (index > 0
                && !(stores.get(index).isVolatile() && stores.get(index).step() <= step)) {
            index--;
        }
        return index;
    }

    /** Puts the heap back to what it was before the execution, for the sake of objects that outlive it. */
    void restore() {
        if (stores.size() > 1) { // else it may be final
            cell.write(initial);
        }
    }
}
