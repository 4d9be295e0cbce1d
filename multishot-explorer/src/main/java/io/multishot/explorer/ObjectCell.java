package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/** An object of the platform as a whole, whatever it holds. */
final class ObjectCell extends Cell {
    private final Object object;
    private final Sharing sharing;

    ObjectCell(Object object, Sharing sharing) {
        this.object = object;
        this.sharing = sharing;
    }

    @Override
    Object owner() {
        return object;
    }

    @Override
    String name() {
        return "content";
    }

    @Override
    Class<?> type() {
        return Object.class;
    }

    @Override
    @Nullable
    Object read() {
        return null; // not needed: it is never accessed but by plain accesses
    }

    @Override
    void write(@Nullable Object value) {
        // nothing: its earlier content cannot be put back
    }

    @Override
    int position() {
        return Integer.MIN_VALUE;
    }

    @Override
    boolean ordersItself() {
        return sharing == Sharing.SYNCHRONIZED;
    }
}
