package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Rewrites one class, method by method. */
final class ClassRewriter extends ClassVisitor {
    private record Bridge(String name, String descriptor, Handle target) {}

    private final ClassTable classes;
    private final CallPolicy policy;
    private final ModelContext context;
    private final Map<String, Integer> locals;
    private final List<Bridge> bridges = new ArrayList<>();
    private String className = "";
    private boolean isInterface;
    private @Nullable String sourceFile;

    /** Takes how many local variables each method has, too. */
    ClassRewriter(
            ClassVisitor next,
            ClassTable classes,
            CallPolicy policy,
            ModelContext context,
            Map<String, Integer> locals) {
        super(Opcodes.ASM9, next);
        this.locals = locals;
        this.classes = classes;
        this.policy = policy;
        this.context = context;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        className = name;
        isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
        sourceFile = source;
        super.visitSource(source, debug);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if ((access & Opcodes.ACC_SYNCHRONIZED) != 0 && (access & Opcodes.ACC_NATIVE) == 0) {
            return synchronizedMethod(access, name, descriptor, signature, exceptions);
        }
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return next == null ? null : rewriter(next, name, locals.getOrDefault(name + descriptor, 0));
    }

    /** Becomes a method that enters the monitor, calls another one with the code, and leaves the monitor. */
    private MethodVisitor synchronizedMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        String inner = "explorer$synchronized$" + name;
        int unsynchronized = access & ~Opcodes.ACC_SYNCHRONIZED;
        writeEntry(
                super.visitMethod(unsynchronized, name, descriptor, signature, exceptions), access, inner, descriptor);
        int kept = access & Opcodes.ACC_STATIC;
        int hidden = kept | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
        MethodVisitor next = super.visitMethod(hidden, inner, descriptor, signature, exceptions);
        return rewriter(next, name, locals.getOrDefault(name + descriptor, 0));
    }

    private void writeEntry(MethodVisitor code, int access, String inner, String descriptor) {
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, handler, null);
        onMonitor(code, isStatic, "monitorEnter");
        code.visitLabel(start);
        List<Object> frame = new ArrayList<>();
        int local = 0;
        if (!isStatic) {
            code.visitVarInsn(Opcodes.ALOAD, local++);
            frame.add(className);
        }
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
            frame.add(frameType(argument));
        }
        int call = isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
        code.visitMethodInsn(call, className, inner, descriptor, false);
        code.visitLabel(end);
        onMonitor(code, isStatic, "monitorExit");
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        code.visitLabel(handler);
        code.visitFrame(Opcodes.F_FULL, frame.size(), frame.toArray(), 1, new Object[] {"java/lang/Throwable"});
        onMonitor(code, isStatic, "monitorExit");
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void onMonitor(MethodVisitor code, boolean isStatic, String hook) {
        if (isStatic) {
            code.visitLdcInsn(Type.getObjectType(className));
        } else {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        }
        code.visitMethodInsn(Opcodes.INVOKESTATIC, Calls.HOOKS, hook, "(Ljava/lang/Object;)V", false);
    }

    private static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }

    private MethodRewriter rewriter(MethodVisitor next, String name, int freeLocal) {
        return new MethodRewriter(
                next, new Calls(classes, policy, context, className, sourceFile, name), this, name, freeLocal);
    }

    /**
     * A method reference to a method that is not rewritten would call it behind the explorer's back. Therefore it is
     * made to refer to a method here that calls it.
     */
    Handle bridge(Handle target, String callSite) {
        Type[] captured = Type.getArgumentTypes(callSite);
        String receiver = captured.length > 0 ? captured[0].getDescriptor() : "L" + target.getOwner() + ";";
        String descriptor = switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> target.getDesc();
            case Opcodes.H_NEWINVOKESPECIAL -> target.getDesc().replace(")V", ")L" + target.getOwner() + ";");
            default -> "(" + receiver + target.getDesc().substring(1);
        };
        Bridge bridge = new Bridge("explorer$bridge$" + bridges.size(), descriptor, target);
        bridges.add(bridge);
        return new Handle(Opcodes.H_INVOKESTATIC, className, bridge.name, descriptor, isInterface);
    }

    @Override
    public void visitEnd() {
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        for (Bridge bridge : List.copyOf(bridges)) {
            MethodVisitor next = super.visitMethod(access, bridge.name, bridge.descriptor, null, null);
            int freeLocal = Type.getArgumentsAndReturnSizes(bridge.descriptor) >> 2;
            write(bridge, rewriter(next, bridge.name, freeLocal));
        }
        super.visitEnd();
    }

    private static void write(Bridge bridge, MethodVisitor code) {
        Handle target = bridge.target;
        boolean isNew = target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        code.visitCode();
        if (isNew) {
            code.visitTypeInsn(Opcodes.NEW, target.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        int local = 0;
        for (Type argument : Type.getArgumentTypes(bridge.descriptor)) {
            code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        int opcode = switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            default -> Opcodes.INVOKEVIRTUAL;
        };
        code.visitMethodInsn(opcode, target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
        code.visitInsn(Type.getReturnType(bridge.descriptor).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
