package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/** Arithmetic on boxed values of a known type, as the VarHandle of that type would do it. */
final class Values {
    private Values() {}

    /** The value as one of the type: a primitive value is widened or narrowed, null means zero. */
    static @Nullable Object coerce(@Nullable Object value, Class<?> type) {
        if (!type.isPrimitive() || type == boolean.class) {
            return value;
        }
        if (type == char.class) {
            return value instanceof Number number ? (Object) (char) number.intValue() : value;
        }
        Number number = value instanceof Character c ? (int) c : (Number) value;
        if (number == null) {
            throw new NullPointerException("null where a value of type " + type + " is needed");
        }
        return type == int.class
                ? (Object) number.intValue()
                : type == long.class
                        ? (Object) number.longValue()
                        : type == byte.class
                                ? (Object) number.byteValue()
                                : type == short.class
                                        ? (Object) number.shortValue()
                                        : type == float.class ? (Object) number.floatValue() : number.doubleValue();
    }

    /** Tells whether a compare-and-set takes the two for equal: references by identity, primitives by value. */
    static boolean same(@Nullable Object a, @Nullable Object b, Class<?> type) {
        return type.isPrimitive() ? a != null && a.equals(b) : a == b;
    }

    @SuppressWarnings("NullAway") // of a primitive type there is no null
    static @Nullable Object combine(
            Operation.Kind kind, @Nullable Object old, @Nullable Object operand, Class<?> type) {
        return switch (kind) {
            case SWAP, STORE -> operand;
            case ADD -> coerce(sum(old, operand, type), type);
            case OR, AND, XOR ->
                type == boolean.class
                        ? (Object) logical(kind, (Boolean) old, (Boolean) operand)
                        : coerce(bitwise(kind, integral(old), integral(operand)), type);
            default -> throw new AssertionError(kind);
        };
    }

    @SuppressWarnings("NullAway") // of a primitive type there is no null
    private static Number sum(@Nullable Object a, @Nullable Object b, Class<?> type) {
        if (type == float.class) {
            return (Float) a + (Float) b;
        }
        if (type == double.class) {
            return (Double) a + (Double) b;
        }
        return integral(a) + integral(b);
    }

    @SuppressWarnings("NullAway") // of a primitive type there is no null
    private static long integral(@Nullable Object value) {
        return value instanceof Character c ? c : ((Number) value).longValue();
    }

    @SuppressWarnings("ShortCircuitBoolean") // as the operations are called
    private static boolean logical(Operation.Kind kind, boolean a, boolean b) {
        return kind == Operation.Kind.OR ? a | b : kind == Operation.Kind.AND ? a & b : a ^ b;
    }

    private static long bitwise(Operation.Kind kind, long a, long b) {
        return kind == Operation.Kind.OR ? a | b : kind == Operation.Kind.AND ? a & b : a ^ b;
    }
}
