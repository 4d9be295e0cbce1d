package io.multishot.explorer;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Watches the objects of the platform that rewritten code works on. The explorer does not look into them: each call
 * counts as a plain access of the whole object, and of every element of an array that it is given.
 */
final class Watch {
    /** The effects of a call on one of its arguments. */
    static final int READS = 1;

    static final int WRITES = 1 << 1;
    /** Turns it into text. */
    static final int PRINTS = 1 << 2;
    /** Looks into what it holds, too. */
    static final int INSIDE = 1 << 3;
    /** And into arrays that it holds. */
    static final int ARRAYS_INSIDE = 1 << 4;

    private static final int DEPTH = 3;

    /** Calls that leave the object as it is; those of iterators count as calls of what they go through. */
    private static final Set<String> READERS = Set.of(
            "anyMatch",
            "allMatch",
            "array",
            "asList",
            "boxed",
            "capacity",
            "cardinality",
            "ceiling",
            "ceilingEntry",
            "ceilingKey",
            "charAt",
            "chars",
            "clone",
            "codePointAt",
            "collect",
            "comparator",
            "compareTo",
            "contains",
            "containsAll",
            "containsKey",
            "containsValue",
            "count",
            "descendingIterator",
            "descendingKeySet",
            "descendingMap",
            "descendingSet",
            "distinct",
            "element",
            "elementAt",
            "elements",
            "entrySet",
            "equals",
            "filter",
            "findAny",
            "findFirst",
            "first",
            "firstElement",
            "firstEntry",
            "firstKey",
            "flatMap",
            "floor",
            "floorEntry",
            "floorKey",
            "forEach",
            "forEachRemaining",
            "get",
            "getFirst",
            "getKey",
            "getLast",
            "getOrDefault",
            "getValue",
            "hasMoreElements",
            "hasNext",
            "hasPrevious",
            "hasRemaining",
            "hashCode",
            "headMap",
            "headSet",
            "higher",
            "higherEntry",
            "higherKey",
            "indexOf",
            "intersects",
            "isEmpty",
            "iterator",
            "keySet",
            "last",
            "lastElement",
            "lastEntry",
            "lastIndexOf",
            "lastKey",
            "length",
            "limit",
            "listIterator",
            "lower",
            "lowerEntry",
            "lowerKey",
            "map",
            "mapToInt",
            "mapToLong",
            "mapToObj",
            "max",
            "min",
            "navigableKeySet",
            "next",
            "nextClearBit",
            "nextElement",
            "nextIndex",
            "nextSetBit",
            "noneMatch",
            "peek",
            "peekFirst",
            "peekLast",
            "previous",
            "previousIndex",
            "previousSetBit",
            "reduce",
            "remaining",
            "reversed",
            "size",
            "sorted",
            "spliterator",
            "stream",
            "subList",
            "subMap",
            "subSequence",
            "subSet",
            "substring",
            "sum",
            "tailMap",
            "tailSet",
            "toArray",
            "toList",
            "toString",
            "values");

    /** Calls that change what they are given: an array, or of the class Collections a list. */
    private static final Set<String> FILLERS = Set.of(
            "addAll",
            "copy",
            "copyInto",
            "fill",
            "getBytes",
            "getChars",
            "nextBytes",
            "replaceAll",
            "reverse",
            "rotate",
            "setAll",
            "shuffle",
            "sort",
            "swap",
            "toArray");

    /** Calls that look into an argument which may be any object. */
    private static final Set<String> INSPECTORS = Set.of(
            "add",
            "compare",
            "contains",
            "containsKey",
            "containsValue",
            "deepEquals",
            "equals",
            "get",
            "hash",
            "hashCode",
            "indexOf",
            "lastIndexOf",
            "put",
            "remove");

    /** Calls that ask the elements of what they are given, which ask theirs. */
    private static final Set<String> DELVERS = Set.of(
            "contains",
            "containsAll",
            "containsValue",
            "deepEquals",
            "deepHashCode",
            "deepToString",
            "equals",
            "hash",
            "hashCode",
            "indexOf",
            "join",
            "lastIndexOf",
            "remove",
            "toString");

    private static final Set<String> PRINTERS =
            Set.of("append", "format", "formatted", "insert", "print", "println", "printf", "toString", "valueOf");

