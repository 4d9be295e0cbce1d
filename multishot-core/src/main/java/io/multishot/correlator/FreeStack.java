package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Some of the free slots of a table: a lock-free stack (R. K. Treiber, <i>Systems Programming: Coping with
 * Parallelism</i>, 1986), linked through the slots themselves.
 *
 * <p>The head holds the top slot's address and, against ABA, how many pops there were. A slot cannot be on top twice
 * without a pop in between, so a pop that stalls is misled only if exactly a multiple of 2^39 pops pass meanwhile:
 * hours, at any rate.
 */
final class FreeStack extends CacheLinePadding.After {
    private static final int ADDRESS_BITS = 25;

    /** The address that stands for no slot. */
    static final int NONE = (1 << ADDRESS_BITS) - 1;

    /** What {@link #tryPop} returns if another thread changed the stack. */
    static final int CONTENDED = -1;

    private static final VarHandle HEAD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "head", VarHandle.class, CacheLinePadding.Word.class, long.class);

    /** The number of pops at which the count in the head begins again. */
    private static final long POPS = 1L << (Long.SIZE - ADDRESS_BITS);

    private static final VarHandle CARRIED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "carried", VarHandle.class, FreeStack.class, long.class);

    private final SlotTable<?> table;

    /** The pops that the head does not count any more. */
    private volatile long carried;

    /** Creates an empty stack of slots of a table. */
    FreeStack(SlotTable<?> table) {
        this.table = table;
        head = NONE;
    }

    /** Takes a slot: returns its address, {@link #NONE} if none is free, or {@link #CONTENDED}. */
    int tryPop() {
        long now = headVolatile();
        int top = topOf(now);
        if (top == NONE) {
            return NONE;
        }
        long pops = (now >>> ADDRESS_BITS) + 1;
        // Another thread may be pushing this slot again just now; then the head has changed: this is not used.
        if (!compareAndSetHead(now, head(pops, table.nextFree(top)))) {
            return CONTENDED;
        }
        if (pops == POPS) {
            CARRIED.getAndAdd(this, POPS);
        }
        return top;
    }

    /** Takes a slot: returns its address, or {@link #NONE} if none is free. */
    int pop() {
        int taken;
        do {
            taken = tryPop();
        } while (taken == CONTENDED);
        return taken;
    }

    /** Gives a slot of a chunk back. */
    void push(Chunk<?> chunk, int slot) {
        int address = chunk.address(slot);
        long now;
        do {
            now = headVolatile();
            int top = topOf(now);
            chunk.putOn(slot, top, depthOf(top) + 1);
        } while (!compareAndSetHead(now, (now & -1L << ADDRESS_BITS) | address));
    }

    /** Returns how many slots were taken so far, modulo 2^39: unchanged if none was. */
    long pops() {
        return headVolatile() >>> ADDRESS_BITS;
    }

    /** Returns how many slots were taken so far. */
    long taken() {
        while (true) {
            long before = carried;
            long pops = pops();
            if (carried == before) {
                return before + pops;
            }
        }
    }

    /** Returns how many slots were given back so far. */
    long givenBack() {
        while (true) {
            long before = carried;
            long now = headVolatile();
            int depth = depthOf(topOf(now));
            if (headVolatile() == now && carried == before) {
                return before + (now >>> ADDRESS_BITS) + depth;
            }
        }
    }

    /** Returns how many are free. */
    int size() {
        while (true) {
            long now = headVolatile();
            int depth = depthOf(topOf(now));
            if (headVolatile() == now) {
                return depth;
            }
        }
    }

    private int depthOf(int top) {
        return top == NONE ? 0 : table.freeDepth(top);
    }

    private static int topOf(long head) {
        return (int) head & NONE;
    }

    private static long head(long pops, int top) {
        return pops << ADDRESS_BITS | top;
    }

    /** Ordered before and after volatile accesses elsewhere: of the epoch, the queue's size, the timer's wake-up. */
    private long headVolatile() {
        return (long) HEAD.getVolatile(this);
    }

    private boolean compareAndSetHead(long expected, long next) {
        return HEAD.compareAndSet(this, expected, next);
    }
}
