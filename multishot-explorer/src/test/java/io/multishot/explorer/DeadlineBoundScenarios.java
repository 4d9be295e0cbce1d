package io.multishot.explorer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A timer that finds the earliest deadline by bounds on three levels: the slots, one chunk of them, one group of
 * chunks. Whoever sets a deadline lowers the bounds and the time at which the timer wakes. A scan raises the bounds
 * again, and may die on the way. The timer must never sleep past the deadline of a request that was opened.
 */
final class DeadlineBoundScenarios {
    private static final int NEVER = 99;
    private static final int AWAKE = -1;
    private static final int NOBODY = -1;
    private static final int OPEN = 1;
    private static final int LAPSED = 2;

    private DeadlineBoundScenarios() {}

    /** The state that all threads share. */
    static final class Table {
        /** Looks at the group's bound even if the chunk's was low enough. */
        final boolean alwaysBoth;
        /** Scans what does not look due, too, after a scan that did not end. */
        final boolean scansAllAfterDeath;

        final int[] deadlines;
        final AtomicInteger now = new AtomicInteger();
        final AtomicInteger group = new AtomicInteger(NEVER);
        final AtomicInteger chunk = new AtomicInteger(NEVER);
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger done = new AtomicInteger();
        final AtomicInteger wake = new AtomicInteger(NEVER);
        final AtomicBoolean scanning = new AtomicBoolean();
        final AtomicInteger[] words;
        final AtomicInteger[] owners;
        final AtomicInteger[] states;
        final AtomicBoolean[] returned;

        /** Odd while the timer sleeps. */
        final AtomicInteger sleeps = new AtomicInteger(1);

        Table(boolean alwaysBoth, boolean scansAllAfterDeath, int... deadlines) {
            this.alwaysBoth = alwaysBoth;
            this.scansAllAfterDeath = scansAllAfterDeath;
            this.deadlines = deadlines;
            int slots = deadlines.length;
            words = new AtomicInteger[slots];
            owners = new AtomicInteger[slots];
            states = new AtomicInteger[slots];
            returned = new AtomicBoolean[slots];
            for (int i = 0; i < slots; i++) {
                words[i] = new AtomicInteger(NEVER);
                owners[i] = new AtomicInteger(NOBODY);
                states[i] = new AtomicInteger();
                returned[i] = new AtomicBoolean();
            }
        }

        private static void lower(AtomicInteger bound, int to) {
            int old = bound.get();
            while (to < old) {
                int witness = bound.compareAndExchange(old, to);
                if (witness == old) {
                    return;
                }
                old = witness;
            }
        }

        void open(int request) {
            int deadline = deadlines[request];
            words[request].set(deadline);
            owners[request].set(request);
            states[request].set(OPEN);
            boolean chunkWasHigh = deadline < chunk.get();
            if (chunkWasHigh) {
                lower(chunk, deadline);
            }
            if (alwaysBoth || chunkWasHigh) {
                lower(group, deadline);
            }
            lower(wake, deadline);
            returned[request].set(true);
            check(request);
        }

        /** The request must not be open with its deadline before the time at which the timer wakes. */
        void check(int request) {
            int sleep = sleeps.get();
            if (sleep % 2 == 0 || !returned[request].get() || states[request].get() != OPEN) {
                return;
            }
            int until = wake.get();
            if (until > Math.max(deadlines[request], now.get() + 1) && sleeps.get() == sleep) {
                throw new AssertionError("late: the timer sleeps until " + until + ", request " + request
                        + " is due at " + deadlines[request]);
            }
        }

        void scan() {
            int before = begun.getAndIncrement();
            boolean died = before != done.get();
            group.set(NEVER);
            if (chunk.get() <= now.get() || (died && scansAllAfterDeath)) {
                chunk.set(NEVER);
                int earliest = NEVER;
                for (int i = 0; i < words.length; i++) {
                    int word = words[i].get();
                    int owner = owners[i].get();
                    if (owner != NOBODY && word <= now.get()) {
                        if (states[owner].compareAndSet(OPEN, LAPSED)) {
                            owners[i].compareAndSet(owner, NOBODY);
                        }
                    } else if (owner != NOBODY) {
                        earliest = Math.min(earliest, word);
                    }
                }
                lower(chunk, earliest);
            }
            lower(group, chunk.get());
            done.set(before + 1);
        }

        /** When the timer has to look again. */
        int next() {
            int ended = done.get();
            int bound = group.get();
            return begun.get() != ended ? Math.min(now.get() + 1, bound) : bound;
        }

        /** What the timer does until it sleeps; false if it need not wake now. */
        boolean tick() {
            if (now.get() < wake.get()) {
                return false;
            }
            sleeps.incrementAndGet();
            wake.set(AWAKE);
            if (next() <= now.get() + 1) {
                if (scanning.compareAndSet(false, true)) {
                    try {
                        scan();
                    } finally {
                        scanning.set(false);
                    }
                }
            }
            int until = next();
            wake.set(until);
            lower(wake, next());
            sleeps.incrementAndGet();
            for (int i = 0; i < words.length; i++) {
                check(i);
            }
            return true;
        }

        /** A sweep by another thread than the timer. */
        void sweep() {
            if (scanning.compareAndSet(false, true)) {
                try {
                    scan();
                } finally {
                    scanning.set(false);
                }
                lower(wake, group.get());
            }
        }
    }

    /**
     * Requests are opened, a second one if it has a deadline; the timer ticks, and another thread sweeps if it is
     * wanted.
     */
    static void run(boolean alwaysBoth, boolean scansAllAfterDeath, boolean sweeps, int ticks, int first, int second)
            throws InterruptedException {
        Table table = second < 0
                ? new Table(alwaysBoth, scansAllAfterDeath, first)
                : new Table(alwaysBoth, scansAllAfterDeath, first, second);
        Thread[] threads = new Thread[table.deadlines.length + (sweeps ? 2 : 1)];
        int count = 0;
        for (int i = 0; i < table.deadlines.length; i++) {
            int request = i;
            threads[count++] = new Thread(() -> table.open(request), "opener" + request);
        }
        threads[count++] = new Thread(
                () -> {
                    for (int i = 0; i < ticks && table.tick(); i++) {
                        // once more
                    }
                },
                "timer");
        if (sweeps) {
            threads[count] = new Thread(table::sweep, "sweeper");
        }
        for (Thread thread : threads) {
            thread.start();
        }
        table.now.set(1);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
