package io.multishot.explorer;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Accesses to memory by rewritten code. */
final class Accesses {
    private Accesses() {}

    // ---- linked to by Hooks -----------------------------------------------------------------------------------------

    static @Nullable Object onVarHandle(Operation operation, @Nullable Object[] arguments) {
        VarHandle handle = (VarHandle) Objects.requireNonNull(arguments[0]);
        @Nullable Object[] coordinates = Arrays.copyOfRange(arguments, 1, arguments.length);
        Carrier carrier = Carrier.current();
        if (carrier == null) {
            throw new IllegalStateException("rewritten code runs outside of an exploration");
        }
        try {
            Cell cell = carrier.execution().context.cell(handle, coordinates);
            return access(
                    operation, cell, arguments, 1 + handle.coordinateTypes().size());
        } catch (UnmodelledOperationException e) {
            carrier.execution().refuse(e);
            throw e;
        }
    }

    static @Nullable Object onAtomic(Operation operation, @Nullable Object[] arguments) {
        Object atomic = Objects.requireNonNull(arguments[0]);
        boolean isArray = AtomicCell.isArray(atomic);
        Cell cell = new AtomicCell(atomic, isArray ? (Integer) Objects.requireNonNull(arguments[1]) : 0);
        int first = isArray ? 2 : 1;
        return operation.kind() == Operation.Kind.UPDATE
                ? loop(operation, cell, arguments, first)
                : converted(operation.name(), access(operation, cell, arguments, first));
    }

    /** As the methods of {@code Number} do it. */
    private static @Nullable Object converted(String method, @Nullable Object value) {
        return switch (method) {
            case "intValue" -> Values.coerce(value, int.class);
            case "longValue" -> Values.coerce(value, long.class);
            case "floatValue" -> Values.coerce(value, float.class);
            case "doubleValue" -> Values.coerce(value, double.class);
            default -> value;
        };
    }

    static @Nullable Object onField(Operation operation, int id, @Nullable Object[] arguments) {
        FieldRef field = context().field(id);
        Object owner = field.isStatic ? null : Objects.requireNonNull(arguments[0], "null." + field.name);
        return access(operation, new FieldCell(owner, field), arguments, field.isStatic ? 0 : 1);
    }

    private static ModelContext context() {
        Carrier carrier = Carrier.current();
        if (carrier == null) {
            throw new IllegalStateException("rewritten code runs outside of an exploration");
        }
        return carrier.execution().context;
    }

    // ---- the accesses -----------------------------------------------------------------------------------------------

    private static @Nullable Object access(
            Operation operation, Cell cell, @Nullable Object[] arguments, int firstOperand) {
        Class<?> type = cell.type();
        Object first = operand(operation, arguments, firstOperand, type);
        Object second = arguments.length > firstOperand + 1 ? Values.coerce(arguments[firstOperand + 1], type) : null;
        Carrier carrier = Carrier.current();
        if (carrier == null) {
            throw new IllegalStateException("rewritten code runs outside of an exploration");
        }
        return access(carrier.execution(), carrier.logical(), operation, cell, first, second);
    }

    private static @Nullable Object operand(
            Operation operation, @Nullable Object[] arguments, int index, Class<?> type) {
        if (index < arguments.length) {
            return Values.coerce(arguments[index], type);
        }
        if (operation.kind() == Operation.Kind.ADD) { // the name says by how much
            return Values.coerce(operation.name().toLowerCase(Locale.ROOT).contains("decrement") ? -1 : 1, type);
        }
        return null;
    }

    static @Nullable Object access(
            Execution execution,
            LogicalThread thread,
            Operation operation,
            Cell cell,
            @Nullable Object first,
            @Nullable Object second) {
        if (thread.isInitialising()) {
            if (execution.memory.knows(cell)) {
                refuse("a static initialiser accesses " + cell.name() + " of an object that is in use already");
            }
            return directly(operation, cell, first, second);
        }
        execution.checkAbandoned();
        Memory memory = execution.memory;
        Location location = memory.locate(cell);
        if (operation.isPlain() && !cell.toleratesRaces()) {
            return plainly(memory, thread, operation, location, first);
        }
        execution.reach(thread, Step.access(thread, operation, location, first, execution.maySpendSpuriousFailure()));
        return switch (operation.kind()) {
            case LOAD -> memory.load(thread, location, operation);
            case STORE -> {
                memory.store(thread, location, operation, first);
                yield null;
            }
            case CAS -> memory.compareAndSet(thread, location, operation, first, second);
            default -> memory.update(thread, location, operation, first);
        };
    }

