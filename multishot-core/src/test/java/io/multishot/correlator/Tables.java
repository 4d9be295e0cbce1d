package io.multishot.correlator;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Reaches the table of a correlator, for what its public methods do not show. */
final class Tables {
    private Tables() {}

    /** Returns the table of a correlator. */
    static <T> SlotTable<T> of(Correlator<T> correlator) {
        return get(get(correlator, "engine"), "table");
    }

    /** Returns the chunk of the first slots, which is made if it is not there. */
    static <T> Chunk<T> firstChunk(Correlator<T> correlator) {
        SlotTable<T> table = of(correlator);
        table.makeChunkOf(0);
        return table.chunkOf(0);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the field's type
    static <V> V get(Object owner, String name) {
        try {
            return (V) field(owner, name).get(owner);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    static void set(Object owner, String name, @Nullable Object value) {
        try {
            field(owner, name).set(owner, value);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Field field(Object owner, String name) {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new LinkageError(owner.getClass() + " has no field " + name);
    }
}
