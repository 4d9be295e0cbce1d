package io.multishot.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A timer that finds the earliest deadline by bounds on three levels: a group of slots, a chunk of groups, and the time
 * at which the timer wakes. An opener writes its slot, then lowers all three. A scan raises the bounds of what it scans
 * and lowers them to the earliest deadline that is left; it may stall or die on the way.
 *
 * <p>The threads check nothing. The main thread checks at the end, when those that stalled or died still are where they
 * were, so that it sees the states in between, too. The timer must never sleep past the deadline of an open request, no
 * request ends before its deadline, and none is both extended and ended.
 */
final class DeadlineBoundScenarios {
    /** The time at the end. */
    private static final int TIME = 1;

    private static final int NEVER = 99;
    private static final int AWAKE = -1;
    private static final int FREE = -1;

    private static final int OPENING = 0;
    private static final int OPEN = 1;
    private static final int ENDED = 2;
    private static final int EXPIRED = 3;

    private DeadlineBoundScenarios() {}

    /** The steps that can be left out, or made wrong. */
    enum Bug {
        NONE,
        /** The time at which the timer wakes is lowered only if the chunk's bound was. */
        WAKES_IF_CHUNK_WAS_LOWERED,
        /** The chunk's bound is lowered only if the group's was. */
        CHUNK_IF_GROUP_WAS_LOWERED,
        /** The timer sleeps without a second look at the chunk's bound. */
        NO_SECOND_LOOK,
        /** The timer relies on the chunk's bound during a scan, too. */
        SCAN_UNNOTICED,
        /** The bounds are lowered before the request is open. */
        LOOKS_BEFORE_OPEN,
        /** A scan reads the deadline once, before the reference. */
        DEADLINE_READ_ONCE,
        /** Two scans may run at once. */
        NO_LOCK,
        /** After a scan that died, only the groups that look due are scanned. */
        DEATH_FORGOTTEN,
        /** A request ends by its deadline without its word being marked. */
        NOT_MARKED,
        /** A word that is marked already is passed over. */
        MARK_PASSED_OVER,
        /** An extension replaces the deadline without its stamp. */
        NO_STAMP
    }

    /** The part of a slot's word beside the deadline: the request, so that no stale word is taken for a new one. */
    private static final int STAMP = 1 << 8;

    /** Of a word: the request may be ended by any thread, and not be extended. */
    private static final int MARK = 1 << 16;

    /** The state that all threads share. */
    static final class Table {
        final Bug bug;
        final boolean marks;
        final AtomicInteger now = new AtomicInteger(TIME);
        final AtomicInteger group = new AtomicInteger(NEVER);
        final AtomicInteger chunk = new AtomicInteger(NEVER);
        final AtomicInteger wake = new AtomicInteger(NEVER);

        /** Odd while a scan is under way, and after one that died. */
        final AtomicInteger scans = new AtomicInteger();

        final ReentrantLock lock = new ReentrantLock();
        final AtomicInteger[] words;
        final AtomicInteger[] references;
        final AtomicInteger[] states;

        Table(Bug bug, int slots, int requests, boolean marks) {
            this.bug = bug;
            this.marks = marks;
            words = all(slots, NEVER);
            references = all(slots, FREE);
            states = all(requests, OPENING);
        }

        private static AtomicInteger[] all(int length, int value) {
            AtomicInteger[] result = new AtomicInteger[length];
            Arrays.setAll(result, i -> new AtomicInteger(value));
            return result;
        }

        // ---- requests -----------------------------------------------------------------------------------------------

        void open(int request, int slot, int deadline) {
            words[slot].set(request * STAMP + deadline);
            references[slot].set(request);
            if (bug == Bug.LOOKS_BEFORE_OPEN) {
                look(deadline);
                states[request].set(OPEN);
            } else {
                states[request].set(OPEN);
                look(deadline);
            }
        }

        private void look(int deadline) {
            if (!lower(group, deadline) && bug == Bug.CHUNK_IF_GROUP_WAS_LOWERED) {
                lower(wake, deadline);
                return;
            }
            if (!lower(chunk, deadline) && bug == Bug.WAKES_IF_CHUNK_WAS_LOWERED) {
                return;
            }
            lower(wake, deadline);
        }