    private static @Nullable Object plainly(
            Memory memory, LogicalThread thread, Operation operation, Location location, @Nullable Object value) {
        if (operation.writes()) {
            memory.plainStore(thread, location);
            location.cell.write(value);
            return null;
        }
        memory.plainLoad(thread, location);
        return location.cell.read();
    }

    /** Within a static initialiser, in which no other thread takes part. */
    private static @Nullable Object directly(
            Operation operation, Cell cell, @Nullable Object first, @Nullable Object second) {
        Object old = cell.read();
        Object value = old;
        boolean success = true;
        if (operation.kind() == Operation.Kind.CAS) {
            success = Values.same(old, first, cell.type());
            value = success ? second : old;
        } else if (operation.writes()) {
            value = Values.combine(operation.kind(), old, first, cell.type());
        }
        if (operation.writes() && success) {
            cell.write(value);
        }
        return switch (operation.result()) {
            case NONE -> null;
            case OLD -> old;
            case NEW -> value;
            case SUCCESS, WEAK_SUCCESS -> success;
        };
    }

    // ---- updates by a function --------------------------------------------------------------------------------------

    /** As the JDK does it: by a loop, in which the function may itself do anything. */
    private static @Nullable Object loop(Operation operation, Cell cell, @Nullable Object[] arguments, int first) {
        boolean accumulates = arguments.length > first + 1;
        Object function = Objects.requireNonNull(arguments[arguments.length - 1], "function");
        Object operand = accumulates ? arguments[first] : null;
        while (true) {
            Object old = access(Operation.GET_VOLATILE, cell, arguments, arguments.length);
            Object value = apply(function, old, operand);
            Object[] replacement = {old, value};
            if (Boolean.TRUE.equals(access(Operation.CAS_VOLATILE, cell, replacement, 0))) {
                return operation.result() == Operation.Result.NEW ? value : old;
            }
        }
    }

    @SuppressWarnings("unchecked") // the caller compiled against the real types
    private static @Nullable Object apply(Object function, @Nullable Object old, @Nullable Object operand) {
        if (function instanceof IntUnaryOperator f) {
            return f.applyAsInt((Integer) Objects.requireNonNull(old));
        } else if (function instanceof LongUnaryOperator f) {
            return f.applyAsLong((Long) Objects.requireNonNull(old));
        } else if (function instanceof IntBinaryOperator f) {
            return f.applyAsInt((Integer) Objects.requireNonNull(old), (Integer) Objects.requireNonNull(operand));
        } else if (function instanceof LongBinaryOperator f) {
            return f.applyAsLong((Long) Objects.requireNonNull(old), (Long) Objects.requireNonNull(operand));
        } else if (function instanceof UnaryOperator) {
            return ((UnaryOperator<@Nullable Object>) function).apply(old);
        }
        return ((BinaryOperator<@Nullable Object>) function).apply(old, operand);
    }

    // ---- plain accesses that rewritten code makes itself ------------------------------------------------------------

    static void watchField(@Nullable Object owner, int id, boolean writes) {
        Carrier carrier = Carrier.current();
        if (carrier == null || carrier.logical().isInitialising()) {
            return;
        }
        FieldRef field = carrier.execution().context.field(id);
        if (owner != null || field.isStatic) { // else the access itself throws
            watch(carrier, new FieldCell(owner, field), writes);
        }
    }

    static void watchElement(@Nullable Object array, int index, boolean writes) {
        Carrier carrier = Carrier.current();
        if (carrier == null || array == null || carrier.logical().isInitialising()) {
            return;
        }
        if (index >= 0 && index < Array.getLength(array)) { // else the access itself throws
            watch(carrier, new ElementCell(array, index), writes);
        }
    }

    private static void watch(Carrier carrier, Cell cell, boolean writes) {
        Execution execution = carrier.execution();
        execution.checkAbandoned();
        Location location = execution.memory.locate(cell);
        if (writes) {
            execution.memory.plainStore(carrier.logical(), location);
        } else {
            execution.memory.plainLoad(carrier.logical(), location);
        }
    }

    static void fence(Fence fence) {
        Carrier carrier = Carrier.current();
        if (carrier == null || carrier.logical().isInitialising()) {
            return;
        }
        carrier.execution().checkAbandoned();
        carrier.execution().count();
        carrier.execution().memory.fence(carrier.logical(), fence);
    }

    static void refuse(String message) {
        UnmodelledOperationException refusal = new UnmodelledOperationException(message);
        Carrier carrier = Carrier.current();
        if (carrier != null) {
            carrier.execution().checkAbandoned();
            carrier.execution().refuse(refusal);
        }
        throw refusal;
    }
}
