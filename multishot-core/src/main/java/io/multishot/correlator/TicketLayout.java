package io.multishot.correlator;

/**
 * The bits of a ticket: the index of the slot in the low bits, above it the number of the request in that slot, counted
 * from a random start.
 *
 * @param indexBits how many bits the index has
 */
record TicketLayout(int indexBits) {

    /** Returns the layout with the shortest index for a table of so many slots. */
    static TicketLayout forSlots(int slots) {
        return new TicketLayout(Integer.SIZE - Integer.numberOfLeadingZeros(slots - 1));
    }

    /** Returns the bits of a ticket that are the index of the slot that issued it, if any slot did. */
    int indexMask() {
        return (1 << indexBits) - 1;
    }

    /** Returns the first ticket of a slot, with a start from the low bits of {@code random}. */
    long firstTicket(int index, long random) {
        return random << indexBits | index;
    }

    /** Returns the ticket that comes so many after the first one. */
    long ticket(long firstTicket, long number) {
        return ticket(indexBits, firstTicket, number);
    }

    /** Returns the same by a layout whose index has so many bits, for a caller that keeps no layout. */
    static long ticket(int indexBits, long firstTicket, long number) {
        return firstTicket + (number << indexBits);
    }

    /** Returns how many tickets of the same slot come before this one, from the first. */
    long number(long firstTicket, long ticket) {
        return (ticket - firstTicket) >>> indexBits;
    }
}
