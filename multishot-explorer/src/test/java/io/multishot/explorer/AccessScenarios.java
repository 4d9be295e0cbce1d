package io.multishot.explorer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One thread, and every operation in turn: each has to do what it does outside of an exploration. */
final class AccessScenarios {
    private static final VarHandle LONG;
    private static final VarHandle BYTE;
    private static final VarHandle FLAG;
    private static final VarHandle TEXT;
    private static final VarHandle INHERITED;
    private static final VarHandle SHARED;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle STRINGS = MethodHandles.arrayElementVarHandle(String[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LONG = lookup.findVarHandle(Fields.class, "number", long.class);
            BYTE = lookup.findVarHandle(Fields.class, "octet", byte.class);
            FLAG = lookup.findVarHandle(Fields.class, "flag", boolean.class);
            TEXT = lookup.findVarHandle(Fields.class, "text", String.class);
            INHERITED = lookup.findVarHandle(Fields.class, "inherited", int.class);
            SHARED = lookup.findStaticVarHandle(AccessScenarios.class, "shared", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static int shared = 1;
    private static volatile double sharedVolatile = 0.5;

    static class Parent {
        int inherited = 3;
    }

    static final class Fields extends Parent {
        long number = 1L << 40;
        byte octet = 127;
        boolean flag;
        String text = "a";
        volatile long volatileNumber = 5;
        double wide;

        Fields() {
            super();
            wide = number / 2.0;
        }
    }

    static final class Counter extends AtomicInteger {
        private static final long serialVersionUID = 1L;

        int next() {
            return incrementAndGet() + super.get();
        }
    }

    private AccessScenarios() {}

    private static void check(Object actual, Object expected) {
        if (!expected.equals(actual)) {
            throw new AssertionError(actual + " is not " + expected);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread, and every kind of access
    static void varHandles() {
        Fields f = new Fields();
        check(f.wide, (double) (1L << 39));
        check((long) LONG.getAndAdd(f, 1), 1L << 40);
        check((long) LONG.get(f), (1L << 40) + 1);
        LONG.setRelease(f, 7);
        check(f.number, 7L);
        f.number = 8;
        check((long) LONG.getAcquire(f), 8L);
        check((long) LONG.getAndBitwiseXor(f, 3L), 8L);
        check((long) LONG.getVolatile(f), 11L);
        check((byte) BYTE.getAndAdd(f, (byte) 1), (byte) 127);
        check(f.octet, (byte) -128);
        check((boolean) FLAG.getAndBitwiseOr(f, true), false);
        check(f.flag, true);
        check(TEXT.compareAndSet(f, "a", "b"), true);
        check((String) TEXT.compareAndExchange(f, "a", "c"), "b");
        check((String) TEXT.getAndSetRelease(f, "d"), "b");
        check((String) TEXT.getOpaque(f), "d");
        check((int) INHERITED.getAndAdd(f, 2), 3);
        check(f.inherited, 5);
        check((int) SHARED.getAndAdd(2), 1);
        check(shared, 3);
        sharedVolatile *= 3;
        check(sharedVolatile, 1.5);
        f.volatileNumber++;
        check(f.volatileNumber, 6L);
        try {
            LONG.getAcquire((Fields) null);
            throw new AssertionError("no exception");
        } catch (NullPointerException expected) {
            // as it has to be
        }
    }

    static void arrays() {
        int[] ints = {1, 2};
        check((int) INTS.getAndAdd(ints, 1, 5), 2);
        check(ints[1], 7);
        String[] strings = new String[1];
        STRINGS.setRelease(strings, 0, "x");
        check(strings[0], "x");
        check((boolean) STRINGS.weakCompareAndSetPlain(strings, 0, "y", "z"), false);
        long[] longs = new long[1];
        longs[0] = 1L << 50;
        longs[0] += 1;
        check(longs[0], (1L << 50) + 1);
        double[][] doubles = {{1.5}};
        doubles[0][0]++;
        check(doubles[0][0], 2.5);
        try {
            INTS.getVolatile(ints, 2);
            throw new AssertionError("no exception");
        } catch (IndexOutOfBoundsException expected) {
            // as it has to be
        }
        try {
            ints[2] = 1;
            throw new AssertionError("no exception");
        } catch (ArrayIndexOutOfBoundsException expected) {
            // as it has to be
        }
    }

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final VarHandle OBJECTS = MethodHandles.arrayElementVarHandle(Object[].class);

    /** Elements of arrays of the types that lock-free tables are made of, in every mode. */
    static void elements() {
        int[] ints = new int[2];
        INTS.set(ints, 1, 1);
        INTS.setOpaque(ints, 1, (int) INTS.get(ints, 1) + 1);
        INTS.setRelease(ints, 1, (int) INTS.getOpaque(ints, 1) + 1);
        INTS.setVolatile(ints, 1, (int) INTS.getAcquire(ints, 1) + 1);
        check((int) INTS.getVolatile(ints, 1), 4);
        check(INTS.compareAndSet(ints, 1, 4, 5), true);
        check((int) INTS.compareAndExchangeAcquire(ints, 1, 4, 6), 5);
        check((int) INTS.compareAndExchangeRelease(ints, 1, 5, 6), 5);
        check((int) INTS.getAndAddAcquire(ints, 1, 1), 6);
        check((int) INTS.getAndBitwiseOrRelease(ints, 1, 8), 7);
        check(ints[1], 15);
        check(ints[0], 0);

        long[] longs = new long[2];
        LONGS.set(longs, 0, 1L << 40);
        LONGS.setOpaque(longs, 1, (long) LONGS.get(longs, 0) + 1);
        LONGS.setRelease(longs, 0, (long) LONGS.getOpaque(longs, 1) + 1);
        LONGS.setVolatile(longs, 1, (long) LONGS.getAcquire(longs, 0) + 1);
        check((long) LONGS.getVolatile(longs, 1), (1L << 40) + 3);
        check(LONGS.compareAndSet(longs, 1, (1L << 40) + 3, 7L), true);
        check((long) LONGS.getAndSet(longs, 1, 8L), 7L);
        check((long) LONGS.getAndBitwiseAnd(longs, 1, 12L), 8L);
        check(LONGS.weakCompareAndSetPlain(longs, 1, 9L, 1L), false);

        byte[] bytes = {127};
        check((byte) BYTES.getAndAdd(bytes, 0, (byte) 1), (byte) 127);
        check((byte) BYTES.getOpaque(bytes, 0), (byte) -128);
        BYTES.setRelease(bytes, 0, (byte) 3);
        check((byte) BYTES.getAcquire(bytes, 0), (byte) 3);
        check(BYTES.compareAndSet(bytes, 0, (byte) 3, (byte) 4), true);
        BYTES.setVolatile(bytes, 0, (byte) ((byte) BYTES.getVolatile(bytes, 0) + 1));
        check(bytes[0], (byte) 5);

        Object[] objects = new Object[1];
        OBJECTS.setOpaque(objects, 0, "a");
        check(OBJECTS.compareAndSet(objects, 0, "a", "b"), true);
        check(OBJECTS.compareAndExchange(objects, 0, "a", "c"), "b");
        check(OBJECTS.getAndSetAcquire(objects, 0, "d"), "b");
        OBJECTS.setVolatile(objects, 0, "e");
        check(OBJECTS.getAcquire(objects, 0), "e");
        OBJECTS.setRelease(objects, 0, null);
        check(OBJECTS.getVolatile(objects, 0) == null, true);
    }

    @SuppressWarnings("UnnecessaryAsync") // one thread, and every kind of operation
    static void atomics() {
        AtomicInteger integer = new AtomicInteger(1);
        check(integer.incrementAndGet(), 2);
        check(integer.getAndDecrement(), 2);
        check(integer.decrementAndGet(), 0);
        check(integer.addAndGet(5), 5);
        check(integer.updateAndGet(i -> i * 2), 10);
        check(integer.getAndUpdate(i -> i + 1), 10);
        check(integer.accumulateAndGet(4, (a, b) -> a - b), 7);
        check(integer.intValue(), 7);
        integer.lazySet(3);
        check(integer.getPlain(), 3);
        integer.setPlain(4);
        check(integer.compareAndExchange(4, 5), 4);
        AtomicLong number = new AtomicLong();
        check(number.intValue(), 0);
        check(number.getAndAdd(1L << 33), 0L);
        check(number.doubleValue(), (double) (1L << 33));
        check(number.accumulateAndGet(1, Long::sum), (1L << 33) + 1);
        AtomicBoolean flag = new AtomicBoolean();
        check(flag.getAndSet(true), false);
        check(flag.compareAndSet(true, false), true);
        AtomicReference<String> reference = new AtomicReference<>("a");
        check(reference.getAndAccumulate("b", String::concat), "a");
        check(reference.get(), "ab");
        check(reference.getAndUpdate(s -> s + "c"), "ab");
        AtomicReferenceArray<String> references = new AtomicReferenceArray<>(2);
        check(references.compareAndSet(1, null, "x"), true);
        check(references.get(1), "x");
        AtomicIntegerArray integers = new AtomicIntegerArray(2);
        check(integers.incrementAndGet(1), 1);
        check(integers.getAndAdd(1, 4), 1);
        check(integers.updateAndGet(1, i -> -i), -5);
        check(integers.length(), 2);
        check(new Counter().next(), 2);
    }

    /** Of threads that are made anew in each execution. */
    static void threadIds() {
        Thread other = new Thread(() -> {});
        other.start();
        check(Thread.currentThread().getId(), 0L);
        check(other.getId(), 1L);
    }
}
