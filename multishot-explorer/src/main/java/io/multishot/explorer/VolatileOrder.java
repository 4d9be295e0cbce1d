package io.multishot.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the volatile accesses and full fences of an execution still have one order, as RC11 defines it, with
 * the equivalent of a full fence between two volatile accesses of one thread of which the first stores.
 *
 * <p>It has to be asked only where an access goes against the order of execution: a load that reads a store other than
 * the newest, and a store that is put before another. All else points forward in time, and closes no cycle.
 */
final class VolatileOrder {
    /**
     * An atomic access.
     *
     * @param key twice the rank of what was stored, or twice the rank of what was read and one: of two accesses to a
     *     location that do not both read, the one with the smaller key comes first
     * @param before its thread's knowledge of the others before it
     * @param after its thread's knowledge after it
     */
    @SuppressWarnings("ArrayRecordComponent") // accesses are never compared
    private record Access(
            int thread,
            int tick,
            int location,
            int key,
            boolean writes,
            boolean isVolatile,
            int[] before,
            int[] after) {
        boolean isKnownTo(int[] time) {
            return Clocks.at(time, thread) >= tick;
        }
    }

    /**
     * A full fence, or what stands between two volatile accesses of one thread: it comes after one event, before
     * another.
     */
    private static final class Push {
        final int thread;
        final int afterTick;
        final int beforeTick;

        /** The events ordered before it, as a clock; null if none are but its thread's volatile accesses. */
        final int @Nullable [] past;

        /** By location: the smallest key after it, the greatest before it, and the greatest of a store before it. */
        int[] minAfter = {};

        int[] maxBefore = {};
        int[] maxStoreBefore = {};

        Push(int thread, int afterTick, int beforeTick, int @Nullable [] past) {
            this.thread = thread;
            this.afterTick = afterTick;
            this.beforeTick = beforeTick;
            this.past = past;
        }

        boolean isKnownTo(int[] time) {
            return Clocks.at(time, thread) >= beforeTick;
        }

        void summarize(List<Access> accesses, int locations) {
            minAfter = new int[locations];
            Arrays.fill(minAfter, Integer.MAX_VALUE);
            maxBefore = new int[locations];
            Arrays.fill(maxBefore, -1);
            maxStoreBefore = maxBefore.clone();
            for (Access access : accesses) {
                int at = access.location;
                if (isKnownTo(access.after)) {
                    minAfter[at] = Math.min(minAfter[at], access.key);
                } else if (past != null && access.isKnownTo(past)) {
                    maxBefore[at] = Math.max(maxBefore[at], access.key);
                    if (access.writes) {
                        maxStoreBefore[at] = Math.max(maxStoreBefore[at], access.key);
                    }
                }
            }
        }
    }

    private final List<Access> accesses = new ArrayList<>();
    private final List<Access> volatiles = new ArrayList<>();
    private final List<Push> pushes = new ArrayList<>();

    /** The last volatile access of each thread. */
    private final List<@Nullable Access> last = new ArrayList<>();

    void load(LogicalThread thread, Location location, int rank, boolean isVolatile, int[] before) {
        add(access(thread, location, 2 * rank + 1, false, isVolatile, before, thread.view.time()));
    }

    void store(LogicalThread thread, Location location, int rank, boolean isVolatile, int[] before) {
        add(access(thread, location, 2 * rank, true, isVolatile, before, thread.view.time()));
    }

    void fullFence(LogicalThread thread) {
        int tick = Clocks.at(thread.view.time(), thread.id);
        pushes.add(new Push(thread.id, tick, tick, thread.view.time()));
    }

    /** Tells whether the thread may read the store of this rank, which is not the newest. */
    boolean allowsLoad(LogicalThread thread, Location location, int rank, boolean isVolatile, int[] after) {
        return allows(access(thread, location, 2 * rank + 1, false, isVolatile, thread.view.time(), after));
    }

    /** Tells whether the thread may put a store of this rank before the newest one. */
    boolean allowsStore(LogicalThread thread, Location location, int rank, boolean isVolatile, int[] after) {
        return allows(access(thread, location, 2 * rank, true, isVolatile, thread.view.time(), after));
    }

