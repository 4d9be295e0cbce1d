package io.multishot.explorer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Decides the treatment of the calls in one method. */
final class Calls {
    static final String HOOKS = "io/multishot/explorer/Hooks";
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final String ATOMICS = "java/util/concurrent/atomic/Atomic";

    private static final String CONSTANT_HANDLE = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/Class;Ljava/lang/Class;Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;";

    /** Calls that are replaced by the static method of this name and the same arguments, the receiver first. */
    private static final Map<String, String> REPLACED = Map.ofEntries(
            Map.entry("java/lang/Thread.start()V", "start"),
            Map.entry("java/lang/Thread.join()V", "join"),
            Map.entry("java/lang/Thread.interrupt()V", "interrupt"),
            Map.entry("java/lang/Thread.isInterrupted()Z", "isInterrupted"),
            Map.entry("java/lang/Thread.interrupted()Z", "interrupted"),
            Map.entry("java/lang/Thread.currentThread()Ljava/lang/Thread;", "currentThread"),
            Map.entry("java/lang/Thread.holdsLock(Ljava/lang/Object;)Z", "holdsLock"),
            Map.entry("java/lang/Thread.getId()J", "threadId"),
            Map.entry("java/lang/Thread.threadId()J", "threadId"),
            Map.entry("java/lang/Thread.onSpinWait()V", "onSpinWait"),
            Map.entry("java/lang/Thread.yield()V", "yield"),
            Map.entry("java/util/concurrent/locks/LockSupport.park()V", "park"),
            Map.entry("java/util/concurrent/locks/LockSupport.park(Ljava/lang/Object;)V", "park"),
            Map.entry("java/util/concurrent/locks/LockSupport.parkNanos(J)V", "parkNanos"),
            Map.entry("java/util/concurrent/locks/LockSupport.parkNanos(Ljava/lang/Object;J)V", "parkNanos"),
            Map.entry("java/util/concurrent/locks/LockSupport.unpark(Ljava/lang/Thread;)V", "unpark"),
            Map.entry("java/lang/System.nanoTime()J", "nanoTime"),
            Map.entry("java/lang/System.arraycopy(Ljava/lang/Object;ILjava/lang/Object;II)V", "arraycopy"),
            Map.entry("java/lang/Runtime.availableProcessors()I", "availableProcessors"),
            Map.entry("java/lang/invoke/VarHandle.fullFence()V", "fullFence"),
            Map.entry("java/lang/invoke/VarHandle.acquireFence()V", "acquireFence"),
            Map.entry("java/lang/invoke/VarHandle.releaseFence()V", "releaseFence"),
            Map.entry("java/lang/invoke/VarHandle.loadLoadFence()V", "loadLoadFence"),
            Map.entry("java/lang/invoke/VarHandle.storeStoreFence()V", "storeStoreFence"),
            Map.entry(
                    "java/lang/invoke/MethodHandles$Lookup.findVarHandle"
                            + "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;",
                    "findVarHandle"),
            Map.entry(
                    "java/lang/invoke/MethodHandles$Lookup.findStaticVarHandle"
                            + "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;",
                    "findStaticVarHandle"),
            Map.entry("java/lang/invoke/ConstantBootstraps.fieldVarHandle" + CONSTANT_HANDLE, "fieldVarHandle"),
            Map.entry(
                    "java/lang/invoke/ConstantBootstraps.staticFieldVarHandle" + CONSTANT_HANDLE,
                    "staticFieldVarHandle"),
            Map.entry(
                    "java/lang/invoke/ConstantBootstraps.arrayVarHandle(Ljava/lang/invoke/MethodHandles$Lookup;"
                            + "Ljava/lang/String;Ljava/lang/Class;Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;",
                    "arrayVarHandle"),
            Map.entry(
                    "java/lang/invoke/MethodHandles.arrayElementVarHandle"
                            + "(Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;",
                    "arrayElementVarHandle"));

    /** The treatment of a call. */
    sealed interface Treatment permits Keep, Watched, Replace, Access, Refuse {}

    /** It stays unchanged. */
    record Keep() implements Treatment {}

    /** It stays, and the objects that it works on are watched. */
    record Watched() implements Treatment {}

    /** It becomes a call of one of the hooks. */
    record Replace(String hook, String descriptor) implements Treatment {}

    /** It becomes an access to memory that the explorer makes. */
    record Access(String bootstrap, String descriptor) implements Treatment {}

    /** It is refused when it is reached. */
    record Refuse(String message) implements Treatment {}

    private static final Keep KEEP = new Keep();
    private static final Watched WATCHED = new Watched();

    final ClassTable classes;
    final ModelContext context;
    private final CallPolicy policy;
    private final String caller;
    private final String source;
    private int line;

    Calls(
            ClassTable classes,
            CallPolicy policy,
            ModelContext context,
            String className,
            @Nullable String source,
            String method) {
        this.classes = classes;
        this.policy = policy;
        this.context = context;
        this.source = source == null ? "Unknown Source" : source;
        caller = className.replace('/', '.') + "." + method;
    }

    /** The line of the source that what follows belongs to. */
    void setLine(int newLine) {
        line = newLine;
    }

    Treatment of(int opcode, String namedOwner, String name, String descriptor) {
        String owner = classes.methodOwner(namedOwner, name, descriptor);
        if (!owner.startsWith("[") && classes.isRewritten(owner)) {
            return KEEP;
        }
        String hook = REPLACED.get(owner + "." + name + descriptor);
        if (hook != null) {
            return new Replace(hook, opcode == Opcodes.INVOKESTATIC ? descriptor : withReceiver(owner, descriptor));
        }
        String monitorHook = monitorHook(name, descriptor);
        if (monitorHook != null) {
            return new Replace(monitorHook, withReceiver("java/lang/Object", descriptor));
        }
        if (owner.equals(VAR_HANDLE) && Operation.ofVarHandle(name) != null) {
            return new Access("varHandle", withReceiver(owner, descriptor));
        }
        if (isModelledAtomic(owner) && name.equals("toString")) {
            return new Replace("atomicText", "(Ljava/lang/Object;)Ljava/lang/String;");
        }
        if (isModelledAtomic(owner) && Operation.ofAtomic(name) != null) {
            return new Access("atomic", withReceiver(owner, descriptor));
        }
        String reason = policy.reasonToRefuse(owner, name, descriptor);
        return reason == null ? WATCHED : new Refuse(refusal(owner.replace('/', '.') + "." + name, reason));
    }

    String refusal(String operation, @Nullable String reason) {
        return caller + "(" + source + (line > 0 ? ":" + line : "") + ") reaches " + operation
                + ", which the explorer refuses: " + reason + ". A class that behaves like it can take its place:"
                + " substituting(...)";
    }

    private static @Nullable String monitorHook(String name, String descriptor) {
        return switch (name + descriptor) {
            case "wait()V", "wait(J)V", "wait(JI)V" -> "await";
            case "notify()V" -> "signal";
            case "notifyAll()V" -> "signalAll";
            default -> null;
        };
    }

    private static boolean isModelledAtomic(String owner) {
        return owner.startsWith(ATOMICS)
                && switch (owner.substring(ATOMICS.length())) {
                    case "Integer", "Long", "Boolean", "Reference", "IntegerArray", "LongArray", "ReferenceArray" ->
                        true;
                    default -> false;
                };
    }

    private static String withReceiver(String owner, String descriptor) {
        return "(L" + owner + ";" + descriptor.substring(1);
    }
}
