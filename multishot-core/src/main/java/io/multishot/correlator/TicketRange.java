package io.multishot.correlator;

/**
 * A run of 2^18 tickets of each slot of a chunk, so that a request, which keeps only 32 bits of its own, has a ticket
 * of 64. A slot that used up its run goes on with the next one.
 *
 * @param chunk the slots
 * @param firstTicket the first ticket of this run, of the first slot of the chunk
 * @param indexBits how many bits of a ticket are the index of its slot
 * @param mask the bits that a ticket may have set
 * @param start how many tickets each slot issued before this run
 */
record TicketRange<T>(Chunk<T> chunk, long firstTicket, int indexBits, long mask, long start) {
    /** Of a number: the slot's offset in its chunk; above it, the generation. */
    private static final int OFFSET_BITS = Chunk.MAX_SLOTS_BITS;

    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;

    /** As many as a {@link DeadlineWord} tells from each other. */
    static final int GENERATIONS = 1 << 18;

    /** Returns what a request keeps: the offset of its slot, and its generation within the run. */
    static int number(int offset, int generation) {
        return generation << OFFSET_BITS | offset;
    }

    static int offset(int number) {
        return number & OFFSET_MASK;
    }

    static int generation(int number) {
        return number >>> OFFSET_BITS;
    }

    long ticket(int number) {
        return (firstTicket + ((long) generation(number) << indexBits) + offset(number)) & mask;
    }

    /** Returns the run that follows. */
    TicketRange<T> next() {
        return new TicketRange<>(
                chunk, firstTicket + ((long) GENERATIONS << indexBits), indexBits, mask, start + GENERATIONS);
    }
}
