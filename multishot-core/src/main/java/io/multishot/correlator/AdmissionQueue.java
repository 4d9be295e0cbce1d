package io.multishot.correlator;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The requests that wait for a slot, in the order in which they came. While one waits, a slot that becomes free is for
 * the first of them: no other request takes slots.
 *
 * <p>A thread that frees a slot reads the size after that; a thread that enters raises the size before it looks for a
 * free slot: at least one of the two sees the other. The thread that takes an entry out of the queue lowers the size.
 */
final class AdmissionQueue<T> implements SlotRequest.Queue<T> {
    /** Opens a request in a slot that was taken. */
    interface Opener<T> {
        void open(int address, SlotRequest<T> request);
    }

    private final int limit;
    private final SlotTable<T> table;
    private final Opener<T> opener;
    private final Queue<SlotRequest<T>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** No wait is over earlier than this. Raised before the queue is read, lowered after a request entered. */
    private final AtomicLong bound = new AtomicLong(DeadlineWord.NEVER);

    /** Work-in-progress counter: the thread that raises it from 0 drains for all later callers. */
    private final AtomicInteger wip = new AtomicInteger();

    /**
     * Creates an empty queue.
     *
     * @param limit how many may wait
     * @param table has the slots
     * @param opener opens a request in a slot
     */
    AdmissionQueue(int limit, SlotTable<T> table, Opener<T> opener) {
        this.limit = limit;
        this.table = table;
        this.opener = opener;
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    int size() {
        return size.get();
    }

    /** Takes the last place; false if the queue is full. */
    boolean enter(SlotRequest<T> request) {
        if (size.getAndUpdate(now -> now < limit ? now + 1 : now) >= limit) {
            return false;
        }
        queue.add(request);
        lowerBound(request.waitsUntil());
        if (!request.isWaiting()) {
            remove(request); // its cancel may have come before the request was in the queue
        }
        return true;
    }

    @Override
    public void remove(SlotRequest<T> request) {
        if (queue.remove(request)) {
            size.getAndDecrement();
        }
    }

    /** Gives free slots to waiting requests, one after the other, until there are no more of the one or the other. */
    void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (serveFirst()) {
                // the next one
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private boolean serveFirst() {
        SlotRequest<T> first = queue.peek();
        if (first == null) {
            return false;
        }
        if (!first.isWaiting()) {
            remove(first);
            return true;
        }
        int address = table.take();
        if (address == StripedFreeList.NONE) {
            return false;
        }
        if (first.claim()) {
            remove(first);
            opener.open(address, first);
        } else {
            table.giveBack(address);
        }
        return true;
    }

    /** Returns a time before which no wait is over. */
    long earliest() {
        return isEmpty() ? DeadlineWord.NEVER : bound.get();
    }

    private void lowerBound(long waitsUntil) {
        bound.accumulateAndGet(waitsUntil, Math::min);
    }

    /** Takes out the requests whose wait is over at this time. */
    void expire(long elapsed, Consumer<SlotRequest<T>> refuser) {
        if (earliest() > elapsed) {
            return;
        }
        List<SlotRequest<T>> over = new ArrayList<>();
        for (SlotRequest<T> request : queue) {
            if (request.waitsUntil() <= elapsed) {
                over.add(request);
            }
        }
        // A refuser may block: the bound counts those that are over until they are refused, so that another call does.
        try {
            takeOut(over, refuser);
        } finally {
            bound.set(DeadlineWord.NEVER);
            for (SlotRequest<T> request : queue) {
                lowerBound(request.waitsUntil());
            }
        }
    }

    /** Takes out all requests. */
    void clear(Consumer<SlotRequest<T>> refuser) {
        if (!isEmpty()) {
            takeOut(List.copyOf(queue), refuser); // not those that enter meanwhile, as a refused one may do at once
        }
    }

    private void takeOut(List<SlotRequest<T>> requests, Consumer<SlotRequest<T>> refuser) {
        for (SlotRequest<T> request : requests) {
            if (request.claim()) {
                remove(request);
                refuser.accept(request);
            }
        }
    }
}
