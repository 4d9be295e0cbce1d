package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The free slots of a part of a table: a lock-free stack (R. K. Treiber, <i>Systems Programming: Coping with
 * Parallelism</i>, 1986), linked through the slots themselves.
 *
 * <p>The head holds the top slot's index and, against ABA, how many pops there were. A slot cannot be on top twice
 * without a pop in between, so a pop that stalls is misled only if exactly a multiple of 2^40 pops pass meanwhile:
 * hours, at any rate.
 */
final class FreeStack<T> extends CacheLinePadding.After {
    private static final int INDEX_BITS = 24;

    /** The index that stands for no slot. */
    private static final int NONE = (1 << INDEX_BITS) - 1;

    static final int MAX_SLOTS = NONE;

    private static final VarHandle HEAD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "head", VarHandle.class, CacheLinePadding.Word.class, long.class);

    private final Slot<T>[] slots;

    /** Takes the slots of a table from one index to before another, which are all free. */
    FreeStack(Slot<T>[] slots, int from, int to) {
        this.slots = slots;
        head = NONE;
        for (int i = to - 1; i >= from; i--) {
            push(slots[i]);
        }
    }

    /** Takes a slot; null if none is free. */
    @Nullable
    Slot<T> pop() {
        long now = headVolatile();
        while (true) {
            int top = topOf(now);
            if (top == NONE) {
                return null;
            }
            Slot<T> slot = slots[top];
            // Another thread may be pushing this slot again just now; then the head has changed: this is not used.
            long witness = compareAndExchangeHead(now, head((now >>> INDEX_BITS) + 1, slot.next()));
            if (witness == now) {
                return slot;
            }
            now = witness;
        }
    }

    /** Returns how many slots were taken so far, modulo 2^40. */
    long pops() {
        return headVolatile() >>> INDEX_BITS;
    }

    /** Gives a slot back. */
    void push(Slot<T> slot) {
        long now = headVolatile();
        while (true) {
            int top = topOf(now);
            slot.putOn(top, depthOf(top) + 1);
            long witness = compareAndExchangeHead(now, head(now >>> INDEX_BITS, slot.index()));
            if (witness == now) {
                return;
            }
            now = witness;
        }
    }

    /** Returns how many are free. */
    int size() {
        long now = headVolatile();
        while (true) {
            int size = depthOf(topOf(now));
            long again = headVolatile();
            if (again == now) {
                return size;
            }
            now = again;
        }
    }

    private int depthOf(int top) {
        return top == NONE ? 0 : slots[top].depthAcquire();
    }

    private static int topOf(long head) {
        return (int) head & NONE;
    }

    private static long head(long pops, int top) {
        return pops << INDEX_BITS | top;
    }

    /** Ordered before and after volatile accesses elsewhere: of Correlator.closed, Sweep.armed, AdmissionQueue.size. */
    private long headVolatile() {
        return (long) HEAD.getVolatile(this);
    }

    private long compareAndExchangeHead(long expected, long next) {
        return (long) HEAD.compareAndExchange(this, expected, next);
    }
}
