package io.multishot.explorer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Small pieces of concurrent code, each right or with a planted bug. */
final class BugScenarios {
    private BugScenarios() {}

    static final class Box {
        int content;
        final int fixed;

        Box(int content) {
            this.content = content;
            this.fixed = content;
        }
    }

    /** Hands a box over by a flag. */
    static final class Mailbox {
        private static final VarHandle FULL;

        static {
            try {
                FULL = MethodHandles.lookup().findVarHandle(Mailbox.class, "full", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private @Nullable Box box;
        private boolean full;
        private volatile boolean fullVolatile;

        void put(String mode, Box newBox) {
            box = newBox;
            switch (mode) {
                case "plain" -> full = true;
                case "opaque" -> FULL.setOpaque(this, true);
                case "release" -> FULL.setRelease(this, true);
                default -> fullVolatile = true;
            }
        }

        @Nullable
        Box poll(String mode) {
            boolean isFull = switch (mode) {
                case "plain" -> full;
                case "opaque" -> (boolean) FULL.getOpaque(this);
                case "release" -> (boolean) FULL.getAcquire(this);
                default -> fullVolatile;
            };
            return isFull ? box : null;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body, "other");
        thread.start();
        return thread;
    }

    static void publish(String mode) {
        Mailbox mailbox = new Mailbox();
        Thread other = start(() -> mailbox.put(mode, new Box(42)));
        Box box = mailbox.poll(mode);
        if (box != null && box.content != 42) {
            throw new AssertionError("content " + box.content);
        }
        join(other);
    }

    /** A final field is safe to read even where its object was published without order. */
    static void publishFinalField() {
        AtomicReference<Box> reference = new AtomicReference<>();
        Thread other = start(() -> reference.setOpaque(new Box(42)));
        Box box = reference.getOpaque();
        if (box != null && box.fixed != 42) {
            throw new AssertionError("content " + box.fixed);
        }
        join(other);
    }

    /** One waiter; the flag and the waiter are set without looking at each other again, or with. */
    static void waitForFlag(boolean checksAgain) {
        AtomicBoolean flag = new AtomicBoolean();
        AtomicReference<Thread> waiter = new AtomicReference<>();
        Thread other = start(() -> {
            flag.set(true);
            Thread waiting = waiter.get();
            if (waiting != null) {
                LockSupport.unpark(waiting);
            }
        });
        if (!flag.get()) {
            waiter.set(Thread.currentThread());
            while (!checksAgain || !flag.get()) {
                LockSupport.park();
                if (flag.get()) {
                    break;
                }
            }
        }
        join(other);
    }

    /** Cancel and completion of one state, by compare-and-set or by check and store. */
    static void cancel(boolean byCompareAndSet) {
        AtomicInteger state = new AtomicInteger();
        AtomicInteger winners = new AtomicInteger();
        Runnable end = () -> {
            if (byCompareAndSet) {
                if (state.compareAndSet(0, 1)) {
                    winners.incrementAndGet();
                }
            } else if (state.get() == 0) {
                state.set(1);
                winners.incrementAndGet();
            }
        };
        Thread other = start(end);
        end.run();
        join(other);
        if (winners.get() != 1) {
            throw new AssertionError(winners.get() + " winners");
        }
    }

    static void deadlock() {
        Thread main = Thread.currentThread();
        Thread other = start(() -> join(main));
        join(other);
    }

    /** A permit is not counted: two unparks before the park make one. */
    static void permitsDoNotAddUp(int parks) {
        Thread main = Thread.currentThread();
        Thread other = start(() -> {
            LockSupport.unpark(main);
            LockSupport.unpark(main);
        });
        join(other);
        for (int i = 0; i < parks; i++) {
            LockSupport.park();
        }
    }

    static void interruptParked() {
        Thread other = start(() -> {
            while (!Thread.interrupted()) {
                LockSupport.park();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("not cleared");
            }
        });
        other.interrupt();
        join(other);
    }

    /** An interrupt orders memory. */
    static void interruptPublishes() {
        Box box = new Box(0);
        Thread other = start(() -> {
            if (Thread.currentThread().isInterrupted() && box.content != 1) {
                throw new AssertionError("content " + box.content);
            }
        });
        box.content = 1;
        other.interrupt();
        join(other);
    }

    static void interruptJoin() {
        AtomicBoolean go = new AtomicBoolean();
        Thread main = Thread.currentThread();
        Thread other = start(() -> {
            main.interrupt();
            while (!go.get()) {
                Thread.onSpinWait();
            }
        });
        try {
            other.join();
            throw new AssertionError("joined");
        } catch (InterruptedException e) {
            go.set(true);
        }
        join(other);
    }

    static void timeout() {
        AtomicBoolean flag = new AtomicBoolean();
        Thread main = Thread.currentThread();
        Thread other = start(() -> {
            flag.set(true);
            LockSupport.unpark(main);
        });
        long deadline = System.nanoTime() + 1_000;
        long remaining = deadline - System.nanoTime();
        while (!flag.get() && remaining > 0) {
            LockSupport.parkNanos(BugScenarios.class, remaining);
            remaining = deadline - System.nanoTime();
        }
        Probe.outcome(flag.get() + (remaining > 0 ? " in time" : " too late"));
        join(other);
    }

    /** Relies on a park not to return before there is something. */
    static void parkOnce() {
        AtomicInteger value = new AtomicInteger();
        Thread main = Thread.currentThread();
        Thread other = start(() -> {
            value.set(1);
            LockSupport.unpark(main);
        });
        LockSupport.park();
        if (value.get() != 1) {
            throw new AssertionError("woken too early");
        }
        join(other);
    }

    static void weakCompareAndSet(boolean inLoop) {
        AtomicInteger value = new AtomicInteger();
        Thread other = start(() -> {
            boolean done = value.weakCompareAndSetVolatile(0, 1);
            while (inLoop && !done) {
                done = value.weakCompareAndSetVolatile(0, 1);
            }
        });
        join(other);
        if (value.get() != 1) {
            throw new AssertionError("failed for no reason");
        }
    }

    /** Spins on a flag of the weakest mode that guarantees an end. */
    static void spin(boolean onceSet) {
        AtomicBoolean flag = new AtomicBoolean();
        Thread other = start(() -> flag.setOpaque(onceSet));
        while (!flag.getOpaque()) {
            Thread.onSpinWait();
        }
        join(other);
    }

    static void shareArray(boolean sameElement) {
        long[] array = new long[2];
        Thread other = start(() -> array[0] = 1);
        array[sameElement ? 0 : 1] = 2;
        join(other);
        Probe.outcome(array[0] + "," + array[1]);
    }

    static void copySharedArray() {
        Object[] array = new Object[2];
        Thread other = start(() -> array[0] = "x");
        System.arraycopy(array, 0, new Object[2], 0, 2);
        join(other);
    }

    static void methodReferences() {
        AtomicInteger counter = new AtomicInteger();
        Thread other = start(counter::incrementAndGet);

        counter.incrementAndGet();
        Runnable spin = Thread::onSpinWait;
        spin.run();
        join(other);
        Probe.outcome("" + counter.get());
    }

    private static final AtomicInteger SHARED = new AtomicInteger();
    private static int plainStatic;
    private static final int[] PLAIN_ELEMENTS = {7};

    /** Static state starts every execution as the initialiser left it. */
    static void staticState() {
        Thread other = start(SHARED::incrementAndGet);
        int before = SHARED.getAndIncrement();
        join(other);
        plainStatic++;
        PLAIN_ELEMENTS[0]++;
        Probe.outcome(before + "," + SHARED.get() + "," + plainStatic + "," + PLAIN_ELEMENTS[0]);
    }

    private static final java.util.ArrayList<String> HIDDEN = new java.util.ArrayList<>();

    static void hiddenState() {
        AtomicInteger value = new AtomicInteger();
        HIDDEN.add("x");
        if (HIDDEN.size() % 2 == 0) {
            value.set(1);
        }
        Thread other = start(value::incrementAndGet);
        value.incrementAndGet();
        join(other);
    }

    static void count() {
        AtomicInteger integer = new AtomicInteger();
        AtomicReference<String> reference = new AtomicReference<>();
        AtomicOperations counted = Probe.during(() -> {
            integer.set(1);
            integer.setRelease(2);
            integer.setOpaque(3);
            integer.compareAndSet(0, 1);
            reference.getAndSet("x");
            reference.get();
            reference.getAcquire();
            reference.getOpaque();
            reference.getAcquire();
            VarHandle.fullFence();
        });
        Probe.outcome(counted.toString());
    }

    static void throwing() {
        join(start(() -> {
            throw new IllegalArgumentException("planted");
        }));
    }

    static void swallowing() {
        Box box = new Box(0);
        Thread other = start(() -> box.content = 1);
        try {
            box.content = 2;
        } catch (Throwable everything) {
            // as careless code does
        }
        join(other);
    }
}
