package io.multishot.explorer;

import java.lang.reflect.Array;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An element of an array. */
final class ElementCell extends Cell {
    private final Object array;
    private final int index;

    ElementCell(Object array, int index) {
        Objects.requireNonNull(array, "array");
        Objects.checkIndex(index, Array.getLength(array));
        this.array = array;
        this.index = index;
    }

    @Override
    Object owner() {
        return array;
    }

    @Override
    String name() {
        return "[" + index + "]";
    }

    @Override
    Class<?> type() {
        return array.getClass().getComponentType();
    }

    @Override
    @Nullable
    Object read() {
        return Array.get(array, index);
    }

    @Override
    void write(@Nullable Object value) {
        Array.set(array, index, value);
    }

    @Override
    int position() {
        return index;
    }
}
