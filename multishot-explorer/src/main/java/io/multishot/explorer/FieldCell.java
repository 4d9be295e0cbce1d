package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/** A field of an object, or a static field. */
final class FieldCell extends Cell {
    private final @Nullable Object owner;
    private final FieldRef field;

    FieldCell(@Nullable Object owner, FieldRef field) {
        this.owner = owner;
        this.field = field;
    }

    @Override
    @Nullable
    Object owner() {
        return owner;
    }

    @Override
    String name() {
        return field.isStatic ? field.declaringClass.getSimpleName() + "." + field.name : field.name;
    }

    @Override
    Class<?> type() {
        return field.type;
    }

    @Override
    @Nullable
    Object read() {
        return field.get(owner);
    }

    @Override
    void write(@Nullable Object value) {
        field.set(owner, value);
    }

    @Override
    int position() {
        return ~field.id; // never an index of an array
    }

    @Override
    boolean toleratesRaces() {
        return field.toleratesRaces;
    }
}
