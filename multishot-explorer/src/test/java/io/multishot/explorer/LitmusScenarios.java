package io.multishot.explorer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The classic shapes, each in any access mode. Explored, not run as tests. */
final class LitmusScenarios {
    static final VarHandle X = field("x");
    static final VarHandle Y = field("y");
    static final VarHandle Z1 = field("z1");
    private static final VarHandle Z2 = field("z2");

    /** The shared variables of one execution, and the registers of its threads. */
    static final class Vars {
        int x;
        int y;
        int z1;
        int z2;
        int r1 = -1;
        int r2 = -1;
        int r3 = -1;
        int r4 = -1;
    }

    private LitmusScenarios() {}

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(Vars.class, name, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static void store(String mode, VarHandle handle, Vars vars, int value) {
        switch (mode) {
            case "PLAIN" -> handle.set(vars, value);
            case "OPAQUE" -> handle.setOpaque(vars, value);
            case "RELEASE" -> handle.setRelease(vars, value);
            case "VOLATILE" -> handle.setVolatile(vars, value);
            case "SWAP" -> {
                int ignored = (int) handle.getAndSet(vars, value);
            }
            default -> throw new IllegalArgumentException(mode);
        }
    }

    static int load(String mode, VarHandle handle, Vars vars) {
        return switch (mode) {
            case "PLAIN" -> (int) handle.get(vars);
            case "OPAQUE" -> (int) handle.getOpaque(vars);
            case "ACQUIRE" -> (int) handle.getAcquire(vars);
            case "VOLATILE" -> (int) handle.getVolatile(vars);
            default -> throw new IllegalArgumentException(mode);
        };
    }

    static void fence(String kind) {
        switch (kind) {
            case "NONE" -> {}
            case "FULL" -> VarHandle.fullFence();
            case "ACQUIRE" -> VarHandle.acquireFence();
            case "RELEASE" -> VarHandle.releaseFence();
            case "LOAD_LOAD" -> VarHandle.loadLoadFence();
            case "STORE_STORE" -> VarHandle.storeStoreFence();
            default -> throw new IllegalArgumentException(kind);
        }
    }

    /** Each body by a thread of its own, the last by the calling one. */
    static void run(Runnable... bodies) {
        Thread[] threads = new Thread[bodies.length - 1];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(bodies[i], "P" + i);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        bodies[threads.length].run();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static void storeBuffering(String store, String load) {
        storeBufferingFenced(store, "NONE", load);
    }

    static void storeBufferingFenced(String store, String fence, String load) {
        Vars v = new Vars();
        run(
                () -> {
                    store(store, X, v, 1);
                    fence(fence);
                    v.r1 = load(load, Y, v);
                },
                () -> {
                    store(store, Y, v, 1);
                    fence(fence);
                    v.r2 = load(load, X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    static void storeBufferingWithSwaps(String store, String load) {
        Vars v = new Vars();
        run(
                () -> {
                    store(store, X, v, 1);
                    boolean ignored = Z1.compareAndSet(v, 0, 1);
                    v.r1 = load(load, Y, v);
                },
                () -> {
                    store(store, Y, v, 1);
                    boolean ignored = Z2.compareAndSet(v, 0, 1);
                    v.r2 = load(load, X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    static void messagePassing(String store, String load) {
        messagePassingFenced(store, "NONE", load, "NONE");
    }

    static void messagePassingFenced(String store, String storeFence, String load, String loadFence) {
        Vars v = new Vars();
        run(
                () -> {
                    store("OPAQUE", X, v, 1);
                    fence(storeFence);
                    store(store, Y, v, 1);
                },
                () -> {
                    v.r1 = load(load, Y, v);
                    fence(loadFence);
                    v.r2 = load("OPAQUE", X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    static void loadBuffering(String store, String load) {
        Vars v = new Vars();
        run(
                () -> {
                    v.r1 = load(load, X, v);
                    store(store, Y, v, 1);
                },
                () -> {
                    v.r2 = load(load, Y, v);
                    store(store, X, v, 1);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    static void independentReads(String store, String load, String fence) {
        Vars v = new Vars();
        run(
                () -> store(store, X, v, 1),
                () -> store(store, Y, v, 1),
                () -> {
                    v.r1 = load(load, X, v);
                    fence(fence);
                    v.r2 = load(load, Y, v);
                },
                () -> {
                    v.r3 = load(load, Y, v);
                    fence(fence);
                    v.r4 = load(load, X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2 + "," + v.r3 + "," + v.r4);
    }

    static void coherentReads(String store, String load) {
        Vars v = new Vars();
        run(() -> store(store, X, v, 1), () -> {
            v.r1 = load(load, X, v);
            v.r2 = load(load, X, v);
        });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    static void coherentWrites(String store, String load) {
        Vars v = new Vars();
        run(
                () -> {
                    store(store, X, v, 1);
                    store(store, X, v, 2);
                },
                () -> {
                    v.r1 = load(load, X, v);
                    v.r2 = load(load, X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    /** Two readers of two writes of one variable: they have to agree on their order. */
    static void coherentObservers(String store, String load) {
        Vars v = new Vars();
        run(
                () -> store(store, X, v, 1),
                () -> {
                    store(store, X, v, 2);
                    v.r1 = load(load, X, v);
                },
                () -> {
                    v.r2 = load(load, X, v);
                    v.r3 = load(load, X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2 + "," + v.r3);
    }

    static void twoPlusTwoWrites(String store) {
        Vars v = new Vars();
        run(
                () -> {
                    store(store, X, v, 1);
                    store(store, Y, v, 2);
                },
                () -> {
                    store(store, Y, v, 1);
                    store(store, X, v, 2);
                });
        Probe.outcome(load("VOLATILE", X, v) + "," + load("VOLATILE", Y, v));
    }

    static void writeToReadCausality(String store, String load) {
        Vars v = new Vars();
        run(
                () -> store(store, X, v, 1),
                () -> {
                    v.r1 = load(load, X, v);
                    store(store, Y, v, 1);
                },
                () -> {
                    v.r2 = load(load, Y, v);
                    v.r3 = load(load, X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2 + "," + v.r3);
    }

    /** A release store, replaced by a read-modify-write or a store of another thread, then read by an acquire load. */
    static void releaseSequence(String link) {
        Vars v = new Vars();
        run(
                () -> {
                    store("OPAQUE", X, v, 1);
                    store("RELEASE", Y, v, 1);
                },
                () -> {
                    switch (link) {
                        case "weakCompareAndSetPlain" -> {
                            boolean ignored = Y.weakCompareAndSetPlain(v, 1, 2);
                        }
                        case "compareAndExchangeAcquire" -> {
                            int ignored = (int) Y.compareAndExchangeAcquire(v, 1, 2);
                        }
                        case "getAndAddRelease" -> {
                            int ignored = (int) Y.getAndAddRelease(v, 1);
                        }
                        case "setOpaque" -> {
                            if ((int) Y.getOpaque(v) == 1) {
                                Y.setOpaque(v, 2);
                            }
                        }
                        default -> throw new IllegalArgumentException(link);
                    }
                },
                () -> {
                    v.r1 = load("ACQUIRE", Y, v);
                    v.r2 = load("OPAQUE", X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    /** A volatile load after a store of the given mode, to see if it may have happened before the store. */
    static void storeThenVolatileLoad(String store) {
        Vars v = new Vars();
        run(
                () -> {
                    store("VOLATILE", X, v, 1);
                    store("VOLATILE", Y, v, 1);
                },
                () -> {
                    store(store, Y, v, 2);
                    v.r1 = load("VOLATILE", X, v);
                });
        Probe.outcome(v.r1 + "," + load("VOLATILE", Y, v));
    }

    /** A volatile load after a load of the given mode. */
    static void loadThenVolatileLoad(String load) {
        Vars v = new Vars();
        run(
                () -> {
                    store("VOLATILE", X, v, 1);
                    store("VOLATILE", Y, v, 1);
                },
                () -> {
                    v.r1 = load(load, Y, v);
                    v.r2 = load("VOLATILE", X, v);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }

    /**
     * As {@code loadThenVolatileLoad}, after an acquiring load of something else: as of then may the last load read.
     */
    static void volatileLoadAfterAcquire(boolean readerIsStarted) {
        Vars v = new Vars();
        Runnable writer = () -> {
            store("VOLATILE", X, v, 1);
            store("OPAQUE", Y, v, 1);
        };
        Runnable reader = () -> {
            load("ACQUIRE", Z1, v);
            v.r1 = load("OPAQUE", Y, v);
            v.r2 = load("VOLATILE", X, v);
        };
        run(readerIsStarted ? reader : writer, readerIsStarted ? writer : reader);
        Probe.outcome(v.r1 + "," + v.r2);
    }

    /** Three compare-and-sets expect the same value, or each the value that the one before leaves. */
    static void rivalCompareAndSets(boolean inChain) {
        Vars v = new Vars();
        run(
                () -> v.r1 = (int) X.compareAndExchange(v, 0, 1),
                () -> v.r2 = (int) X.compareAndExchange(v, inChain ? 1 : 0, 2),
                () -> v.r3 = (int) X.compareAndExchange(v, inChain ? 2 : 0, 3));
        Probe.outcome(v.r1 + "," + v.r2 + "," + v.r3);
    }

    static void additions(String mode) {
        Vars v = new Vars();
        Runnable add = () -> {
            switch (mode) {
                case "ACQUIRE" -> {
                    int ignored = (int) X.getAndAddAcquire(v, 1);
                }
                case "RELEASE" -> {
                    int ignored = (int) X.getAndAddRelease(v, 1);
                }
                default -> {
                    int ignored = (int) X.getAndAdd(v, 1);
                }
            }
        };
        run(add, add, add);
        Probe.outcome("" + load("VOLATILE", X, v));
    }

    /** A failing compare-and-set is a load, and may be stale as one. */
    static void failingCompareAndSet(String mode) {
        Vars v = new Vars();
        run(
                () -> {
                    store("RELEASE", X, v, 1);
                    store("OPAQUE", Y, v, 1);
                },
                () -> {
                    v.r1 = load("OPAQUE", Y, v);
                    v.r2 = mode.equals("ACQUIRE")
                            ? (int) X.compareAndExchangeAcquire(v, 7, 8)
                            : (int) X.compareAndExchange(v, 7, 8);
                });
        Probe.outcome(v.r1 + "," + v.r2);
    }
}
