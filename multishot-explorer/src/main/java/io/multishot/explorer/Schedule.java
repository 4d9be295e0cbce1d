package io.multishot.explorer;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choice which thread makes the next step. A thread sleeps here if every execution that lets it go next was made
 * already but for the order of steps that commute. Of those that are awake the first one is tried, and each other one
 * only if a race asks for it.
 */
final class Schedule extends Choice {
    private final int[] candidates;
    private final @Nullable Step[] pending;
    private final BitSet sleeping;

    /** The indexes of the candidates that are to be tried, beside the first one, and of those that were. */
    private final BitSet wanted = new BitSet();

    private final BitSet tried = new BitSet();

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

    /** Asks for every candidate to be tried. */
    void wantAll() {
        wanted.set(0, candidates.length);
    }

    /**
     * Asks for one of some threads to be tried, if none of them is anyway.
     *
     * @param preferred which, if it is one of them
     */
    void wantOne(BitSet threads, int preferred) {
        int found = -1;
        for (int i = 0; i < candidates.length; i++) {
            if (threads.get(candidates[i])) {
                if (i == chosen() || wanted.get(i) || tried.get(i)) {
                    return;
                }
                if (found < 0 || candidates[i] == preferred) {
                    found = i;
                }
            }
        }
        if (threads.intersects(sleeping)) {
            return; // every execution that begins so was made already
        }
        if (found < 0) {
            wantAll();
        } else {
            wanted.set(found);
        }
    }

    @Override
    boolean advance() {
        tried.set(chosen());
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            if (!tried.get(i)) {
                choose(i);
                return true;
            }
        }
        return false;
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
        for (int i = tried.nextSetBit(0); i >= 0; i = tried.nextSetBit(i + 1)) {
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
