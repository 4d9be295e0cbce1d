package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the requests whose deadline has passed. Bounds of the deadlines on two levels, a group of 64 slots and a chunk,
 * tell what a sweep may pass over. A thread that opens a request publishes it and then lowers both bounds to its
 * deadline. A sweep raises a bound before it reads what is below, and then lowers it to the earliest deadline that it
 * found: at least one of the two sees the other. A bound may be too early, after a reply for instance; never too late.
 *
 * <p>One sweep runs at a time, under a lock, and it runs no code of users: it leaves the handlers to its caller.
 */
final class DeadlineSweeper<T> {
    /** What may be left of what was due. */
    enum Left {
        NOTHING,
        /** More than one call ends: so that the timer's thread can serve others in between. */
        SOME,
        /** Another thread's sweep is under way. */
        ALL
    }

    /** A call ends so many, and what is due in the rest of the chunk. */
    private static final int SLICE = 16_384;

    private final SlotTable<T> table;
    private final ReentrantLock lock = new ReentrantLock();

    /** Of the group that is scanned. Guarded by the lock. */
    private long earliestOfGroup;

    DeadlineSweeper(SlotTable<T> table) {
        this.table = table;
    }

    /** Makes sure that sweeps see the deadline of a request, which was published before. */
    void watch(Pending<T> request, long deadline) {
        request.range().chunk().lowerBounds(request.slot(), deadline);
    }

    /** Returns a time before which nothing is due; {@code ifScanning} at most while a sweep is under way. */
    long earliest(long ifScanning) {
        long earliest = DeadlineWord.NEVER;
        for (Chunk<T> chunk : table.chunks()) {
            earliest = Math.min(earliest, chunk.bound(ifScanning));
        }
        return earliest;
    }

    /**
     * Ends what is due. Handlers that run no code of users are called.
     *
     * @param now the time, in nanoseconds since the correlator was made
     * @param handlers receives the other handlers that waited
     * @return how many requests ended
     */
    int sweep(long now, Consumer<ExpiredException> handlers) {
        lock.lock();
        try {
            return sweepLocked(now, Integer.MAX_VALUE, handlers);
        } finally {
            lock.unlock();
        }
    }

