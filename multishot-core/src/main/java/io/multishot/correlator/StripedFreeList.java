package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The free slots of a table. Those that were never used are a counter. Those that were are on {@linkplain FreeStack
 * stacks}: one at first, and more as soon as threads contend, so that threads on different processors do not change one
 * word in turn. A thread takes slots from its home stripe, and from another one when that is empty.
 *
 * <p>Slots of requests that were answered by a value have stacks of their own. So these requests are counted by the
 * pushes there, which costs no atomic operation.
 */
final class StripedFreeList {
    /** The address that stands for no slot. */
    static final int NONE = FreeStack.NONE;

    /** log2 of the number of neighbouring slots that return to the same stripe: their words share cache lines. */
    private static final int BLOCK_BITS = 4;

    /** The slots that are used first, in as many blocks as these are 16s: by turns one of each block. */
    private static final int SPREAD = 64;

    private static final VarHandle USED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "used", VarHandle.class, StripedFreeList.class, int.class);
    private static final VarHandle STACKS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "stacks", VarHandle.class, StripedFreeList.class, FreeStack[].class);

    private final SlotTable<?> table;
    private final int capacity;
    private final int maxStripes;

    /** How many slots were used so far. */
    private volatile int used;

    /** Two of each stripe, those of answered requests first; as many stripes as a power of two. */
    private volatile FreeStack[] stacks;

    /** Creates the list of a table whose slots are all free. */
    StripedFreeList(SlotTable<?> table, int capacity) {
        this.table = table;
        this.capacity = capacity;
        int blocks = ((capacity - 1) >>> BLOCK_BITS) + 1;
        // Twice as many as processors: threads meet at one by chance.
        maxStripes = Integer.highestOneBit(Math.min(blocks, Runtime.getRuntime().availableProcessors() * 2));
        stacks = new FreeStack[] {new FreeStack(table), new FreeStack(table)};
    }

    /** Takes a slot: returns its address, NONE if there was a moment, during this call, at which none was free. */
    int take() {
        FreeStack[] all = stacks;
        int address = all[home(all)].tryPop();
        if (address >= 0 && address != NONE) {
            return address;
        }
        if (address == FreeStack.CONTENDED) {
            widen(all);
        }
        return takeOfAny();
    }

    private int takeOfAny() {
        FreeStack[] before = null;
        long popsBefore = 0;
        while (true) {
            FreeStack[] all = stacks;
            long pops = 0;
            for (int i = 0, first = home(all); i < all.length; i++) {
                FreeStack stack = all[(first + i) & (all.length - 1)];
                int address = stack.pop();
                if (address != NONE) {
                    return address;
                }
                pops += stack.pops();
            }
            int unused = takeUnused();
            if (unused != NONE) {
                return unused;
            }
            // A stack that was found empty twice, with no pop in between, was empty all the time. If that is so of
            // each, and there are no others, there was no free slot at the end of the first of the two rounds.
            if (all == before && pops == popsBefore) {
                return NONE;
            }
            before = all;
            popsBefore = pops;
        }
    }

    private int takeUnused() {
        int now = used;
        while (now < capacity) {
            int slot = now < SPREAD && capacity >= SPREAD ? spread(now) : now;
            int address = table.makeChunkOf(slot); // before the slot is taken: if this throws, nothing happened
            int witness = (int) USED.compareAndExchange(this, now, now + 1);
            if (witness == now) {
                return address;
            }
            now = witness;
        }
        return NONE;
    }

    private static int spread(int number) {
        int blocks = SPREAD >>> BLOCK_BITS;
        return (number % blocks) << BLOCK_BITS | number / blocks;
    }

    /** Gives a slot of a chunk back. */
    void release(Chunk<?> chunk, int slot, boolean answered) {
        FreeStack[] all = stacks;
        int stripe = (chunk.index(slot) >>> BLOCK_BITS << 1) & (all.length - 1);
        all[answered ? stripe : stripe + 1].push(chunk, slot);
    }

    /** Doubles the number of stripes, unless there are enough, or another thread did so. */
    private void widen(FreeStack[] now) {
        if (now.length >= 2 * maxStripes) {
            return;
        }
        FreeStack[] more = Arrays.copyOf(now, now.length * 2);
        for (int i = now.length; i < more.length; i++) {
            more[i] = new FreeStack(table);
        }
        STACKS.compareAndSet(this, now, more);
    }

    /** Returns which of the stacks a thread looks at first. */
    private static int home(FreeStack[] all) {
        return (int) Thread.currentThread().getId() << 1 & (all.length - 1);
    }

    // ---- counts -----------------------------------------------------------------------------------------------------

    /** Returns how many slots were taken so far, where each stack is counted at a moment of its own. */
    long taken() {
        long taken = 0;
        for (FreeStack stack : stacks) {
            taken += stack.taken();
        }
        return taken + used;
    }

    /** Returns how many slots were given back as answered so far. */
    long answered() {
        FreeStack[] all = stacks;
        long answered = 0;
        for (int i = 0; i < all.length; i += 2) {
            answered += all[i].givenBack();
        }
        return answered;
    }

    /**
     * Returns how many slots are taken now, where each stack is counted at a moment of its own. Zero, once no more are
     * taken, means none.
     */
    int inUse() {
        int free = 0;
        for (FreeStack stack : stacks) {
            free += stack.size();
        }
        return Math.max(0, used - free);
    }
}
