package io.multishot;

/**
 * The place of a run of 2^32 tickets of one slot, so that a request, which keeps only 32 bits of its own, has one of 64.
 *
 * @param slot whose tickets they are
 * @param firstTicket the ticket with number 0
 */
record Series<T>(Slot<T> slot, long firstTicket) {
    static final long LENGTH = 1L << Integer.SIZE;

    long ticket(int number) {
        return firstTicket + (Integer.toUnsignedLong(number) << slot.indexBits());
    }
}
