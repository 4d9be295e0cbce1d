package io.multishot.explorer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Monitors and locks. */
final class MonitorScenarios {
    private MonitorScenarios() {}

    private static void run(Runnable one, Runnable other) throws InterruptedException {
        Thread thread = new Thread(one, "other");
        thread.start();
        other.run();
        thread.join();
    }

    /** A counter by each way to exclude the other thread. */
    static final class Counter {
        private static int total;
        private final ReentrantLock lock = new ReentrantLock();
        private int count;

        synchronized int method(int by, long ignored) {
            count += by;
            return count;
        }

        static synchronized void staticMethod() {
            total++;
        }

        void block() {
            synchronized (this) {
                synchronized (this) {
                    count++;
                }
            }
        }

        void locked() {
            lock.lock();
            try {
                count++;
            } finally {
                lock.unlock();
            }
        }

        synchronized void throwing() {
            count++;
            throw new IllegalStateException("planted");
        }

        void add(String way) {
            switch (way) {
                case "method" -> method(1, 2);
                case "staticMethod" -> staticMethod();
                case "block" -> block();
                case "lock" -> locked();
                case "throwing" -> {
                    try {
                        throwing();
                    } catch (IllegalStateException expected) {
                        // it has left the monitor
                    }
                }
                case "nothing" -> count++;
                default -> throw new IllegalArgumentException(way);
            }
        }
    }

    static void counting(String way) throws InterruptedException {
        Counter counter = new Counter();
        run(() -> counter.add(way), () -> counter.add(way));
        Probe.outcome("" + (counter.count + Counter.total));
    }

    static void otherMonitors() throws InterruptedException {
        int[] shared = new int[1];
        run(
                () -> {
                    synchronized (new Object()) {
                        shared[0]++;
                    }
                },
                () -> {
                    synchronized (new Object()) {
                        shared[0]++;
                    }
                });
    }

    static void lockOrder(boolean same) throws InterruptedException {
        Object a = new Object();
        Object b = new Object();
        run(
                () -> {
                    synchronized (a) {
                        synchronized (b) {
                            Probe.outcome("x");
                        }
                    }
                },
                () -> {
                    synchronized (same ? a : b) {
                        synchronized (same ? b : a) {
                            Probe.outcome("x");
                        }
                    }
                });
    }

    /** One thread waits for what the other one sets. */
    @SuppressWarnings("WaitNotInLoop") // the consequence is explored
    static void waiting(String how) throws InterruptedException {
        Object monitor = new Object();
        boolean[] set = new boolean[1];
        run(
                () -> {
                    synchronized (monitor) {
                        set[0] = true;
                        if (!how.equals("notNotified")) {
                            monitor.notify();
                        }
                    }
                },
                () -> {
                    synchronized (monitor) {
                        try {
                            if (how.equals("once")) {
                                if (!set[0]) {
                                    monitor.wait();
                                }
                            } else if (how.equals("timed")) {
                                if (!set[0]) {
                                    monitor.wait(5);
                                }
                            } else {
                                while (!set[0]) {
                                    monitor.wait();
                                }
                            }
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        Probe.outcome("" + set[0]);
                    }
                });
    }

    /** Of two that wait, one is woken by a single notification, and either may be. */
    @SuppressWarnings("WaitNotInLoop") // without spurious wake-ups
    static void notifyOne(boolean all) throws InterruptedException {
        Object monitor = new Object();
        int[] state = new int[3];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int id = i;
            threads[i] = new Thread(() -> {
                synchronized (monitor) {
                    try {
                        state[2]++;
                        monitor.wait();
                        state[id] = 1;
                        if (!all) {
                            Probe.outcome("first " + id);
                            monitor.notify();
                        }
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            threads[i].start();
        }
        boolean both = false;
        while (!both) {
            synchronized (monitor) {
                both = state[2] == 2;
                if (both && all) {
                    monitor.notifyAll();
                } else if (both) {
                    monitor.notify();
                }
            }
            Thread.onSpinWait();
        }
        threads[0].join();
        threads[1].join();
    }

    @SuppressWarnings("WaitNotInLoop") // nothing but the interrupt ends the wait
    static void interrupted() throws InterruptedException {
        Object monitor = new Object();
        Thread main = Thread.currentThread();
        Thread other = new Thread(main::interrupt);
        other.start();
        synchronized (monitor) {
            try {
                monitor.wait();
                throw new AssertionError("returned");
            } catch (InterruptedException e) {
                Probe.outcome("interrupted, inside: " + Thread.holdsLock(monitor));
            }
        }
        other.join();
    }

    static void notOwner() {
        new Object().notifyAll();
    }

    /** A place for one element, by lock and conditions. */
    static void conditions() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock(true);
        Condition filled = lock.newCondition();
        Condition emptied = lock.newCondition();
        int[] place = new int[1];
        int[] sum = new int[1];
        run(
                () -> {
                    for (int i = 1; i <= 2; i++) {
                        lock.lock();
                        try {
                            while (place[0] != 0) {
                                emptied.await();
                            }
                            place[0] = i;
                            filled.signal();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        } finally {
                            lock.unlock();
                        }
                    }
                },
                () -> {
                    for (int i = 1; i <= 2; i++) {
                        lock.lock();
                        try {
                            while (place[0] == 0) {
                                filled.await();
                            }
                            sum[0] = sum[0] * 10 + place[0];
                            place[0] = 0;
                            emptied.signal();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        } finally {
                            lock.unlock();
                        }
                    }
                });
        Probe.outcome("" + sum[0]);
    }

    static void tryLock() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        AtomicBoolean failed = new AtomicBoolean();
        Runnable attempt = () -> {
            if (lock.tryLock()) {
                failed.getOpaque();
                lock.unlock();
            } else {
                failed.set(true);
            }
        };
        run(attempt, attempt);
        Probe.outcome("failed: " + failed.get());
    }

    static void adding() throws InterruptedException {
        LongAdder adder = new LongAdder();
        long[] seen = new long[1];
        Thread one = new Thread(adder::increment);
        Thread two = new Thread(() -> adder.add(10));
        one.start();
        two.start();
        seen[0] = adder.sum();
        one.join();
        two.join();
        Probe.outcome(seen[0] + "," + adder.sum());
    }
}
