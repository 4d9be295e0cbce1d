package io.multishot.explorer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Executes random programs of steps of every kind. Explored, not run as a test. A step is three characters: what it
 * does, to which location or thread, and with which value. What a thread learns by its steps goes into its result.
 */
final class RandomStepsScenario {
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(int[].class);
    static final int CHARACTERS = 3;

    private final int[] cells = new int[3];
    private final Object monitor = new Object();
    private final ReentrantLock lock = new ReentrantLock();
    private final String[] code;
    private final Thread[] threads;
    private final int[] results;

    /** Each is guarded, by the monitor or the lock. */
    private int inMonitor;

    private int inLock;

    private RandomStepsScenario(String[] code) {
        this.code = code;
        threads = new Thread[code.length];
        results = new int[code.length];
    }

    /**
     * Takes the code of the threads, separated by spaces; the first one starts the others, each when it comes to it.
     */
    static void run(String code) {
        RandomStepsScenario scenario = new RandomStepsScenario(code.split(" ", -1));
        scenario.threads[0] = Thread.currentThread();
        for (int i = 1; i < scenario.threads.length; i++) {
            int id = i;
            scenario.threads[i] = new Thread(() -> scenario.execute(id));
        }
        scenario.execute(0);
        StringBuilder outcome = new StringBuilder();
        for (int i = 0; i < scenario.threads.length; i++) {
            if (i > 0) {
                joinUninterruptibly(scenario.threads[i]);
            }
            outcome.append(Integer.toHexString(scenario.results[i])).append(',');
        }
        for (int i = 0; i < scenario.cells.length; i++) {
            outcome.append((int) CELLS.getVolatile(scenario.cells, i));
        }
        Probe.outcome(outcome.toString());
    }

    @SuppressWarnings("ThreadJoinLoop") // a library is not rewritten
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

    private void execute(int id) {
        String steps = code[id];
        int result = 1;
        int last = 0;
        for (int i = 0; i < steps.length(); i += CHARACTERS) {
            int at = steps.charAt(i + 1) - '0';
            int value = steps.charAt(i + 2) - '0';
            if (steps.charAt(i) == '?') {
                i += last == value ? 0 : CHARACTERS; // the next step is conditional
                continue;
            }
            int learnt = step(steps.charAt(i), at, value, last);
            if (learnt >= 0) {
                last = learnt;
                result = result << 4 | (learnt & 15);
            }
        }
        results[id] = result;
    }

    /** Returns what the thread learns by the step, -1 for nothing. */
    private int step(char kind, int at, int value, int last) {
        switch (kind) {
            case 'w' -> CELLS.setOpaque(cells, at, value);
            case 'W' -> CELLS.setVolatile(cells, at, value);
            case 's' -> CELLS.setRelease(cells, at, value);
            case 'F' -> VarHandle.fullFence();
            case 'B' -> threads[at].start();
            case 'P' -> LockSupport.parkNanos(5);
            case 'U' -> LockSupport.unpark(threads[at]);
            case 'I' -> threads[at].interrupt();
            case 'Y' -> Thread.onSpinWait();
            default -> {
                return learn(kind, at, value, last);
            }
        }
        return -1;
    }

    private int learn(char kind, int at, int value, int last) {
        return switch (kind) {
            case 'r' -> (int) CELLS.getOpaque(cells, at);
            case 'R' -> (int) CELLS.getVolatile(cells, at);
            case 'l' -> (int) CELLS.getAcquire(cells, at);
            case 'A' -> (int) CELLS.getAndAdd(cells, at, 1);
            case 'C' -> (int) CELLS.compareAndExchange(cells, at, last, value);
            case 'K' -> CELLS.weakCompareAndSetRelease(cells, at, last, value) ? 1 : 0;
            case 'Q' -> Thread.interrupted() ? 1 : 0;
            case 'H' -> threads[at].isInterrupted() ? 1 : 0;
            case 'N' -> (int) (System.nanoTime() / 5);
            case 'J' -> join(threads[at]);
            case 'M' -> add(at, value);
            case 'D' -> notifyOne(value);
            case 'T' -> await();
            case 'L' -> tryLock(at, value);
            default -> throw new IllegalArgumentException("" + kind);
        };
    }

    private static int join(Thread thread) {
        try {
            thread.join();
            return 0;
        } catch (InterruptedException e) {
            return 1;
        }
    }

    private int add(int at, int value) {
        synchronized (monitor) {
            CELLS.setOpaque(cells, at, value);
            inMonitor++;
            return inMonitor;
        }
    }

    private int notifyOne(int value) {
        synchronized (monitor) {
            inMonitor += value;
            monitor.notify();
            return inMonitor;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // whatever comes of it
    private int await() {
        synchronized (monitor) {
            int before = inMonitor;
            try {
                monitor.wait(0, 5);
                return inMonitor - before;
            } catch (InterruptedException e) {
                return 9;
            }
        }
    }

    private int tryLock(int at, int value) {
        if (!lock.tryLock()) {
            return 9;
        }
        try {
            inLock++;
            CELLS.setOpaque(cells, at, value);
            return inLock;
        } finally {
            lock.unlock();
        }
    }
}