    /** Ends some of what is due, unless another thread does so at this moment. */
    Left trySweep(long now, Consumer<ExpiredException> handlers) {
        if (!lock.tryLock()) {
            return Left.ALL;
        }
        try {
            return sweepLocked(now, SLICE, handlers) < SLICE ? Left.NOTHING : Left.SOME;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many requests ended; if that is the limit or more, there may be others. */
    private int sweepLocked(long now, int limit, Consumer<ExpiredException> handlers) {
        int ended = 0;
        for (Chunk<T> chunk : table.chunks()) {
            if (chunk.bound(Long.MIN_VALUE) <= now) {
                ended += scan(chunk, now, handlers);
                if (ended >= limit) {
                    break;
                }
            }
        }
        return ended;
    }

    private int scan(Chunk<T> chunk, long now, Consumer<ExpiredException> handlers) {
        boolean again = chunk.beginScan();
        VarHandle.fullFence(); // the groups are read after the bound was raised
        long earliest = DeadlineWord.NEVER;
        int ended = 0;
        for (int group = 0; group < chunk.groups(); group++) {
            // A scan that was not finished may have left a group's bound raised.
            if (again || chunk.boundVolatile(group) <= now) {
                ended += scanGroup(chunk, group, now, handlers);
            }
            earliest = Math.min(earliest, chunk.boundVolatile(group));
        }
        chunk.lowerBound(earliest);
        chunk.endScan();
        return ended;
    }

    private int scanGroup(Chunk<T> chunk, int group, long now, Consumer<ExpiredException> handlers) {
        chunk.raiseVolatile(group);
        VarHandle.fullFence(); // the slots are read after the bound was raised
        earliestOfGroup = DeadlineWord.NEVER;
        int ended = 0;
        for (int slot = chunk.firstOfGroup(group); slot < chunk.endOfGroup(group); slot++) {
            Pending<T> due = takeDue(chunk, slot, now);
            if (due != null && expire(chunk, slot, due, handlers)) {
                ended++;
            }
        }
        chunk.lowerGroup(group, earliestOfGroup);
        return ended;
    }

    /**
     * Returns the request in the slot if its deadline has passed; its word is fired then. Otherwise, lowers the
     * earliest deadline of the group to that of the slot.
     */
    private @Nullable Pending<T> takeDue(Chunk<T> chunk, int slot, long now) {
        while (true) {
            long word = chunk.wordAcquire(slot);
            if (!DeadlineWord.isFired(word) && DeadlineWord.lowerBound(word) > now) {
                if (chunk.requestAcquire(slot) != null) {
                    earliestOfGroup = Math.min(earliestOfGroup, chunk.deadline(slot, word));
                }
                return null;
            }
            Pending<T> request = chunk.requestAcquire(slot);
            if (request == null) {
                return null;
            }
            // Once more after the request: the word is that of this request, or of a later one. If it is of a later
            // one, this request is over, and ending it fails. The later one was published after the bounds were
            // raised, so that it lowers them.
            word = chunk.wordAcquire(slot);
            if (DeadlineWord.isFired(word)) {
                return request;
            }
            long deadline = chunk.deadline(slot, word);
            if (deadline > now) {
                earliestOfGroup = Math.min(earliestOfGroup, deadline);
                return null;
            }
            if (chunk.compareAndSetWord(slot, word, DeadlineWord.fired(word))) {
                return request;
            }
        }
    }

    /** Ends a request that is due; the slot may be another request's by now. */
    private boolean expire(Chunk<T> chunk, int slot, Pending<T> request, Consumer<ExpiredException> handlers) {
        if (!request.isInFlight()) {
            return false;
        }
        long timeout = chunk.deadline(slot, chunk.wordAcquire(slot)) - chunk.openedAt(slot);
        ExpiredException cause = new ExpiredException(request.ticket(), timeout);
        Object outcome = Pending.ofFailure(cause);
        Object replaced = request.end(Ending.TIMED_OUT, outcome);
        if (replaced == null) {
            return false;
        }
        table.retire(request, Ending.TIMED_OUT);
        OutcomeHandler<? super T> handler = Pending.handlerOf(replaced);
        if (handler != null) {
            if (Pending.isInternalHandler(handler)) {
                Pending.notify(handler, outcome);
            } else {
                cause.keep(handler, outcome);
                handlers.accept(cause);
            }
        }
        return true;
    }

    // ---- one request ------------------------------------------------------------------------------------------------

    /** Returns the deadline of a request that is in flight; the maximum if it has none or is over. */
    static <T> long deadlineOf(Pending<T> request) {
        Chunk<T> chunk = request.range().chunk();
        int slot = request.slot();
        long word = chunk.wordAcquire(slot);
        long deadline = chunk.deadline(slot, word);
        return chunk.requestAcquire(slot) == request ? deadline : DeadlineWord.NEVER;
    }

    /**
     * Fires the word of this request if its deadline has passed.
     *
     * @return the timeout that is over, in nanoseconds; negative if it is not, or the request is
     */
    static <T> long fire(Pending<T> request, long now) {
        Chunk<T> chunk = request.range().chunk();
        int slot = request.slot();
        while (true) {
            long word = chunk.wordAcquire(slot);
            long deadline = chunk.deadline(slot, word);
            long timeout = Math.max(0, deadline - chunk.openedAt(slot));
            if (chunk.requestAcquire(slot) != request) {
                return -1;
            }
            if (DeadlineWord.isFired(word)) {
                return timeout;
            }
            if (deadline > now) {
                return -1;
            }
            if (chunk.compareAndSetWord(slot, word, DeadlineWord.fired(word))) {
                return timeout;
            }
        }
    }

    /**
     * Gives a request another deadline, unless the one it has has passed, or it is over.
     *
     * @return false if it was refused
     */
    boolean extend(Pending<T> request, long deadline, long now) {
        Chunk<T> chunk = request.range().chunk();
        int slot = request.slot();
        while (true) {
            long word = chunk.wordAcquire(slot);
            long before = chunk.deadline(slot, word);
            if (chunk.requestAcquire(slot) != request || DeadlineWord.isFired(word) || before <= now) {
                return false;
            }
            if (chunk.compareAndSetWord(slot, word, DeadlineWord.extended(word, deadline))) {
                chunk.lowerBounds(slot, deadline);
                return true;
            }
        }
    }
}
