package io.multishot.correlator;

/**
 * The bits of a ticket: the index of the slot in the low bits, above it the generation, which counts the requests of
 * that slot from a random start. A ticket of less than 64 bits is not negative, and its generations wrap sooner.
 *
 * @param bits how many bits a ticket has, from 16 to 64
 * @param indexBits how many of them are the index
 */
record TicketLayout(int bits, int indexBits) {
    static final int MIN_BITS = 16;
    static final int MAX_BITS = Long.SIZE;

    TicketLayout {
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new IllegalArgumentException(
                    "a ticket has from " + MIN_BITS + " to " + MAX_BITS + " bits, not " + bits);
        }
        if (indexBits >= bits) {
            throw new IllegalArgumentException("tickets of " + bits + " bits leave no generation beside an index of "
                    + indexBits + ": lower the capacity");
        }
    }

    /** Returns the layout with the shortest index for a table of so many slots. */
    static TicketLayout of(int bits, int slots) {
        return new TicketLayout(bits, Integer.SIZE - Integer.numberOfLeadingZeros(slots - 1));
    }

    /** Returns the bits of a ticket that are the index of the slot that issued it, if any slot did. */
    int indexMask() {
        return (1 << indexBits) - 1;
    }

    /** Returns the bits that a ticket may have set. */
    long mask() {
        return -1L >>> (Long.SIZE - bits);
    }

    /** Returns the ticket with a generation from the low bits of {@code generation}. */
    long ticket(int index, long generation) {
        return (generation << indexBits | index) & mask();
    }

    /** Returns how many generations this ticket of a slot comes after another one of the same slot. */
    long distance(long from, long ticket) {
        return ((ticket - from) & mask()) >>> indexBits;
    }

    /** Returns the number of generations before a ticket comes again, less one. */
    long generationMask() {
        return mask() >>> indexBits;
    }
}
