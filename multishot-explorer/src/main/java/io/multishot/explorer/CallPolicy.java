package io.multishot.explorer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which methods of classes that are not rewritten the scenario may call. Calls that the explorer models never get here.
 * What is left is allowed if it neither blocks, nor synchronises threads, nor has a result that differs from execution
 * to execution.
 */
final class CallPolicy {
    private static final String CONCURRENT = "java/util/concurrent/";

    /** Interfaces and values of that package; what implements them is judged by itself. */
    private static final Set<String> HARMLESS_CONCURRENT = Set.of("Callable", "Executor", "Flow");

    private static final Set<String> THREAD_METHODS = Set.of(
            "<init>", "getName", "getPriority", "isDaemon", "run", "setDaemon", "setName", "setPriority", "toString");

    private static final Set<String> BLOCKING_CLASSES = Set.of(
            "java/lang/InheritableThreadLocal",
            "java/lang/Process",
            "java/lang/ProcessBuilder",
            "java/lang/ThreadLocal",
            "java/lang/ref/Cleaner",
            "java/lang/ref/ReferenceQueue",
            "java/util/Timer",
            "java/util/TimerTask");

    private static final Set<String> IRREPRODUCIBLE = Set.of(
            "java/lang/Math.random",
            "java/lang/System.currentTimeMillis",
            "java/security/SecureRandom.<init>",
            "java/time/Clock.systemDefaultZone",
            "java/time/Clock.systemUTC",
            "java/time/Instant.now",
            "java/time/LocalDateTime.now",
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

    /** Why the call is refused; null if it is allowed. */
    @Nullable
    String reasonToRefuse(String owner, String method, String descriptor) {
        if (isMonitorMethod(method, descriptor)) {
            return "monitors are not modelled";
        }
        if (owner.startsWith("[") || owner.startsWith("io/multishot/explorer/")) {
            return null;
        }
        for (String prefix : trusted) {
            if (owner.replace('/', '.').startsWith(prefix)) {
                return null;
            }
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
        if (BLOCKING_CLASSES.contains(owner)) {
            return "this class is not modelled";
        }
        if (IRREPRODUCIBLE.contains(qualified)
                || (owner.equals("java/util/Random") && method.equals("<init>") && descriptor.equals("()V"))) {
            return "its result differs from execution to execution";
        }
        if (ENDING.contains(qualified)) {
            return "it reaches beyond the scenario";
        }
        if (owner.equals("java/lang/reflect/Field")
                && (method.startsWith("get") || method.startsWith("set"))
                && !method.equals("getName")
                && !method.equals("getType")) {
            return "accesses by reflection are not modelled";
        }
        if (qualified.equals("java/lang/reflect/Method.invoke")
                || (owner.equals("java/lang/invoke/MethodHandle") && method.startsWith("invoke"))
                || qualified.equals("java/lang/invoke/MethodHandles$Lookup.unreflectVarHandle")) {
            return "calls by reflection are not modelled";
        }
        if (owner.equals("java/lang/invoke/VarHandle")) {
            return method.equals("varType") || method.equals("coordinateTypes")
                    ? null
                    : "this method of VarHandle is not modelled";
        }
        return method.startsWith("parallel") && owner.startsWith("java/util/")
                ? "parallel streams are not modelled"
                : null;
    }

    private static @Nullable String reasonOfConcurrent(String name, String method) {
        if (name.startsWith("atomic/Atomic") && !name.endsWith("Updater") && !isMarked(name)) {
            return Set.of("<init>", "length", "toString", "hashCode", "equals", "getClass")
                            .contains(method)
                    ? null
                    : "this method of atomics is not modelled";
        }
        if (name.equals("TimeUnit")) {
            return Set.of("sleep", "timedJoin", "timedWait").contains(method) ? "blocking is not modelled" : null;
        }
        String outermost = name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
        return HARMLESS_CONCURRENT.contains(outermost) || name.endsWith("Exception")
                ? null
                : "concurrent classes of the JDK are not modelled";
    }

    private static boolean isMarked(String name) {
        return name.endsWith("MarkableReference") || name.endsWith("StampedReference");
    }

    private static boolean isMonitorMethod(String method, String descriptor) {
        return switch (method) {
            case "wait" -> descriptor.equals("()V") || descriptor.equals("(J)V") || descriptor.equals("(JI)V");
            case "notify", "notifyAll" -> descriptor.equals("()V");
            default -> false;
        };
    }
}
