package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/** The interrupt status of a thread: to the memory model, a volatile field of the thread. */
final class InterruptCell extends Cell {
    private final LogicalThread thread;

    InterruptCell(LogicalThread thread) {
        this.thread = thread;
    }

    @Override
    Object owner() {
        return thread;
    }

    @Override
    String name() {
        return "interrupted";
    }

    @Override
    Class<?> type() {
        return boolean.class;
    }

    @Override
    Object read() {
        return thread.interrupted;
    }

    @Override
    void write(@Nullable Object value) {
        thread.interrupted = Boolean.TRUE.equals(value);
    }

    @Override
    int position() {
        return 0;
    }

    @Override
    boolean isNeverStale() {
        return true;
    }
}
