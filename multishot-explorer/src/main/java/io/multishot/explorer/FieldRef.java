package io.multishot.explorer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** A field of a rewritten class, and the way to its value in the heap. */
final class FieldRef {
    final int id;
    final String name;
    final Class<?> type;
    final Class<?> declaringClass;
    final boolean isStatic;
    final boolean toleratesRaces;
    private final MethodHandle getter;
    private final @Nullable MethodHandle setter; // null for a final field

    FieldRef(int id, Field field, boolean toleratesRaces) throws IllegalAccessException {
        this.id = id;
        this.name = field.getName();
        this.type = field.getType();
        this.declaringClass = field.getDeclaringClass();
        this.isStatic = Modifier.isStatic(field.getModifiers());
        this.toleratesRaces = toleratesRaces;
        field.setAccessible(true);
        MethodHandle get = MethodHandles.lookup().unreflectGetter(field);
        MethodHandle set = Modifier.isFinal(field.getModifiers())
                ? null
                : MethodHandles.lookup().unreflectSetter(field);
        // One shape for both kinds: a static field ignores the owner.
        if (isStatic) {
            get = MethodHandles.dropArguments(get, 0, Object.class);
            set = set == null ? null : MethodHandles.dropArguments(set, 0, Object.class);
        }
        getter = get.asType(MethodType.methodType(Object.class, Object.class));
        setter = set == null ? null : set.asType(MethodType.methodType(void.class, Object.class, Object.class));
    }

    @Nullable
    Object get(@Nullable Object owner) {
        try {
            return (Object) getter.invokeExact(owner);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }

    void set(@Nullable Object owner, @Nullable Object value) {
        if (setter == null) {
            throw new UnsupportedOperationException(name + " is final");
        }
        try {
            setter.invokeExact(owner, value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot write " + name, e);
        }
    }
}
