package io.multishot.explorer;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The consequence when threads share an object of a class that is not rewritten. */
enum Sharing {
    /** None: it never changes, or the user vouches for it, or it is rewritten and so watched itself. */
    HARMLESS,
    /** It has to be ordered like a plain access. */
    PLAIN,
    /** The object orders its accesses itself, which the explorer does not see. */
    SYNCHRONIZED;

    private static final List<String> IMMUTABLE = List.of(
            "java.io.PrintStream",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Class",
            "java.lang.Double",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Module",
            "java.lang.Runtime",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.String",
            "java.lang.Thread",
            "java.lang.invoke.",
            "java.math.",
            "java.nio.ByteOrder",
            "java.nio.charset.",
            "java.time.",
            "java.util.Collections$Empty",
            "java.util.Collections$Singleton",
            "java.util.Collections$ReverseComparator",
            "java.util.Comparators$",
            "java.util.ImmutableCollections",
            "java.util.Base64",
            "java.util.Currency",
            "java.util.HexFormat",
            "java.util.KeyValueHolder",
            "java.util.Locale",
            "java.util.Objects",
            "java.util.Optional",
            "java.util.UUID",
            "java.util.concurrent.",
            "java.util.regex.Pattern",
            "java.util.stream.Collectors");

    private static final List<String> SYNCHRONIZING = List.of(
            "java.lang.StringBuffer",
            "java.util.Collections$Synchronized",
            "java.util.Hashtable",
            "java.util.Properties",
            "java.util.Random",
            "java.util.Stack",
            "java.util.Vector");

    static Sharing of(Class<?> type, ModelContext context) {
        Sharing known = context.sharings.get(type);
        if (known == null) {
            known = judge(type, context);
            context.sharings.put(type, known);
        }
        return known;
    }

    private static Sharing judge(Class<?> type, ModelContext context) {
        String name = type.getName();
        if (context.trusts(name)) {
            return HARMLESS;
        }
        if (!isPlatform(type)) {
            return ofInherited(type, context);
        }
        if (type.isHidden()
                || type.isEnum()
                || Throwable.class.isAssignableFrom(type)
                || !name.startsWith("java.")
                || startsWithOne(name, IMMUTABLE)
                || type == Object.class) {
            return HARMLESS;
        }
        return startsWithOne(name, SYNCHRONIZING) ? SYNCHRONIZED : PLAIN;
    }

    private static boolean isPlatform(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    /** A class that is rewritten is watched itself, but not the content that it inherits from a collection. */
    private static Sharing ofInherited(Class<?> type, ModelContext context) {
        Class<?> parent = type;
        while (parent != null && !isPlatform(parent)) {
            parent = parent.getSuperclass();
        }
        boolean hasContent = parent != null
                && (Collection.class.isAssignableFrom(parent) || Map.class.isAssignableFrom(parent))
                && !parent.getName().startsWith("java.util.Abstract");
        return hasContent ? of(parent, context) : HARMLESS;
    }

    private static boolean startsWithOne(String name, List<String> prefixes) {
        for (String prefix : prefixes) {
            // "java.lang.String" is not to stand for "java.lang.StringBuilder".
            boolean whole = name.length() == prefix.length()
                    || !Character.isLetterOrDigit(name.charAt(Math.min(prefix.length(), name.length() - 1)))
                    || prefix.endsWith(".")
                    || prefix.endsWith("$Empty")
                    || prefix.endsWith("$Singleton")
                    || prefix.endsWith("$Synchronized")
                    || prefix.equals("java.util.Optional");
            if (name.startsWith(prefix) && whole) {
                return true;
            }
        }
        return false;
    }
}
