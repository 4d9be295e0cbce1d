package io.multishot.correlator;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
        return bound.get();
    }

    private void lowerBound(long waitsUntil) {
        bound.accumulateAndGet(waitsUntil, Math::min);
    }

    /** Takes out the requests whose wait is over at this time. */
    void expire(long elapsed, Consumer<SlotRequest<T>> refuser) {
        if (earliest() > elapsed) {
            return;
        }
        bound.set(DeadlineWord.NEVER);
        try {
            takeOut(request -> request.waitsUntil() <= elapsed, refuser);
        } finally {
            for (SlotRequest<T> request : queue) {
                lowerBound(request.waitsUntil());
            }
        }
    }

    /** Takes out all requests. */
    void clear(Consumer<SlotRequest<T>> refuser) {
        takeOut(request -> true, refuser);
    }

    /** Leaves requests in that enter meanwhile, as a refused one may do at once. */
    private void takeOut(Predicate<SlotRequest<T>> which, Consumer<SlotRequest<T>> refuser) {
        if (isEmpty()) {
            return;
        }
        for (SlotRequest<T> request : List.copyOf(queue)) {
            if (which.test(request) && request.claim()) {
                remove(request);
                refuser.accept(request);
            }
        }
    }
}