    private Watch() {}

    // ---- for the rewriter -------------------------------------------------------------------------------------------

    /** Returns the effect of the call on the object that it is made on. */
    static int onReceiver(String owner, String method, String descriptor) {
        boolean reads = READERS.contains(method) && !(owner.startsWith("java/nio/") && moves(method, descriptor));
        int effect = (reads && !owner.equals("java/util/Random") ? READS : WRITES) | inside(method);
        return method.equals("toString") ? effect | PRINTS : effect;
    }

    /** Returns the effect of the call on an argument of a declared type; 0 if none that matters. */
    static int onArgument(String owner, String method, int index, Type type) {
        if (type.getSort() == Type.ARRAY) {
            boolean prints = PRINTERS.contains(method);
            boolean fills = FILLERS.contains(method) || owner.startsWith("java/nio/");
            return (fills ? READS | WRITES : READS) | (prints ? PRINTS | INSIDE : 0) | inside(method);
        }
        if (type.getSort() != Type.OBJECT) {
            return 0;
        }
        String name = type.getInternalName();
        if (name.equals("java/lang/Object")) {
            return PRINTERS.contains(method)
                    ? READS | PRINTS | INSIDE
                    : INSPECTORS.contains(method) ? READS | inside(method) : 0;
        }
        boolean holds = (name.startsWith("java/util/") && !name.startsWith("java/util/function/"))
                || name.equals("java/lang/Iterable")
                || name.equals("java/lang/CharSequence")
                || name.startsWith("java/lang/StringBu")
                || name.startsWith("java/nio/");
        if (!holds) {
            return 0;
        }
        return owner.equals("java/util/Collections") && index == 0 && FILLERS.contains(method)
                ? WRITES
                : READS | inside(method);
    }

    /**
     * Tells whether the method sets the position or the limit of a buffer: {@code get()} does, {@code get(int)} does
     * not.
     */
    private static boolean moves(String method, String descriptor) {
        return method.equals("get") ? !descriptor.startsWith("(I)") : !descriptor.startsWith("()");
    }

    private static int inside(String method) {
        return DELVERS.contains(method) ? INSIDE | (method.startsWith("deep") ? ARRAYS_INSIDE : 0) : 0;
    }

    // ---- for rewritten code -----------------------------------------------------------------------------------------

    /** Before a call does something with an object. */
    static void touch(@Nullable Object object, int effect) {
        touch(object, effect, DEPTH);
    }

    private static void touch(@Nullable Object object, int effect, int depth) {
        Carrier carrier = Carrier.current();
        if (object == null || carrier == null || carrier.logical().isInitialising()) {
            return;
        }
        if (object.getClass().isArray()) {
            touchArray(object, effect, depth);
            return;
        }
        if ((effect & PRINTS) != 0 && !AtomicCell.isAtomic(object) && holdsAtomic(object, DEPTH)) {
            refuseText(object.getClass().getName());
        }
        if ((effect & INSIDE) != 0) {
            touchInside(contentOf(object), effect, depth);
        }
        Execution execution = carrier.execution();
        Object root = execution.rootOf(object);
        if (root.getClass().isArray()) {
            boolean writesThrough = object instanceof Collection || object instanceof ListIterator;
            touchArray(root, writesThrough ? effect & (READS | WRITES) : READS, 0);
            return;
        }
        Sharing sharing = Sharing.of(root.getClass(), execution.context);
        if (sharing == Sharing.HARMLESS) {
            return;
        }
        execution.checkAbandoned();
        Location location = execution.memory.locate(new ObjectCell(root, sharing));
        if ((effect & WRITES) != 0) {
            execution.memory.plainStore(carrier.logical(), location);
            execution.changes(root);
        } else {
            execution.memory.plainLoad(carrier.logical(), location);
        }
        execution.checkFresh(root);
    }

    /** Returns what an object of the platform holds, and asks when it is asked itself. */
    private static Iterable<?> contentOf(Object object) {
        if (object.getClass().getClassLoader() != null) {
            return List.of();
        } else if (object instanceof Collection<?> collection) {
            return collection;
        } else if (object instanceof Map<?, ?> map) {
            return List.of(map.keySet(), map.values());
        } else if (object instanceof Map.Entry<?, ?> entry) {
            return Arrays.asList(entry.getKey(), entry.getValue());
        }
        return object instanceof Optional<?> optional && optional.isPresent() ? List.of(optional.get()) : List.of();
    }

