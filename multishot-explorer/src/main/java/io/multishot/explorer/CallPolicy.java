package io.multishot.explorer;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which methods of classes that are not rewritten the scenario may call. Calls that the explorer models never
 * get here. A method listed here neither blocks, nor synchronises threads, nor has a result that differs from execution
 * to execution; all others are refused. {@link Watch} takes care of the objects that a method works on.
 */
final class CallPolicy {
    private static final String CONCURRENT = "java/util/concurrent/";

    /** Interfaces and values of that package; a class that implements them is judged by itself. */
    private static final Set<String> HARMLESS_CONCURRENT = Set.of("Callable", "Executor", "Flow");

    private static final Set<String> THREAD_METHODS = Set.of(
            "<init>", "getName", "getPriority", "isDaemon", "run", "setDaemon", "setName", "setPriority", "toString");

    private static final List<String> PACKAGES = List.of(
            "java/math/",
            "java/nio/charset/",
            "java/time/",
            "java/time/chrono/",
            "java/time/format/",
            "java/time/temporal/",
            "java/util/",
            "java/util/function/",
            "java/util/regex/",
            "java/util/stream/");

    /** In packages of which not everything is allowed. */
    private static final Set<String> CLASSES = Set.of(
            "java/io/Closeable",
            "java/io/PrintStream",
            "java/io/Serializable",
            "java/lang/Appendable",
            "java/lang/AutoCloseable",
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/CharSequence",
            "java/lang/Character",
            "java/lang/Class",
            "java/lang/Comparable",
            "java/lang/Double",
            "java/lang/Enum",
            "java/lang/Float",
            "java/lang/Integer",
            "java/lang/Iterable",
            "java/lang/Long",
            "java/lang/Math",
            "java/lang/Number",
            "java/lang/Record",
            "java/lang/Runnable",
            "java/lang/Short",
            "java/lang/StackTraceElement",
            "java/lang/StrictMath",
            "java/lang/String",
            "java/lang/StringBuffer",
            "java/lang/StringBuilder",
            "java/lang/Thread$UncaughtExceptionHandler",
            "java/lang/Throwable",
            "java/lang/Void",
            "java/lang/invoke/MethodType",
            "java/nio/ByteOrder");

    /** Of classes of which not everything is allowed. */
    private static final Set<String> METHODS = Set.of(
            "java/lang/Object.<init>",
            "java/lang/Object.equals",
            "java/lang/Object.getClass",
            "java/lang/Object.hashCode",
            "java/lang/Object.toString",
            "java/lang/Runtime.getRuntime",
            "java/lang/System.getProperty",
            "java/lang/System.identityHashCode",
            "java/lang/System.lineSeparator",
            "java/lang/invoke/MethodHandles.lookup",
            "java/lang/invoke/MethodHandles.privateLookupIn",
            "java/lang/invoke/MethodHandles.byteArrayViewVarHandle",
            "java/lang/invoke/MethodHandles$Lookup.findVirtual",
            "java/lang/invoke/MethodHandles$Lookup.findStatic",
            "java/lang/invoke/MethodHandles$Lookup.lookupClass",
            "java/lang/invoke/VarHandle.coordinateTypes",
            "java/lang/invoke/VarHandle.varType");

    /** In what is listed above. */
    private static final Set<String> REFUSED_CLASSES = Set.of(
            "java/util/ResourceBundle",
            "java/util/Scanner",
            "java/util/ServiceLoader",
            "java/util/Timer",
            "java/util/TimerTask",
            "java/util/WeakHashMap");

    private static final Set<String> IRREPRODUCIBLE = Set.of(
            "java/lang/Math.random",
            "java/lang/StrictMath.random",
            "java/lang/System.currentTimeMillis",
            "java/lang/Runtime.freeMemory",
            "java/lang/Runtime.totalMemory",
            "java/security/SecureRandom.<init>",
            "java/util/UUID.randomUUID");

    private static final Set<String> ENDING = Set.of(
            "java/lang/System.exit",
            "java/lang/Runtime.exit",
            "java/lang/Runtime.halt",
            "java/lang/Runtime.exec",
            "java/lang/Runtime.addShutdownHook");

    private final Iterable<String> trusted;

    /** Takes the prefixes of classes, in the dotted form, that may be called without being rewritten. */
    CallPolicy(Iterable<String> trusted) {
        this.trusted = trusted;
    }