        /** Lowers the bound; true if it was higher. To expect its usual value saves a load. */
        private static boolean lower(AtomicInteger bound, int to) {
            int expected = NEVER;
            while (to < expected) {
                int witness = bound.compareAndExchange(expected, to);
                if (witness == expected) {
                    return true;
                }
                expected = witness;
            }
            return false;
        }

        /** Ends the request and frees its slot; false if it was ended by its deadline. */
        boolean complete(int request, int slot) {
            return states[request].compareAndSet(OPEN, ENDED) && references[slot].compareAndSet(request, FREE);
        }

        /** Gives the request a new deadline; false if it is over. */
        boolean extend(int request, int slot, int deadline) {
            int word = words[slot].get();
            if (references[slot].get() != request || word >= MARK) {
                return false;
            }
            int replacement = request * STAMP + deadline;
            boolean replaced = words[slot].compareAndSet(word, replacement);
            if (!replaced && bug == Bug.NO_STAMP) {
                int other = words[slot].get();
                replaced = other % STAMP == word % STAMP
                        && words[slot].compareAndSet(other, other - word % STAMP + deadline);
            }
            if (!replaced) {
                return false;
            }
            look(deadline);
            return states[request].get() == OPEN;
        }

        // ---- scans --------------------------------------------------------------------------------------------------

        /** Scans; false if another scan is under way. */
        boolean tryScan() {
            if (bug == Bug.NO_LOCK) {
                scan();
                return true;
            }
            if (!lock.tryLock()) {
                return false;
            }
            try {
                scan();
            } finally {
                lock.unlock();
            }
            return true;
        }

        private void scan() {
            int before = scans.get();
            boolean again = before % 2 != 0;
            int time = now.get();
            if (chunk.get() > time && !again) {
                return;
            }
            scans.set(again ? before + 2 : before + 1);
            chunk.set(NEVER);
            if (group.get() <= time || (again && bug != Bug.DEATH_FORGOTTEN)) {
                group.set(NEVER);
                int earliest = NEVER;
                for (int slot = 0; slot < words.length; slot++) {
                    earliest = Math.min(earliest, scan(slot, time));
                }
                lower(group, earliest);
            }
            lower(chunk, group.get());
            scans.set(again ? before + 3 : before + 2);
        }

        /** The deadline in the slot; never, if there is none or it has come. */
        private int scan(int slot, int time) {
            int word = words[slot].get();
            if (!isDue(word, time)) {
                return references[slot].get() == FREE ? NEVER : word % STAMP;
            }
            int request = references[slot].get();
            if (request == FREE) {
                return NEVER;
            }
            if (bug != Bug.DEADLINE_READ_ONCE) {
                word = words[slot].get();
                if (word >= MARK && bug == Bug.MARK_PASSED_OVER) {
                    return NEVER;
                }
                if (!isDue(word, time)) {
                    return word % STAMP;
                }
            }
            if (marks && bug != Bug.NOT_MARKED && word < MARK && !words[slot].compareAndSet(word, word + MARK)) {
                return scan(slot, time);
            }
            if (states[request].compareAndSet(OPEN, EXPIRED)) {
                references[slot].compareAndSet(request, FREE);
            }
            return NEVER;
        }

        private static boolean isDue(int word, int time) {
            return word >= MARK || word % STAMP <= time;
        }

        // ---- the timer ----------------------------------------------------------------------------------------------

        /** The work of the timer from waking until it sleeps. */
        void tick() {
            wake.set(AWAKE);
            int until = tryScan() ? next() : now.get() + 1;
            wake.set(until);
            if (bug != Bug.NO_SECOND_LOOK) {
                int second = next();
                if (second < until) {
                    lower(wake, second);
                }
            }
        }

        /** When the timer has to look again: soon, if a scan may have raised the bound. */
        private int next() {
            if (bug == Bug.SCAN_UNNOTICED) {
                return chunk.get();
            }
            int before = scans.get();
            int bound = chunk.get();
            return before % 2 != 0 || scans.get() != before ? Math.min(now.get() + 1, bound) : bound;
        }

        /** A sweep by another thread than the timer. */
        void sweep() {
            if (tryScan()) {
                lower(wake, chunk.get());
            }
        }
    }

    // ---- scenarios --------------------------------------------------------------------------------------------------

