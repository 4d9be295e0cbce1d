package io.multishot.correlator;

/**
 * One long that says when the request of a slot is due, and which request that is, so that a compare-and-set changes
 * the deadline of this request or of none:
 *
 * <pre>
 *  63     62 ... 20     19     18      17 ... 0
 *  fired  deadline      used   whole   generation
 * </pre>
 *
 * The deadline counts units of 2^20 ns (about a millisecond). Its rest is kept beside the word, since a request's first
 * deadline is exact; one that was extended is <em>whole</em>, which means that it has no rest. A <em>fired</em> word
 * says that the deadline passed: from then on the request cannot be extended, and every thread may end it. Zero is a
 * slot that was never used.
 */
final class DeadlineWord {
    /** No deadline, in nanoseconds. */
    static final long NEVER = Long.MAX_VALUE;

    static final int UNIT_BITS = 20;
    static final long UNUSED = 0;

    private static final int GENERATION_MASK = TicketRange.GENERATIONS - 1;
    private static final long WHOLE = 1L << 18;
    private static final long USED = 1L << 19;
    private static final int DEADLINE_SHIFT = 20;
    private static final long LATEST = (1L << (Long.SIZE - 1 - DEADLINE_SHIFT)) - 1;
    private static final long FIRED = Long.MIN_VALUE;
    private static final long REST_MASK = (1L << UNIT_BITS) - 1;

    private DeadlineWord() {}

    /** Returns the word of a request with a deadline in nanoseconds; one in the last unit of time is none. */
    static long of(long deadline, int generation) {
        return deadline >>> UNIT_BITS << DEADLINE_SHIFT | USED | generation;
    }

    /** Returns the word of the same request with another deadline, which is rounded up. */
    static long extended(long word, long deadline) {
        long units = deadline > NEVER - REST_MASK ? LATEST : (deadline + REST_MASK) >>> UNIT_BITS;
        return units << DEADLINE_SHIFT | USED | WHOLE | generation(word);
    }

    static long fired(long word) {
        return FIRED | word;
    }

    static boolean isFired(long word) {
        return word < 0;
    }

    static boolean isUnused(long word) {
        return word == UNUSED;
    }

    static int generation(long word) {
        return (int) word & GENERATION_MASK;
    }

    /** Returns the generation of the next request of the slot. */
    static int nextGeneration(long word) {
        return isUnused(word) ? 0 : (generation(word) + 1) & GENERATION_MASK;
    }

    /** Returns the part of a deadline that the word has no room for. */
    static long rest(long deadline) {
        return deadline & REST_MASK;
    }

    /** Returns the deadline of a word, fired or not. */
    static long deadline(long word, long rest) {
        long units = (word >>> DEADLINE_SHIFT) & LATEST;
        if (units == LATEST) {
            return NEVER;
        }
        return units << UNIT_BITS | ((word & WHOLE) == 0 ? rest : 0);
    }

    /** Returns a time that is not after the deadline of a word. */
    static long lowerBound(long word) {
        return deadline(word, 0);
    }
}