    private static Access access(
            LogicalThread thread,
            Location location,
            int key,
            boolean writes,
            boolean isVolatile,
            int[] before,
            int[] after) {
        int tick = Clocks.at(thread.view.time(), thread.id);
        return new Access(thread.id, tick, location.id, key, writes, isVolatile, before, after);
    }

    private void add(Access access) {
        accesses.add(access);
        if (access.isVolatile) {
            Push push = pushBefore(access);
            if (push != null) {
                pushes.add(push);
            }
            volatiles.add(access);
            while (last.size() <= access.thread) {
                last.add(null);
            }
            last.set(access.thread, access);
        }
    }

    /** Returns what stands between the volatile access and the one before it of the same thread, if there is one. */
    private @Nullable Push pushBefore(Access access) {
        Access first = access.thread < last.size() ? last.get(access.thread) : null;
        return first == null
                ? null
                : new Push(access.thread, first.tick, access.tick, first.writes ? first.after : null);
    }

    // ---- the search for a cycle -------------------------------------------------------------------------------------

    private boolean allows(Access candidate) {
        if (pushes.isEmpty() && (volatiles.isEmpty() || !candidate.isVolatile)) {
            return true;
        }
        List<Access> all = new ArrayList<>(accesses);
        all.add(candidate);
        List<Object> nodes = new ArrayList<>(volatiles);
        nodes.addAll(pushes);
        if (candidate.isVolatile) {
            nodes.add(candidate);
            Push push = pushBefore(candidate);
            if (push != null) {
                nodes.add(push);
            }
        }
        int locations = 0;
        for (Access access : all) {
            locations = Math.max(locations, access.location + 1);
        }
        for (Object node : nodes) {
            if (node instanceof Push push) {
                push.summarize(all, locations);
            }
        }
        byte[] states = new byte[nodes.size()];
        for (int i = 0; i < states.length; i++) {
            if (states[i] == 0 && reachesCycle(nodes, i, states)) {
                return false;
            }
        }
        return true;
    }

    private static boolean reachesCycle(List<Object> nodes, int index, byte[] states) {
        states[index] = 1; // on the path
        for (int next = 0; next < states.length; next++) {
            if (next != index && states[next] != 2 && precedes(nodes.get(index), nodes.get(next))) {
                if (states[next] == 1 || reachesCycle(nodes, next, states)) {
                    return true;
                }
            }
        }
        states[index] = 2; // leads to no cycle
        return false;
    }

    private static boolean precedes(Object one, Object other) {
        if (one instanceof Access a) {
            return other instanceof Access b ? precedes(a, b) : precedes(a, (Push) other);
        }
        Push p = (Push) one;
        return other instanceof Access b ? precedes(p, b) : precedes(p, (Push) other);
    }

    /**
     * Of two volatile accesses: by their thread, by their location, or because something after the one happens before
     * something before the other.
     */
    private static boolean precedes(Access a, Access b) {
        if (a.thread == b.thread) {
            return a.tick < b.tick;
        }
        if (a.location == b.location && ((b.writes && a.key < b.key) || a.isKnownTo(b.after))) {
            return true;
        }
        return Clocks.at(b.before, a.thread) > a.tick;
    }

    private static boolean precedes(Access a, Push p) {
        if (a.thread == p.thread) {
            return a.tick <= p.afterTick;
        }
        return p.past != null && (a.isKnownTo(p.past) || p.maxStoreBefore[a.location] > a.key);
    }

    private static boolean precedes(Push p, Access b) {
        return p.isKnownTo(b.after) || (b.writes && p.minAfter[b.location] < b.key);
    }

    private static boolean precedes(Push p, Push q) {
        if (p.thread == q.thread) {
            return p.beforeTick <= q.afterTick && p.afterTick < q.beforeTick;
        }
        if (q.past == null) {
            return false;
        }
        if (p.isKnownTo(q.past)) {
            return true;
        }
        for (int i = 0; i < p.minAfter.length; i++) {
            if (p.minAfter[i] < q.maxBefore[i]) {
                return true;
            }
        }
        return false;
    }
}
