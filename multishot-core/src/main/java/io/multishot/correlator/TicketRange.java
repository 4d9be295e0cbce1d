package io.multishot.correlator;

/**
 * A run of 2^32 tickets of one slot, so that a request, which keeps only 32 bits of its own, has a ticket of 64.
 *
 * @param owner of the requests with these tickets
 * @param indexBits how many bits of a ticket are the index of its slot
 * @param firstTicket the ticket with number 0
 */
record TicketRange<T>(RequestOwner<T> owner, int indexBits, long firstTicket) {
    static final long LENGTH = 1L << Integer.SIZE;

    long ticket(int number) {
        return TicketLayout.ticket(indexBits, firstTicket, Integer.toUnsignedLong(number));
    }
}