    private static void touchInside(Iterable<?> content, int effect, int depth) {
        if (depth > 0) {
            for (Object element : content) {
                if (element != null && (!element.getClass().isArray() || (effect & ARRAYS_INSIDE) != 0)) {
                    touch(element, (effect & ~WRITES) | READS, depth - 1);
                }
            }
        }
    }

    /** Before the components of a record are asked for their text, their hash code, or whether they are equal. */
    static void touchComponents(@Nullable Object record, int effect) {
        Carrier carrier = Carrier.current();
        if (!(record instanceof Record) || carrier == null || carrier.logical().isInitialising()) {
            return;
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (!component.getType().isPrimitive() && !component.getType().isArray()) {
                Object value = carrier.execution().context.component(record, component.getName());
                if (value != null && AtomicCell.isAtomic(value) && (effect & PRINTS) != 0) {
                    refuseText(record.getClass().getName());
                }
                if (value != null && !value.getClass().isArray()) {
                    touch(value, effect);
                }
            }
        }
    }

    private static void touchArray(Object array, int effect, int depth) {
        if (array instanceof Object[] objects && (effect & INSIDE) != 0) {
            touchInside(Arrays.asList(objects), effect, depth);
        }
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            Accesses.watchElement(array, i, false);
            if ((effect & WRITES) != 0) {
                Accesses.watchElement(array, i, true);
            }
            if (array instanceof Object[] objects && (effect & PRINTS) != 0 && holdsAtomic(objects[i], DEPTH)) {
                refuseText("an array");
            }
        }
    }

    /** An iterator or another view of an object counts as that object. */
    static void derive(@Nullable Object result, @Nullable Object from) {
        Carrier carrier = Carrier.current();
        if (result == null || from == null || carrier == null || result == from) {
            return;
        }
        Class<?> type = result.getClass();
        String name = type.getName();
        boolean isView = name.startsWith("java.util.")
                && !Modifier.isPublic(type.getModifiers())
                && !name.startsWith("java.util.Collections$Synchronized")
                && Sharing.of(type, carrier.execution().context) != Sharing.HARMLESS;
        if (isView) {
            carrier.execution().derive(result, from);
        }
    }

    /** An atomic as the text that it is turned into; anything else itself. */
    static @Nullable Object printed(@Nullable Object object) {
        return object != null && AtomicCell.isAtomic(object) ? text(object) : object;
    }

    /** An atomic as the value that it has; any other number itself. */
    static Number number(Number number) {
        return AtomicCell.isAtomic(number)
                ? (Number) Objects.requireNonNull(Accesses.onAtomic(Operation.GET_VOLATILE, new Object[] {number}))
                : number;
    }

    /** In place of the method {@code toString} of an atomic. */
    static String text(Object atomic) {
        Operation load = Operation.named("toString", Operation.GET_VOLATILE);
        if (!AtomicCell.isArray(atomic)) {
            return String.valueOf(Accesses.onAtomic(load, new Object[] {atomic}));
        }
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < AtomicCell.lengthOf(atomic); i++) {
            text.append(i == 0 ? "" : ", ").append(Accesses.onAtomic(load, new Object[] {atomic, i}));
        }
        return text.append(']').toString();
    }

    private static void refuseText(String holder) {
        Accesses.refuse("an atomic inside of " + holder
                + " is turned into text, which the explorer does not see: read the atomic first");
    }

    private static boolean holdsAtomic(@Nullable Object object, int depth) {
        if (object == null || depth == 0) {
            return false;
        }
        if (object instanceof Collection<?> collection && object.getClass().getClassLoader() == null) {
            for (Object element : collection) {
                if (holdsAtomic(element, depth - 1)) {
                    return true;
                }
            }
            return false;
        }
        if (object instanceof Map<?, ?> map && object.getClass().getClassLoader() == null) {
            return holdsAtomic(map.keySet(), depth) || holdsAtomic(map.values(), depth);
        }
        if (object instanceof Optional<?> optional) {
            return holdsAtomic(optional.orElse(null), depth - 1);
        }
        return AtomicCell.isAtomic(object);
    }
}