    /** One or two requests are opened, in a slot each; no second one if its deadline is negative. */
    static void requests(String bug, int first, int second, boolean sweeps, boolean timePasses)
            throws InterruptedException {
        int count = second < 0 ? 1 : 2;
        Run run = new Run(new Table(Bug.valueOf(bug), count, count, false));
        run.opener(() -> run.open(0, 0, first), 0);
        if (count > 1) {
            run.opener(() -> run.open(1, 1, second), 1);
        }
        run.run(sweeps, timePasses);
    }

    /** A request is completed, and its slot used again for another one. */
    static void reuse(String bug, int first, int second, boolean sweeps, boolean timePasses)
            throws InterruptedException {
        Run run = new Run(new Table(Bug.valueOf(bug), 1, 2, false));
        run.opener(
                () -> {
                    run.open(0, 0, first);
                    if (run.table.complete(0, 0)) {
                        run.open(1, 0, second);
                    }
                },
                0,
                1);
        run.run(sweeps, timePasses);
    }

    /** A request is opened and extended. */
    static void extension(String bug, int first, int second, boolean sweeps, boolean timePasses)
            throws InterruptedException {
        Run run = new Run(new Table(Bug.valueOf(bug), 1, 1, true));
        run.opener(
                () -> {
                    run.open(0, 0, first);
                    run.extend(0, 0, second);
                },
                0);
        run.run(sweeps, timePasses);
    }

    /** A request is extended while it is completed and its slot used again for another one with the same deadline. */
    static void extensionAndReuse(String bug, int deadline, int extended) throws InterruptedException {
        Run run = new Run(new Table(Bug.valueOf(bug), 1, 2, true));
        run.table.open(0, 0, deadline);
        run.opener(
                () -> {
                    if (run.table.complete(0, 0)) {
                        run.open(1, 0, deadline);
                    }
                },
                0,
                1);
        run.opener(() -> run.table.extend(0, 0, extended));
        run.run(false, false);
    }

    /** The threads of an execution, and what the main thread needs to check it. */
    private static final class Run {
        final Table table;
        final List<Thread> threads = new ArrayList<>();
        final Thread[] owners = new Thread[2];
        final boolean[] returned = new boolean[2];
        final int[] deadlines = new int[2];
        boolean asleep;

        Run(Table table) {
            this.table = table;
        }

        /** Adds a thread, and tells which requests it opens. */
        void opener(Runnable body, int... requests) {
            Thread thread = new Thread(body, "opener" + threads.size());
            threads.add(thread);
            for (int request : requests) {
                owners[request] = thread;
            }
        }

        void open(int request, int slot, int deadline) {
            deadlines[request] = deadline;
            table.open(request, slot, deadline);
            returned[request] = true;
        }

        void extend(int request, int slot, int deadline) {
            returned[request] = false;
            boolean extended = table.extend(request, slot, deadline);
            deadlines[request] = extended ? deadline : Math.min(deadline, deadlines[request]);
            returned[request] = true;
        }

        void run(boolean sweeps, boolean timePasses) throws InterruptedException {
            Thread timer = new Thread(
                    () -> {
                        table.tick();
                        asleep = true;
                    },
                    "timer");
            threads.add(timer);
            if (sweeps) {
                threads.add(new Thread(table::sweep, "sweeper"));
            }
            if (timePasses) {
                table.now.set(TIME - 1);
            }
            threads.forEach(Thread::start);
            if (timePasses) {
                table.now.set(TIME);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            boolean sleeps = !Probe.isStalled(timer) && asleep;
            for (int request = 0; request < owners.length; request++) {
                if (owners[request] != null && !Probe.isStalled(owners[request]) && returned[request]) {
                    check(request, sleeps);
                }
            }
        }

        private void check(int request, boolean sleeps) {
            int deadline = deadlines[request];
            int state = table.states[request].get();
            if (state == EXPIRED && deadline > TIME) {
                throw new AssertionError("early: request " + request + " expired before " + deadline);
            }
            if (state == OPEN && sleeps) {
                int until = table.wake.get();
                if (until > Math.max(deadline, TIME + 1)) {
                    throw new AssertionError("late: the timer sleeps until " + until + ", request " + request
                            + " is due at " + deadline);
                }
            }
        }
    }
}
