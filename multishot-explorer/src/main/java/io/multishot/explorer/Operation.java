package io.multishot.explorer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one call on one memory location.
 *
 * @param name the method's name, for the trace
 * @param kind the kind of effect
 * @param load the order of its load
 * @param store the order of its store
 * @param result which value it returns
 */
record Operation(String name, Kind kind, Mode load, Mode store, Result result) {
    enum Kind {
        LOAD,
        STORE,
        SWAP,
        ADD,
        OR,
        AND,
        XOR,
        CAS,
        /** By a function of the caller's: not one access but a loop of loads and compare-and-sets. */
        UPDATE
    }

    enum Result {
        NONE,
        OLD,
        NEW,
        SUCCESS,
        /** As SUCCESS, of an operation that may also fail for no reason. */
        WEAK_SUCCESS
    }

    static final Operation GET_PLAIN = new Operation("get", Kind.LOAD, Mode.PLAIN, Mode.PLAIN, Result.OLD);
    static final Operation SET_PLAIN = new Operation("set", Kind.STORE, Mode.PLAIN, Mode.PLAIN, Result.NONE);
    static final Operation GET_VOLATILE = load("getVolatile", Mode.VOLATILE);
    static final Operation SET_VOLATILE = store("setVolatile", Mode.VOLATILE);
    static final Operation CAS_VOLATILE =
            new Operation("compareAndSet", Kind.CAS, Mode.VOLATILE, Mode.VOLATILE, Result.SUCCESS);

    private static final Map<String, Operation> OF_VAR_HANDLE = new HashMap<>();
    private static final Map<String, Operation> OF_ATOMIC = new HashMap<>();

    static {
        addVarHandleMethods();
        addAtomicMethods();
    }

    /** The operation of a method of VarHandle; null for a method that is not an access, or not known. */
    static @Nullable Operation ofVarHandle(String method) {
        return OF_VAR_HANDLE.get(method);
    }

    /**
     * The operation of a method of AtomicInteger and its kind; null for a method that is not an access, or not known.
     */
    static @Nullable Operation ofAtomic(String method) {
        return OF_ATOMIC.get(method);
    }

    static Operation named(String name, Operation operation) {
        return new Operation(name, operation.kind(), operation.load(), operation.store(), operation.result());
    }

    boolean isPlain() {
        return (kind == Kind.LOAD || kind == Kind.STORE) && load == Mode.PLAIN && store == Mode.PLAIN;
    }

    boolean writes() {
        return kind != Kind.LOAD;
    }

    boolean isReadModifyWrite() {
        return kind != Kind.LOAD && kind != Kind.STORE;
    }

    private static Operation load(String name, Mode mode) {
        return new Operation(name, Kind.LOAD, mode, Mode.PLAIN, Result.OLD);
    }

    private static Operation store(String name, Mode mode) {
        return new Operation(name, Kind.STORE, Mode.PLAIN, mode, Result.NONE);
    }

    private static void addVarHandleMethods() {
        Map<String, Operation> all = OF_VAR_HANDLE;
        all.put("get", GET_PLAIN);
        all.put("set", SET_PLAIN);
        addWeakLoadsAndStores(all);
        all.put("getVolatile", GET_VOLATILE);
        all.put("setVolatile", SET_VOLATILE);
        addComparing(all);
        addInThreeModes(all, "weakCompareAndSet", Kind.CAS, Result.WEAK_SUCCESS);
        addInThreeModes(all, "getAndSet", Kind.SWAP, Result.OLD);
        addInThreeModes(all, "getAndAdd", Kind.ADD, Result.OLD);
        addInThreeModes(all, "getAndBitwiseOr", Kind.OR, Result.OLD);
        addInThreeModes(all, "getAndBitwiseAnd", Kind.AND, Result.OLD);
        addInThreeModes(all, "getAndBitwiseXor", Kind.XOR, Result.OLD);
    }

    private static void addAtomicMethods() {
        Map<String, Operation> all = OF_ATOMIC;
        for (String name : new String[] {"get", "intValue", "longValue", "floatValue", "doubleValue"}) {
            all.put(name, load(name, Mode.VOLATILE));
        }
        all.put("set", store("set", Mode.VOLATILE));
        all.put("lazySet", store("lazySet", Mode.RELEASE));
        all.put("getPlain", new Operation("getPlain", Kind.LOAD, Mode.PLAIN, Mode.PLAIN, Result.OLD));
        all.put("setPlain", new Operation("setPlain", Kind.STORE, Mode.PLAIN, Mode.PLAIN, Result.NONE));
        addWeakLoadsAndStores(all);
        addComparing(all);
        add(all, "weakCompareAndSetVolatile", Kind.CAS, Mode.VOLATILE, Mode.VOLATILE, Result.WEAK_SUCCESS);
        add(all, "weakCompareAndSetAcquire", Kind.CAS, Mode.ACQUIRE, Mode.OPAQUE, Result.WEAK_SUCCESS);
        add(all, "weakCompareAndSetRelease", Kind.CAS, Mode.OPAQUE, Mode.RELEASE, Result.WEAK_SUCCESS);
        // Of old this one is the plain one here, unlike that of VarHandle.
        add(all, "weakCompareAndSet", Kind.CAS, Mode.OPAQUE, Mode.OPAQUE, Result.WEAK_SUCCESS);
        addVolatile(all, "getAndSet", Kind.SWAP, Result.OLD);
        for (String name : new String[] {"getAndAdd", "getAndIncrement", "getAndDecrement"}) {
            addVolatile(all, name, Kind.ADD, Result.OLD);
        }
        for (String name : new String[] {"addAndGet", "incrementAndGet", "decrementAndGet"}) {
            addVolatile(all, name, Kind.ADD, Result.NEW);
        }
        for (String name : new String[] {"getAndUpdate", "getAndAccumulate"}) {
            addVolatile(all, name, Kind.UPDATE, Result.OLD);
        }
        for (String name : new String[] {"updateAndGet", "accumulateAndGet"}) {
            addVolatile(all, name, Kind.UPDATE, Result.NEW);
        }
    }

    private static void addWeakLoadsAndStores(Map<String, Operation> all) {
        all.put("getOpaque", load("getOpaque", Mode.OPAQUE));
        all.put("setOpaque", store("setOpaque", Mode.OPAQUE));
        all.put("getAcquire", load("getAcquire", Mode.ACQUIRE));
        all.put("setRelease", store("setRelease", Mode.RELEASE));
    }

    private static void addComparing(Map<String, Operation> all) {
        all.put("compareAndSet", CAS_VOLATILE);
        addInThreeModes(all, "compareAndExchange", Kind.CAS, Result.OLD);
        add(all, "weakCompareAndSetPlain", Kind.CAS, Mode.OPAQUE, Mode.OPAQUE, Result.WEAK_SUCCESS);
    }

    private static void addInThreeModes(Map<String, Operation> all, String name, Kind kind, Result result) {
        addVolatile(all, name, kind, result);
        add(all, name + "Acquire", kind, Mode.ACQUIRE, Mode.OPAQUE, result);
        add(all, name + "Release", kind, Mode.OPAQUE, Mode.RELEASE, result);
    }

    private static void addVolatile(Map<String, Operation> all, String name, Kind kind, Result result) {
        add(all, name, kind, Mode.VOLATILE, Mode.VOLATILE, result);
    }

    private static void add(Map<String, Operation> all, String name, Kind kind, Mode load, Mode store, Result result) {
        all.put(name, new Operation(name, kind, load, store, result));
    }
}
