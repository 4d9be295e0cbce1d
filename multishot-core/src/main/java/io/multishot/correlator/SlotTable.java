package io.multishot.correlator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The slots of a correlator, and which of them are free. A ticket leads to its slot by the index in it. */
final class SlotTable<T> {
    /** Of the layout; here, since each reply needs it. */
    private final int indexMask;

    private final Slot<T>[] slots;
    private final StripedFreeList<T> free;

    @SuppressWarnings("unchecked") // an array of a generic type
    SlotTable(int capacity, RequestOwner<T> owner) {
        SplittableRandom random = new SplittableRandom();
        TicketLayout layout = TicketLayout.forSlots(capacity);
        indexMask = layout.indexMask();
        slots = (Slot<T>[]) new Slot<?>[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot<>(owner, layout, i, layout.firstTicket(i, random.nextLong()));
        }
        free = new StripedFreeList<>(slots);
    }

    /**
     * Returns the request with this ticket, as a {@link Pending}, or the {@link ReplyResult} of a reply that finds
     * none.
     */
    Object find(long ticket) {
        int index = index(ticket);
        return index < slots.length ? slots[index].find(ticket) : ReplyResult.UNKNOWN;
    }

    /** Returns the slot that issued the ticket. */
    Slot<T> slotOf(long ticket) {
        return slots[index(ticket)];
    }

    private int index(long ticket) {
        return (int) ticket & indexMask;
    }

    /** Takes a free slot; null if there was a moment, during this call, at which none was free. */
    @Nullable
    Slot<T> take() {
        return free.pop();
    }

    /** Gives a slot back in which no request is published. */
    void giveBack(Slot<T> slot) {
        free.push(slot);
    }

    /** Returns all slots, to be read. */
    Slot<T>[] slots() {
        return slots;
    }

    int capacity() {
        return slots.length;
    }

    /** Returns how many slots are taken, where each stripe of the free list is counted at a moment of its own. */
    int inFlight() {
        return slots.length - free.size();
    }

    List<RequestInfo> snapshot(long elapsed) {
        List<RequestInfo> requests = new ArrayList<>();
        for (Slot<T> slot : slots) {
            RequestInfo request = slot.info(elapsed);
            if (request != null) {
                requests.add(request);
            }
        }
        return requests;
    }
}
