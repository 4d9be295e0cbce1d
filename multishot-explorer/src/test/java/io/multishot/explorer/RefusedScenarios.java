package io.multishot.explorer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** One scenario for each kind of operation that is refused. */
@SuppressWarnings("ReturnValueIgnored") // the calls are the point
final class RefusedScenarios {
    volatile int field;

    private RefusedScenarios() {}

    static void threadSleep() throws InterruptedException {
        Thread.sleep(1);
    }

    static void threadTimedJoin() throws InterruptedException {
        new Thread(() -> {}).join(1);
    }

    static void threadIsAlive() {
        new Thread(() -> {}).isAlive();
    }

    static void timeUnitSleep() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    static void concurrentMap() {
        new ConcurrentHashMap<String, String>();
    }

    @SuppressWarnings({"UnnecessaryAsync", "ReturnValueIgnored"}) // that it is made is the point
    static void concurrentMapByMethodReference() {
        Supplier<Object> supplier = ConcurrentHashMap::new;
        supplier.get();
    }

    static void lock() {
        new ReentrantReadWriteLock();
    }

    static void reflectionArraySet() {
        java.lang.reflect.Array.set(new int[1], 0, 1);
    }

    static void file() {
        java.nio.file.Path.of("x");
    }

    static void stringReader() {
        new java.io.StringReader("x");
    }

    static final class Copied implements Cloneable {
        int field;

        void copy() throws CloneNotSupportedException {
            Object copy = super.clone();
            java.util.Objects.requireNonNull(copy);
        }
    }

    static void cloneOfAnObject() throws CloneNotSupportedException {
        new Copied().copy();
    }

    static void latch() {
        new CountDownLatch(1).countDown();
    }

    static void executor() {
        Executors.newCachedThreadPool();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // that it is made is the point
    static void completableFuture() {
        CompletableFuture.completedFuture("x");
    }

    static void longAdder() {
        new LongAdder().increment();
    }

    /** Takes the place of the refused one. */
    static final class StandIn {
        private int sum;

        void increment() {
            sum++;
            Probe.outcome("sum " + sum);
        }
    }

    static void stampedReference() {
        new AtomicStampedReference<>("x", 1);
    }

    static void fieldUpdater() {
        AtomicIntegerFieldUpdater.newUpdater(RefusedScenarios.class, "field");
    }

    static void parkUntil() {
        LockSupport.parkUntil(1);
    }

    static void reflectionFieldSet() throws ReflectiveOperationException {
        RefusedScenarios.class.getDeclaredField("field").setInt(new RefusedScenarios(), 1);
    }

    static void reflectionInvoke() throws ReflectiveOperationException {
        RefusedScenarios.class.getDeclaredMethod("field").invoke(null);
    }

    static void methodHandle() throws Throwable {
        MethodHandles.lookup()
                .findVirtual(Object.class, "hashCode", MethodType.methodType(int.class))
                .invoke("x");
    }

    static void varHandleToMethodHandle() throws ReflectiveOperationException {
        MethodHandles.lookup()
                .findVarHandle(RefusedScenarios.class, "field", int.class)
                .toMethodHandle(VarHandle.AccessMode.GET);
    }

    static void varHandleOfBytes() {
        VarHandle view = MethodHandles.byteArrayViewVarHandle(int[].class, java.nio.ByteOrder.nativeOrder());
        view.set(new byte[8], 0, 1);
    }

    static void threadLocal() {
        ThreadLocal.withInitial(() -> "x").get();
    }

    static void timer() {
        new Timer();
    }

    static void time() {
        System.currentTimeMillis();
    }

    static void random() {
        new Random();
    }

    static void threadLocalRandom() {
        ThreadLocalRandom.current();
    }

    static void uuid() {
        UUID.randomUUID();
    }

    static void exit() {
        System.exit(1);
    }

    static void streamSupport() {
        StreamSupport.stream(List.of(1).spliterator(), true).forEach(Objects::requireNonNull);
    }

    static void parallelStream() {
        java.util.List.of(1).parallelStream();
    }

    static void unknownLibrary() {
        org.objectweb.asm.Type.getType("I");
    }

    static class Subclass extends CompletableFuture<String> {}

    static void subclassOfConcurrentClass() {
        new Subclass();
    }

    static class Worker extends Thread {}

    static void subclassOfThread() throws InterruptedException {
        Worker.sleep(1);
    }

    static final class Initialised {
        static final Object VALUE = new ConcurrentHashMap<>();

        private Initialised() {}
    }

    @SuppressWarnings("ReturnValueIgnored") // to initialise the class is the point
    static void initialiser() {
        Initialised.VALUE.hashCode();
    }

    static void evenIfCaught() {
        try {
            threadSleep();
        } catch (Exception e) {
            // as code under test may
        }
    }

    // ---- allowed ----------------------------------------------------------------------------------------------------

    record Pair(String a, int b) {}

    static void harmless() {
        java.util.List<Pair> list = new java.util.ArrayList<>();
        list.add(new Pair("x", Math.max(1, 2)));
        java.util.ArrayDeque<Object> deque = new java.util.ArrayDeque<>(list);
        java.util.Objects.requireNonNull(deque.poll());
        new Random(1).nextInt();
        String text = list + " " + TimeUnit.SECONDS.toNanos(1) + new java.util.concurrent.TimeoutException();
        java.util.concurrent.Executor direct = Runnable::run;
        direct.execute(() -> Probe.outcome(text));
        if (false) {
            new ConcurrentHashMap<>();
        }
    }

    static void trusted() {
        org.objectweb.asm.Type.getType("I");
    }
}