    /** Tells whether the user vouches for a class, by its dotted name. */
    boolean trusts(String name) {
        for (String prefix : trusted) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Why the call is refused; null if it is allowed. */
    @Nullable
    String reasonToRefuse(String owner, String method, String descriptor) {
        if (owner.startsWith("[") || owner.startsWith("io/multishot/explorer/") || trusts(owner.replace('/', '.'))) {
            return null;
        }
        if (!owner.startsWith("java/") && !owner.startsWith("javax/")) {
            return owner.startsWith("sun/") || owner.startsWith("jdk/")
                    ? "internals of the JDK are not modelled"
                    : "the class is neither rewritten nor trusted: name it in rewriting(...) or trusting(...)";
        }
        return reasonOfPlatform(owner, method, descriptor);
    }

    private static @Nullable String reasonOfPlatform(String owner, String method, String descriptor) {
        String qualified = owner + "." + method;
        if (owner.startsWith(CONCURRENT)) {
            return reasonOfConcurrent(owner.substring(CONCURRENT.length()), method);
        }
        if (owner.equals("java/lang/Thread") || owner.startsWith("java/lang/Thread$Builder")) {
            return THREAD_METHODS.contains(method) ? null : "this method of threads is not modelled";
        }
        if (IRREPRODUCIBLE.contains(qualified)
                || readsClock(owner, method)
                || isRandomlySeeded(qualified, descriptor)) {
            return "its result differs from execution to execution";
        }
        if (ENDING.contains(qualified)) {
            return "it reaches beyond the scenario";
        }
        if (owner.startsWith("java/lang/reflect/")
                || (owner.equals("java/lang/Class") && (method.equals("forName") || method.equals("newInstance")))
                || (owner.equals("java/lang/invoke/MethodHandle") && method.startsWith("invoke"))
                || qualified.equals("java/lang/invoke/MethodHandles$Lookup.unreflectVarHandle")) {
            return "accesses and calls by reflection are not modelled";
        }
        if (owner.equals("java/lang/invoke/VarHandle") && !METHODS.contains(qualified)) {
            return "this method of VarHandle is not modelled";
        }
        if ((method.startsWith("parallel") && owner.startsWith("java/util/"))
                || owner.equals("java/util/stream/StreamSupport")) {
            return "parallel streams are not modelled";
        }
        return isListed(owner, qualified) ? null : "it is not on the list of what the explorer knows";
    }

    private static boolean isListed(String owner, String qualified) {
        int end = owner.lastIndexOf('/') + 1;
        String outermost = owner.indexOf('$') < 0 ? owner : owner.substring(0, owner.indexOf('$'));
        return METHODS.contains(qualified)
                || CLASSES.contains(owner)
                || (PACKAGES.contains(owner.substring(0, end)) && !REFUSED_CLASSES.contains(outermost))
                || (owner.startsWith("java/nio/") && owner.endsWith("Buffer"))
                || owner.endsWith("Exception")
                || owner.endsWith("Error");
    }

    private static boolean readsClock(String owner, String method) {
        return owner.startsWith("java/time/")
                && (method.equals("now") || method.startsWith("system") || method.startsWith("tick"));
    }

    private static boolean isRandomlySeeded(String qualified, String descriptor) {
        return descriptor.equals("()V")
                && (qualified.equals("java/util/Random.<init>")
                        || qualified.equals("java/util/SplittableRandom.<init>"));
    }

    private static @Nullable String reasonOfConcurrent(String name, String method) {
        if (name.startsWith("atomic/Atomic") && !name.endsWith("Updater") && !isMarked(name)) {
            return Set.of("<init>", "length", "hashCode", "equals", "getClass").contains(method)
                    ? null
                    : "this method of atomics is not modelled";
        }
        if (name.equals("TimeUnit")) {
            return Set.of("sleep", "timedJoin", "timedWait").contains(method) ? "blocking is not modelled" : null;
        }
        String outermost = name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
        return HARMLESS_CONCURRENT.contains(outermost)
                        || name.equals("locks/Lock")
                        || name.equals("locks/Condition")
                        || name.endsWith("Exception")
                ? null
                : "concurrent classes of the JDK are not modelled";
    }

    private static boolean isMarked(String name) {
        return name.endsWith("MarkableReference") || name.endsWith("StampedReference");
    }
}
