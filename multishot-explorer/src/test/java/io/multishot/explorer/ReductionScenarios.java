package io.multishot.explorer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Steps that depend on each other although they do not touch the same field. */
@SuppressWarnings({"LockNotBeforeTry", "ThreadJoinLoop", "UnnecessaryAsync", "WaitNotInLoop"}) // each step is the point
final class ReductionScenarios {
    private ReductionScenarios() {}

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body, "other");
        thread.start();
        return thread;
    }

    /** The lock is held while its owner does something that the other thread sees, or does not. */
    static void tryLockOfAHeldLock(boolean sees) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger unrelated = new AtomicInteger();
        Thread owner = start(() -> {
            lock.lock();
            inside.set(1);
            lock.unlock();
        });
        int seen = sees ? inside.get() : unrelated.get();
        boolean locked = lock.tryLock();
        if (locked) {
            lock.unlock();
        }
        owner.join();
        Probe.outcome(seen + "," + locked);
    }

    /** Two threads name the outcome. */
    static void outcomeOfEither() throws InterruptedException {
        AtomicInteger x = new AtomicInteger();
        AtomicInteger y = new AtomicInteger();
        Thread other = start(() -> {
            x.set(1);
            Probe.outcome("other");
        });
        y.set(1);
        Probe.outcome("main");
        other.join();
    }

    /** A thread spins a few times, then gives up, while the other one does something else first. */
    static void spinThatGivesUp(int spins, int loads) throws InterruptedException {
        AtomicBoolean flag = new AtomicBoolean();
        AtomicInteger unrelated = new AtomicInteger();
        Thread other = start(() -> {
            for (int i = 0; i < loads; i++) {
                unrelated.getOpaque();
            }
            flag.set(true);
        });
        boolean seen = flag.get();
        for (int i = 0; i < spins && !seen; i++) {
            Thread.onSpinWait();
            seen = flag.get();
        }
        other.join();
        Probe.outcome(seen ? "seen" : "given up");
    }

    /** The interrupt comes after the thread began to wait, and after another one found it not interrupted. */
    static void interruptOfATimedWait() throws InterruptedException {
        Object monitor = new Object();
        int[] entered = new int[1];
        boolean[] wasInterrupted = new boolean[1];
        Thread main = Thread.currentThread();
        Thread looks = new Thread(() -> {
            synchronized (monitor) {
                entered[0] = 1;
            }
            wasInterrupted[0] = main.isInterrupted();
        });
        Thread interrupts = new Thread(main::interrupt);
        looks.start();
        interrupts.start();
        String how = "returned";
        synchronized (monitor) {
            String before = entered[0] + "";
            try {
                monitor.wait(0, 5);
            } catch (InterruptedException e) {
                how = "interrupted";
            }
            how += " " + before + entered[0] + " after " + System.nanoTime();
        }
        joinUninterruptibly(looks);
        joinUninterruptibly(interrupts);
        Probe.outcome(how + (wasInterrupted[0] ? ", seen" : ""));
    }

    private static void joinUninterruptibly(Thread thread) {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                // once more
            }
        }
    }

    /** An unpark that comes before the start of its thread is lost; nothing orders the two. */
    static void unparkAgainstStart() throws InterruptedException {
        AtomicInteger unrelated = new AtomicInteger();
        Thread sleeper = new Thread(LockSupport::park);
        Thread waker = start(() -> {
            unrelated.set(1);
            LockSupport.unpark(sleeper);
        });
        sleeper.start();
        sleeper.join();
        waker.join();
    }

    /** A join that comes before the start of its thread returns at once. */
    static void joinAgainstStart() throws InterruptedException {
        AtomicInteger counter = new AtomicInteger();
        AtomicInteger unrelated = new AtomicInteger();
        int[] seen = new int[1];
        Thread counts = new Thread(counter::incrementAndGet);
        Thread joins = start(() -> {
            unrelated.set(1);
            try {
                counts.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            seen[0] = counter.get();
        });
        counts.start();
        joins.join();
        counts.join();
        Probe.outcome("" + seen[0]);
    }
}
