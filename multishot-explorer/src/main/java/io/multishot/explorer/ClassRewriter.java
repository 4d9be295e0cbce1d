package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Rewrites one class, method by method. */
final class ClassRewriter extends ClassVisitor {
    private record Bridge(String name, String descriptor, Handle target) {}

    private final ClassTable classes;
    private final CallPolicy policy;
    private final ModelContext context;
    private final List<Bridge> bridges = new ArrayList<>();
    private String className = "";
    private boolean isInterface;
    private @Nullable String sourceFile;

    ClassRewriter(ClassVisitor next, ClassTable classes, CallPolicy policy, ModelContext context) {
        super(Opcodes.ASM9, next);
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
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return next == null ? null : rewriter(next, access, name);
    }

    private MethodRewriter rewriter(MethodVisitor next, int access, String name) {
        return new MethodRewriter(
                next, new Calls(classes, policy, context, className, sourceFile, name), this, access, name);
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
            write(bridge, rewriter(next, access, bridge.name));
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
