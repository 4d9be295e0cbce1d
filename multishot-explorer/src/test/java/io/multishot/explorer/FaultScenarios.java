package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that stall or die, and scenarios that are large. */
final class FaultScenarios {
    private FaultScenarios() {}

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body, "other");
        thread.start();
        return thread;
    }

    /** A counter behind a lock, or one that is free of locks; the thread of the scenario counts, too. */
    static void counter(String kind) throws InterruptedException {
        AtomicBoolean locked = new AtomicBoolean();
        AtomicInteger count = new AtomicInteger();
        Runnable add = () -> {
            switch (kind) {
                case "lockFree" -> count.incrementAndGet();
                case "spinLock" -> {
                    while (!locked.compareAndSet(false, true)) {
                        Thread.onSpinWait();
                    }
                    count.setOpaque(count.getOpaque() + 1);
                    locked.set(false);
                }
                case "finally" -> {
                    while (!locked.compareAndSet(false, true)) {
                        Thread.onSpinWait();
                    }
                    try {
                        count.setOpaque(count.getOpaque() + 1);
                    } finally {
                        locked.set(false);
                    }
                }
                default -> throw new IllegalArgumentException(kind);
            }
        };
        Thread other = start(add);
        add.run();
        other.join();
        Probe.outcome((Probe.isStalled(other) ? "stalled " : "") + count.get());
    }

    static void monitorOfAStalledThread() throws InterruptedException {
        Object monitor = new Object();
        AtomicInteger count = new AtomicInteger();
        Thread other = start(() -> {
            synchronized (monitor) {
                count.incrementAndGet();
            }
        });
        synchronized (monitor) {
            count.incrementAndGet();
        }
        other.join();
    }

    /** The other thread enters only if it sees that the first one has. */
    static void seenInsideOfAMonitor() throws InterruptedException {
        Object monitor = new Object();
        AtomicInteger inside = new AtomicInteger();
        Thread other = start(() -> {
            synchronized (monitor) {
                inside.set(1);
            }
        });
        if (inside.get() == 1) {
            synchronized (monitor) {
                Probe.outcome("entered");
            }
        }
        other.join();
    }

    /** A thread waits for a notification, which never comes, or for its time to pass. */
    @SuppressWarnings("WaitNotInLoop") // it is the death of the thread that is explored
    static void waiting() throws InterruptedException {
        Object monitor = new Object();
        Thread other = start(() -> {
            synchronized (monitor) {
                try {
                    monitor.wait(5);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        other.join();
        synchronized (monitor) {
            Probe.outcome("entered");
        }
    }

    /** The join that returns does not order what a stalled thread has written. */
    static void readAfterJoin() throws InterruptedException {
        int[] shared = new int[1];
        AtomicInteger steps = new AtomicInteger();
        Thread other = start(() -> {
            shared[0] = 1;
            steps.incrementAndGet();
        });
        other.join();
        Probe.outcome("" + shared[0]);
    }

    /** Loses an update if the one thread is interrupted between its load and its store. */
    static void lostUpdate() throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        Runnable add = () -> count.set(count.get() + 1);
        Thread other = start(add);
        add.run();
        other.join();
        if (count.get() != 2) {
            throw new AssertionError("lost: " + count.get());
        }
    }

    /** A stack by compare-and-set of its head. */
    static final class Stack {
        private record Node(int value, @Nullable Node next) {}

        private final AtomicReference<@Nullable Node> head = new AtomicReference<>();

        void push(int value) {
            Node old;
            do {
                old = head.get();
            } while (!head.compareAndSet(old, new Node(value, old)));
        }

        int pop() {
            Node old;
            do {
                old = head.get();
                if (old == null) {
                    return 0;
                }
            } while (!head.compareAndSet(old, old.next));
            return old.value;
        }
    }

    /** So many threads, each with so many operations: pushes and pops in turn. */
    static void stack(int threads, int operations) throws InterruptedException {
        Stack stack = new Stack();
        List<Thread> started = new ArrayList<>();
        AtomicInteger popped = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            int id = i;
            started.add(new Thread(() -> {
                for (int k = 0; k < operations; k++) {
                    if ((id + k) % 2 == 0) {
                        stack.push(1 << (id * operations + k));
                    } else {
                        popped.getAndAdd(stack.pop());
                    }
                }
            }));
        }
        started.forEach(Thread::start);
        for (Thread thread : started) {
            thread.join();
        }
        int pushed = 0;
        for (int i = 0; i < threads; i++) {
            for (int k = 0; k < operations; k++) {
                pushed += (i + k) % 2 == 0 ? 1 << (i * operations + k) : 0;
            }
        }
        int left = 0;
        for (int value = stack.pop(); value != 0; value = stack.pop()) {
            left += value;
        }
        if (popped.get() + left != pushed) {
            throw new AssertionError("pushed " + pushed + ", popped " + popped.get() + ", left " + left);
        }
    }
}
