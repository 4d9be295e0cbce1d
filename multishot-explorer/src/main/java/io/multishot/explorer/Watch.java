package io.multishot.explorer;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Watches the objects of the platform that rewritten code works on. The explorer does not look into them: each call
 * counts as a plain access of the whole object, and of every element of an array that it is given.
 */
final class Watch {
    /** What a call does with one of its arguments. */
    static final int READS = 1;

    static final int WRITES = 1 << 1;
    /** Turns it into text. */
    static final int PRINTS = 1 << 2;

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

    private static final Set<String> PRINTERS =
            Set.of("append", "format", "formatted", "insert", "print", "println", "printf", "toString", "valueOf");

    private static final Set<String> ATOMICS = Set.of(
            "AtomicBoolean",
            "AtomicInteger",
            "AtomicIntegerArray",
            "AtomicLong",
            "AtomicLongArray",
            "AtomicReference",
            "AtomicReferenceArray");

    private Watch() {}

    // ---- for the rewriter -------------------------------------------------------------------------------------------

    /** What the call does with the object that it is made on. */
    static int onReceiver(String owner, String method, String descriptor) {
        boolean reads = READERS.contains(method) && !(owner.startsWith("java/nio/") && !descriptor.startsWith("()"));
        int effect = reads && !owner.equals("java/util/Random") ? READS : WRITES;
        return PRINTERS.contains(method) && method.equals("toString") ? effect | PRINTS : effect;
    }

    /** What the call does with an argument of a declared type; 0 if nothing that is worth a look. */
    static int onArgument(String owner, String method, int index, Type type) {
        if (type.getSort() == Type.ARRAY) {
            boolean prints = PRINTERS.contains(method);
            boolean fills = FILLERS.contains(method) || owner.startsWith("java/nio/");
            return (fills ? READS | WRITES : READS) | (prints ? PRINTS : 0);
        }
        if (type.getSort() != Type.OBJECT) {
            return 0;
        }
        String name = type.getInternalName();
        if (name.equals("java/lang/Object")) {
            return PRINTERS.contains(method) ? READS | PRINTS : INSPECTORS.contains(method) ? READS : 0;
        }
        boolean holds = (name.startsWith("java/util/") && !name.startsWith("java/util/function/"))
                || name.equals("java/lang/Iterable")
                || name.equals("java/lang/CharSequence")
                || name.startsWith("java/lang/StringBu")
                || name.startsWith("java/nio/");
        if (!holds) {
            return 0;
        }
        return owner.equals("java/util/Collections") && index == 0 && FILLERS.contains(method) ? WRITES : READS;
    }

    // ---- for rewritten code -----------------------------------------------------------------------------------------

    /** Before a call does something with an object. */
    static void touch(@Nullable Object object, int effect) {
        Carrier carrier = Carrier.current();
        if (object == null || carrier == null || carrier.logical().initialisers > 0) {
            return;
        }
        if (object.getClass().isArray()) {
            touchArray(object, effect);
            return;
        }
        if ((effect & PRINTS) != 0 && !isAtomic(object) && holdsAtomic(object, DEPTH)) {
            Accesses.refuse("an atomic inside of " + object.getClass().getName()
                    + " is turned into text, which the explorer does not see: read the atomic first");
        }
        Execution execution = carrier.execution();
        Object root = execution.rootOf(object);
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

    private static void touchArray(Object array, int effect) {
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            Accesses.watchElement(array, i, false);
            if ((effect & WRITES) != 0) {
                Accesses.watchElement(array, i, true);
            }
            if (array instanceof Object[] objects && objects[i] != null && (effect & PRINTS) != 0) {
                Object element = objects[i];
                if (holdsAtomic(element, DEPTH)) {
                    Accesses.refuse("an atomic inside of an array is turned into text, which the explorer does not see:"
                            + " read the atomic first");
                }
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
                && !java.lang.reflect.Modifier.isPublic(type.getModifiers())
                && !name.startsWith("java.util.Collections$Synchronized")
                && Sharing.of(type, carrier.execution().context) != Sharing.HARMLESS;
        if (isView) {
            carrier.execution().derive(result, from);
        }
    }

    /** An atomic as the text that it is turned into; anything else itself. */
    static @Nullable Object printed(@Nullable Object object) {
        return object != null && isAtomic(object) ? text(object) : object;
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

    private static boolean isAtomic(Object object) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getPackageName().equals("java.util.concurrent.atomic") && ATOMICS.contains(type.getSimpleName())) {
                return true;
            }
        }
        return false;
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
        return isAtomic(object);
    }
}
