package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The free slots of a table. Those that were never used are a counter. Those that were are on {@linkplain FreeStack
 * stacks}: one at first, and more as soon as threads contend, so that threads on different processors do not change one
 * word in turn. A thread takes slots from its home stripe, and from another one when that is empty.
 *
 * <p>Slots of requests that were answered by a value have stacks of their own. So these requests are counted by the
 * pushes there, which costs no atomic operation.
 */
final class StripedFreeList {
    /** The index that stands for no slot. */
    static final int NONE = FreeStack.NONE;

    /** log2 of the number of neighbouring slots that return to the same stripe: their words share cache lines. */
    private static final int BLOCK_BITS = 4;

    /** The slots that are used first, in as many blocks as these are 16s: by turns one of each block. */
    private static final int SPREAD = 64;

    private static final VarHandle USED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "used", VarHandle.class, StripedFreeList.class, int.class);
    private static final VarHandle STRIPES = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "stripes", VarHandle.class, StripedFreeList.class, Stripe[].class);

    private record Stripe(FreeStack answered, FreeStack others) {
        static Stripe of(SlotTable<?> table) {
            return new Stripe(new FreeStack(table), new FreeStack(table));
        }
    }

    private final SlotTable<?> table;
    private final int capacity;
    private final int maxStripes;

    /** How many slots were used so far. */
    private volatile int used;

    /** As many as a power of two. */
    private volatile Stripe[] stripes;

    /** Creates the list of a table whose slots are all free. */
    StripedFreeList(SlotTable<?> table, int capacity) {
        this.table = table;
        this.capacity = capacity;
        int blocks = ((capacity - 1) >>> BLOCK_BITS) + 1;
        maxStripes = Integer.highestOneBit(Math.min(blocks, Runtime.getRuntime().availableProcessors() * 2 - 1));
        stripes = new Stripe[] {Stripe.of(table)};
    }

    /** Takes a slot: returns its index, NONE if there was a moment, during this call, at which none was free. */
    int take() {
        Stripe[] all = stripes;
        Stripe home = all[home(all)];
        int slot = home.answered.tryPop();
        if (slot >= 0 && slot != NONE) {
            return slot;
        }
        if (slot == FreeStack.CONTENDED) {
            widen(all);
        }
        return takeOfAny();
    }

    private int takeOfAny() {
        Stripe[] before = null;
        long popsBefore = 0;
        while (true) {
            Stripe[] all = stripes;
            long pops = 0;
            for (int i = 0, first = home(all); i < all.length; i++) {
                Stripe stripe = all[(first + i) & (all.length - 1)];
                int slot = stripe.answered.pop();
                if (slot == NONE) {
                    slot = stripe.others.pop();
                }
                if (slot != NONE) {
                    return slot;
                }
                pops += stripe.answered.pops() + stripe.others.pops();
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
            table.makeChunkOf(slot); // before the slot is taken: if this throws, nothing happened
            int witness = (int) USED.compareAndExchange(this, now, now + 1);
            if (witness == now) {
                return slot;
            }
            now = witness;
        }
        return NONE;
    }

    private static int spread(int number) {
        int blocks = SPREAD >>> BLOCK_BITS;
        return (number % blocks) << BLOCK_BITS | number / blocks;
    }

    /** Gives a slot back. */
    void release(int slot, boolean answered) {
        Stripe[] all = stripes;
        Stripe stripe = all[(slot >>> BLOCK_BITS) & (all.length - 1)];
        (answered ? stripe.answered : stripe.others).push(slot);
    }

    /** Doubles the number of stripes, unless there are enough, or another thread did so. */
    private void widen(Stripe[] now) {
        if (now.length >= maxStripes) {
            return;
        }
        Stripe[] more = new Stripe[now.length * 2];
        System.arraycopy(now, 0, more, 0, now.length);
        for (int i = now.length; i < more.length; i++) {
            more[i] = Stripe.of(table);
        }
        STRIPES.compareAndSet(this, now, more);
    }

    private static int home(Stripe[] all) {
        return (int) Thread.currentThread().getId() & (all.length - 1);
    }

    // ---- counts -----------------------------------------------------------------------------------------------------

    /** Returns how many slots were taken so far, where each stack is counted at a moment of its own. */
    long taken() {
        long taken = 0;
        for (Stripe stripe : stripes) {
            taken += stripe.answered.taken() + stripe.others.taken();
        }
        return taken + used;
    }

    /** Returns how many slots were given back as answered so far. */
    long answered() {
        long answered = 0;
        for (Stripe stripe : stripes) {
            answered += stripe.answered.givenBack();
        }
        return answered;
    }

    /**
     * Returns how many slots are taken now, where each stack is counted at a moment of its own. Zero, once no more are
     * taken, means none.
     */
    int inUse() {
        int free = 0;
        for (Stripe stripe : stripes) {
            free += stripe.answered.size() + stripe.others.size();
        }
        return Math.max(0, used - free);
    }
}
