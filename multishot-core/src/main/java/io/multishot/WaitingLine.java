package io.multishot;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who waits for a slot, in the order in which they came. While somebody waits, a slot that becomes free is for the first
 * of them: nobody else takes slots.
 *
 * <p>Whoever frees a slot looks at the size after that; whoever enters counts himself before he looks for a free slot: at least
 * one of the two sees the other. Whoever takes an entry out of the queue takes it out of the size.
 */
final class WaitingLine<T> {
    private final int limit;
    private final FreeSlots<T> free;
    private final BiConsumer<Slot<T>, Opening<T>> opener;
    private final Queue<Opening<T>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** How often slots were to be given out and were not yet: who finds 0 does it, also for those who come meanwhile. */
    private final AtomicInteger calls = new AtomicInteger();

    /** Takes how many may wait, where free slots are, and who opens a request in a slot for whom it is his turn. */
    WaitingLine(int limit, FreeSlots<T> free, BiConsumer<Slot<T>, Opening<T>> opener) {
        this.limit = limit;
        this.free = free;
        this.opener = opener;
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    int size() {
        return size.get();
    }

    /** Takes the last place; false if there is none. */
    boolean enter(Opening<T> opening) {
        if (size.getAndUpdate(now -> now < limit ? now + 1 : now) >= limit) {
            return false;
        }
        queue.add(opening);
        if (!opening.isWaiting()) {
            forget(opening); // who cancelled it may have looked for it too early
        }
        return true;
    }

    void forget(Opening<T> opening) {
        if (queue.remove(opening)) {
            size.getAndDecrement();
        }
    }

    /** Gives free slots to who waits, one after the other, until there are no more of the one or the other. */
    void giveOut() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int answered = 1;
        do {
            while (giveOne()) {
                // the next one
            }
            answered = calls.addAndGet(-answered);
        } while (answered != 0);
    }

    private boolean giveOne() {
        Opening<T> first = queue.peek();
        if (first == null) {
            return false;
        }
        if (!first.isWaiting()) {
            forget(first);
            return true;
        }
        Slot<T> slot = free.pop();
        if (slot == null) {
            return false;
        }
        if (first.claim()) {
            forget(first);
            opener.accept(slot, first);
        } else {
            free.push(slot);
        }
        return true;
    }

    /** Takes out everybody whose wait is over at this time. */
    void expire(long elapsed, Consumer<Opening<T>> refuser) {
        takeOut(opening -> opening.isDue(elapsed), refuser);
    }

    /** Takes out everybody. */
    void clear(Consumer<Opening<T>> refuser) {
        takeOut(opening -> true, refuser);
    }

    /** Not who enters meanwhile, as who is refused may do at once. */
    private void takeOut(Predicate<Opening<T>> whom, Consumer<Opening<T>> refuser) {
        if (isEmpty()) {
            return;
        }
        for (Opening<T> opening : List.copyOf(queue)) {
            if (whom.test(opening) && opening.claim()) {
                forget(opening);
                refuser.accept(opening);
            }
        }
    }
}
