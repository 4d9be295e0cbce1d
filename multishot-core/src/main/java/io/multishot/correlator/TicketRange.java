package io.multishot.correlator;

/**
 * A run of 2^32 tickets of one slot, so that a request, which keeps only 32 bits of its own, has a ticket of 64.
 *
 * @param owner of the requests with these tickets
 * @param layout of the tickets
 * @param firstTicket the ticket with number 0
 */
record TicketRange<T>(RequestOwner<T> owner, TicketLayout layout, long firstTicket) {
    static final long LENGTH = 1L << Integer.SIZE;

    long ticket(int number) {
        return layout.ticket(firstTicket, Integer.toUnsignedLong(number));
    }
}
