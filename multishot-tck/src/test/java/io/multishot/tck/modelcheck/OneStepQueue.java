package io.multishot.tck.modelcheck;

import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for {@code ConcurrentLinkedQueue}, which the explorer does not look into: each operation is one step, and
 * ordered with all others. An iterator sees what was there when it was made, as that of the other may.
 *
 * @param <E> the type of element
 */
public final class OneStepQueue<E> extends AbstractQueue<E> {
    /** The step that the explorer sees; the list is used within it only. */
    private final AtomicInteger operations = new AtomicInteger();

    private final List<E> elements = new ArrayList<>();

    /** For the rewritten code. */
    public OneStepQueue() {}

    @Override
    public boolean offer(E element) {
        operations.getAndIncrement();
        return elements.add(Objects.requireNonNull(element));
    }

    @Override
    public boolean remove(Object element) {
        operations.getAndIncrement();
        return elements.remove(element);
    }

    @Override
    public E peek() {
        operations.getAndIncrement();
        return elements.isEmpty() ? null : elements.get(0);
    }

    @Override
    public E poll() {
        operations.getAndIncrement();
        return elements.isEmpty() ? null : elements.remove(0);
    }

    @Override
    public Iterator<E> iterator() {
        operations.getAndIncrement();
        return List.copyOf(elements).iterator();
    }

    @Override
    public int size() {
        operations.getAndIncrement();
        return elements.size();
    }
}
