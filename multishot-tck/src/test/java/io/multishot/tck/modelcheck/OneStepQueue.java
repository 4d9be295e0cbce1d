package io.multishot.tck.modelcheck;

import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Stands in for {@code ConcurrentLinkedQueue}, which the explorer does not look into: each operation is one step, and
 * ordered with all others. An iterator sees what was there when it was made, as that of the other may.
 *
 * @param <E> the type of element
 */
public final class OneStepQueue<E> extends AbstractQueue<E> {
    private final List<E> elements = new ArrayList<>();

    /** For the rewritten code. */
    public OneStepQueue() {}

    @Override
    public synchronized boolean offer(E element) {
        return elements.add(Objects.requireNonNull(element));
    }

    @Override
    public synchronized boolean remove(Object element) {
        return elements.remove(element);
    }

    @Override
    public synchronized E peek() {
        return elements.isEmpty() ? null : elements.get(0);
    }

    @Override
    public synchronized E poll() {
        return elements.isEmpty() ? null : elements.remove(0);
    }

    @Override
    public synchronized Iterator<E> iterator() {
        return List.copyOf(elements).iterator();
    }

    @Override
    public synchronized int size() {
        return elements.size();
    }
}
