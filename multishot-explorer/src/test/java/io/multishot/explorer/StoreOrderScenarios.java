package io.multishot.explorer;

import static io.multishot.explorer.LitmusScenarios.X;
import static io.multishot.explorer.LitmusScenarios.Y;
import static io.multishot.explorer.LitmusScenarios.Z1;
import static io.multishot.explorer.LitmusScenarios.fence;
import static io.multishot.explorer.LitmusScenarios.load;
import static io.multishot.explorer.LitmusScenarios.run;
import static io.multishot.explorer.LitmusScenarios.store;

import io.multishot.explorer.LitmusScenarios.Vars;

/** Stores that take effect in another order than that of the program. */
final class StoreOrderScenarios {
    private StoreOrderScenarios() {}

    /** Two stores, and a reader by volatile loads. */
    static void overtaking(String first, String fence, String second) {
        Vars v = new Vars();
        run(
                () -> {
                    store(first, X, v, 1);
                    fence(fence);
                    store(second, Y, v, 1);
                },
                () -> {
                    v.r1 = load("VOLATILE", Y, v);
                    v.r2 = load("VOLATILE", X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    /** A writer counts up before and after it stores the two halves of a value; a reader that tears it fails. */
    static void seqlock(String storeFence, String load, String loadFence) {
        Vars v = new Vars();
        run(
                () -> {
                    store("VOLATILE", Z1, v, 1);
                    fence(storeFence);
                    store("OPAQUE", X, v, 1);
                    store("OPAQUE", Y, v, 1);
                    store("VOLATILE", Z1, v, 2);
                },
                () -> {
                    int before = load("VOLATILE", Z1, v);
                    int x = load(load, X, v);
                    int y = load(load, Y, v);
                    fence(loadFence);
                    int after = load("VOLATILE", Z1, v);
                    if (before == after && before % 2 == 0 && x != y) {
                        throw new AssertionError("torn: " + x + " and " + y);
                    }
                });
    }

    /** The shape S, to see if a store by a thread that has seen the second store comes before the first one. */
    static void seenThenStored(String first, String second, String load) {
        Vars v = new Vars();
        run(
                () -> {
                    store(first, X, v, 2);
                    store(second, Y, v, 1);
                },
                () -> {
                    v.r1 = load(load, Y, v);
                    store("OPAQUE", X, v, 1);
                });
        Probe.outcome(v.r1 + "," + load("VOLATILE", X, v));
    }

    /** The shape R: a store, and a load behind the store that comes last. */
    static void storedThenRead(String store, String load) {
        Vars v = new Vars();
        run(
                () -> {
                    store(store, X, v, 1);
                    store(store, Y, v, 1);
                },
                () -> {
                    store(store, Y, v, 2);
                    v.r1 = load(load, X, v);
                });
        Probe.outcome(v.r1 + "," + load("VOLATILE", Y, v));
    }

    /** Three threads, of which each but the last stores twice: WW, WW, RW. */
    static void chainOfStores(String store, String load) {
        Vars v = new Vars();
        run(
                () -> {
                    store(store, X, v, 1);
                    store(store, Y, v, 1);
                },
                () -> {
                    store(store, Y, v, 2);
                    store(store, Z1, v, 1);
                },
                () -> {
                    v.r1 = load(load, Z1, v);
                    store(store, X, v, 2);
                });
        Probe.outcome(v.r1 + "," + load("VOLATILE", X, v) + "," + load("VOLATILE", Y, v));
    }

    /** Z6.U of the paper on RC11: volatile accesses of one location do not order what only happens before the first. */
    static void volatilesOfOneLocation() {
        Vars v = new Vars();
        run(
                () -> {
                    store("OPAQUE", X, v, 1);
                    store("RELEASE", Y, v, 1);
                },
                () -> {
                    v.r1 = (int) Y.getAndAdd(v, 1);
                    v.r2 = load("OPAQUE", Y, v);
                },
                () -> {
                    store("VOLATILE", Y, v, 3);
                    v.r3 = load("VOLATILE", X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2 + "," + v.r3);
    }

    /** A read-modify-write that comes before a store which was executed before it. */
    static void addedBeforeStore() {
        Vars v = new Vars();
        run(
                () -> {
                    store("OPAQUE", X, v, 5);
                    store("OPAQUE", Y, v, 1);
                },
                () -> {
                    v.r1 = load("OPAQUE", Y, v);
                    v.r2 = (int) X.getAndAddAcquire(v, 1);
                });
        Probe.outcome(v.r1 + "," + v.r2 + "," + load("VOLATILE", X, v));
    }
}
