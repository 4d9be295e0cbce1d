package io.multishot.explorer;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choice which thread makes the next step. A thread sleeps here if every execution that lets it go next was made
 * already but for the order of steps that commute.
 */
final class Schedule extends Choice {
    private final int[] candidates;
    private final @Nullable Step[] pending;
    private final BitSet sleeping;

    private Schedule(int[] candidates, @Nullable Step[] pending, BitSet sleeping) {
        super(candidates.length);
        this.candidates = candidates;
        this.pending = pending;
        this.sleeping = sleeping;
    }

    /**
     * The choice between the threads that can go.
     *
     * @param ready the threads that can go, in the order in which to try them
     * @param last the choice before; null if there is none, or if no thread is to sleep
     */
    static Schedule of(List<LogicalThread> threads, List<LogicalThread> ready, @Nullable Schedule last) {
        @Nullable Step[] pending = new Step[threads.size()];
        for (LogicalThread thread : threads) {
            pending[thread.id] = thread.pending == null ? null : thread.pending.asOfNow();
        }
        BitSet sleeping = last == null ? new BitSet() : last.stillSleeping();
        int[] candidates = ready.stream()
                .mapToInt(thread -> thread.id)
                .filter(id -> !sleeping.get(id))
                .toArray();
        return new Schedule(candidates, pending, sleeping);
    }

    int thread() {
        return candidates[chosen()];
    }

    /** Tells whether the chosen thread is about to make the same step as when this choice was first met. */
    boolean isMetAgainBy(List<LogicalThread> threads) {
        if (thread() >= threads.size()) {
            return false;
        }
        Step then = pending[thread()];
        Step now = threads.get(thread()).pending;
        return then == null ? now == null : now != null && then.fingerprint() == now.fingerprint();
    }

    private BitSet stillSleeping() {
        BitSet result = (BitSet) sleeping.clone();
        for (int i = 0; i < chosen(); i++) {
            result.set(candidates[i]);
        }
        Step made = pending[thread()];
        for (int id = result.nextSetBit(0); id >= 0; id = result.nextSetBit(id + 1)) {
            Step other = pending[id];
            if (made != null && other != null && !made.commutesWith(other)) {
                result.clear(id);
            }
        }
        return result;
    }
}
