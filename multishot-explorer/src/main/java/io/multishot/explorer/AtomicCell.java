package io.multishot.explorer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The value inside an AtomicInteger or one of its kind, or an element of an AtomicIntegerArray or one of its kind. */
final class AtomicCell extends Cell {
    private final Object atomic;
    private final int index;

    AtomicCell(Object atomic, int index) {
        this.atomic = atomic;
        this.index = index;
        read(); // an index out of bounds fails here
    }

    /** Tells whether the object is an atomic, or an array of atomics, that is modelled. */
    static boolean isAtomic(Object object) {
        return object instanceof AtomicReference
                || object instanceof AtomicInteger
                || object instanceof AtomicLong
                || object instanceof AtomicBoolean
                || isArray(object);
    }

    static boolean isArray(Object atomic) {
        return atomic instanceof AtomicReferenceArray
                || atomic instanceof AtomicIntegerArray
                || atomic instanceof AtomicLongArray;
    }

    static int lengthOf(Object array) {
        if (array instanceof AtomicReferenceArray<?> references) {
            return references.length();
        }
        return array instanceof AtomicIntegerArray integers ? integers.length() : ((AtomicLongArray) array).length();
    }

    @Override
    Object owner() {
        return atomic;
    }

    @Override
    String name() {
        return isArray(atomic) ? "[" + index + "]" : "value";
    }

    @Override
    Class<?> type() {
        return atomic instanceof AtomicInteger || atomic instanceof AtomicIntegerArray
                ? int.class
                : atomic instanceof AtomicLong || atomic instanceof AtomicLongArray
                        ? long.class
                        : atomic instanceof AtomicBoolean ? boolean.class : Object.class;
    }

    @Override
    @Nullable
    Object read() {
        if (atomic instanceof AtomicReference<?> reference) {
            return reference.get();
        } else if (atomic instanceof AtomicInteger integer) {
            return integer.get();
        } else if (atomic instanceof AtomicLong number) {
            return number.get();
        } else if (atomic instanceof AtomicBoolean flag) {
            return flag.get();
        } else if (atomic instanceof AtomicReferenceArray<?> array) {
            return array.get(index);
        } else if (atomic instanceof AtomicIntegerArray array) {
            return array.get(index);
        }
        return ((AtomicLongArray) atomic).get(index);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the caller compiled against the real type
    void write(@Nullable Object value) {
        if (atomic instanceof AtomicReference<?> reference) {
            ((AtomicReference<@Nullable Object>) reference).set(value);
        } else if (atomic instanceof AtomicInteger integer) {
            integer.set((Integer) value);
        } else if (atomic instanceof AtomicLong number) {
            number.set((Long) value);
        } else if (atomic instanceof AtomicBoolean flag) {
            flag.set((Boolean) value);
        } else if (atomic instanceof AtomicReferenceArray<?> array) {
            ((AtomicReferenceArray<@Nullable Object>) array).set(index, value);
        } else if (atomic instanceof AtomicIntegerArray array) {
            array.set(index, (Integer) value);
        } else {
            ((AtomicLongArray) atomic).set(index, (Long) value);
        }
    }

    @Override
    int position() {
        return index;
    }
}
