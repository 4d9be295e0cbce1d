package io.multishot.correlator;

import org.jspecify.annotations.Nullable;

/**
 * The free slots of a table, striped over several {@linkplain FreeStack stacks}, each for a part of the table, so that
 * threads on different processors do not contend for one word. A thread takes slots from its home stack, and from
 * another one when that is empty.
 */
final class StripedFreeList<T> {
    /** log2 of the minimum number of slots per stack. */
    private static final int LEAST_PART_BITS = 4;

    private final FreeStack<T>[] stacks;

    /** log2 of the number of slots per stack: the bits above it in a slot's index number its stack. */
    private final int partBits;

    /** Selects a thread's home stack by its number, among the first 2^n stacks. */
    private final int firstMask;

    /** Creates the list of a table whose slots are all free. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    StripedFreeList(Slot<T>[] slots) {
        int each = slots.length / Runtime.getRuntime().availableProcessors();
        partBits = Math.max(LEAST_PART_BITS, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, each)));
        stacks = (FreeStack<T>[]) new FreeStack[((slots.length - 1) >>> partBits) + 1];
        firstMask = Integer.highestOneBit(stacks.length) - 1;
        for (int i = 0; i < stacks.length; i++) {
            stacks[i] = new FreeStack<>(slots, i << partBits, Math.min((i + 1) << partBits, slots.length));
        }
    }

    /** Takes a slot; null if there was a moment, during this call, at which none was free. */
    @Nullable
    Slot<T> pop() {
        int own = (int) Thread.currentThread().getId() & firstMask;
        Slot<T> slot = stacks[own].pop();
        return slot != null || stacks.length == 1 ? slot : popOfAny(own);
    }

    private @Nullable Slot<T> popOfAny(int first) {
        long pops = -1;
        while (true) {
            long before = pops;
            pops = 0;
            for (int i = 0; i < stacks.length; i++) {
                FreeStack<T> stack = stacks[(first + i) % stacks.length];
                Slot<T> slot = stack.pop();
                if (slot != null) {
                    return slot;
                }
                pops += stack.pops();
            }
            // A stack that was found empty twice, with no pop in between, was empty all the time. If that is so of
            // each, there was no free slot at the end of the first of the two rounds.
            if (pops == before) {
                return null;
            }
        }
    }

    /** Gives a slot back. */
    void push(Slot<T> slot) {
        stacks[slot.index() >>> partBits].push(slot);
    }

    /**
     * Returns how many are free, where each stack is counted at a moment of its own: so all are free only if each stack
     * was full at some moment of this call.
     */
    int size() {
        int size = 0;
        for (FreeStack<T> stack : stacks) {
            size += stack.size();
        }
        return size;
    }
}
