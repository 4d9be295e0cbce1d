package io.multishot.explorer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites one method. Calls and accesses that the explorer makes itself become calls of {@link Hooks}, of the same
 * shape on the stack; accesses that it only watches are preceded by one.
 */
final class MethodRewriter extends MethodVisitor {
    private static final String BOOTSTRAP =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;";
    private static final String CALL_SITE = ")Ljava/lang/invoke/CallSite;";

    private final Calls calls;
    private final ClassRewriter owner;
    private final boolean isInitialiser;

    /** Until its superclass's constructor was called, an object cannot be handed to a hook. */
    private boolean underConstruction;

    private int otherObjectsUnderConstruction;

    /**
     * The handlers of exceptions that may be the explorer's own, each with the label to put behind the hook there: the
     * handler of a finally block catches what its own first instructions throw, and would catch the same exception for
     * ever.
     */
    private final Map<Label, Label> handlers = new HashMap<>();

    private @Nullable Label behindHook;

    /** The first local variable that the method does not use itself. */
    private final int freeLocal;

    MethodRewriter(MethodVisitor next, Calls calls, ClassRewriter owner, String name, int freeLocal) {
        super(Opcodes.ASM9, next);
        this.calls = calls;
        this.owner = owner;
        this.freeLocal = freeLocal;
        isInitialiser = name.equals("<clinit>");
        underConstruction = name.equals("<init>");
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (isInitialiser) {
            hook("enterInitialiser", "()V");
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String type, String name, String descriptor, boolean isInterface) {
        if (underConstruction && opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
            if (otherObjectsUnderConstruction == 0) {
                underConstruction = false;
            } else {
                otherObjectsUnderConstruction--;
            }
        }
        Calls.Treatment treatment = calls.of(opcode, type, name, descriptor);
        if (treatment instanceof Calls.Replace replace) {
            hook(replace.hook(), replace.descriptor());
        } else if (treatment instanceof Calls.Access access) {
            String bootstrap = BOOTSTRAP + CALL_SITE;
            super.visitInvokeDynamicInsn(name, access.descriptor(), bootstrap(access.bootstrap(), bootstrap));
        } else {
            if (treatment instanceof Calls.Refuse refuse) {
                refuse(refuse.message());
            }
            boolean isWatched = treatment instanceof Calls.Watched;
            if (isWatched && type.equals("java/lang/Number") && name.endsWith("Value")) {
                hook("number", "(Ljava/lang/Number;)Ljava/lang/Number;");
            }
            int receiver = isWatched ? watchArguments(opcode, type, name, descriptor) : -1;
            super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
            if (receiver >= 0 && Type.getReturnType(descriptor).getSort() == Type.OBJECT) {
                super.visitInsn(Opcodes.DUP);
                super.visitVarInsn(Opcodes.ALOAD, receiver);
                hook("derive", "(Ljava/lang/Object;Ljava/lang/Object;)V");
            }
        }
    }

    /**
     * Lets the explorer look at what a call works on.
     *
     * @return the local variable with the object that the result may be a view of, -1 if there is none
     */
    private int watchArguments(int opcode, String type, String name, String descriptor) {
        boolean hasReceiver = opcode != Opcodes.INVOKESTATIC && !name.equals("<init>");
        Type[] declared = Type.getArgumentTypes(descriptor);
        int offset = hasReceiver ? 1 : 0;
        Type[] types = new Type[declared.length + offset];
        int[] effects = new int[types.length];
        boolean any = false;
        for (int i = 0; i < types.length; i++) {
            boolean isReceiver = i < offset;
            types[i] = isReceiver ? Type.getObjectType(type) : declared[i - offset];
            effects[i] = isReceiver
                    ? receiverEffect(type, name, descriptor)
                    : Watch.onArgument(type, name, i - offset, types[i]);
            any |= effects[i] != 0;
        }
        if (!any) {
            return -1;
        }
        int[] locals = spill(types);
        int viewed = -1;
        for (int i = 0; i < types.length; i++) {
            if (effects[i] != 0) {
                super.visitVarInsn(Opcodes.ALOAD, locals[i]);
                super.visitLdcInsn(effects[i]);
                hook("touch", "(Ljava/lang/Object;I)V");
                viewed = viewed < 0 ? locals[i] : viewed;
            }
        }
        for (int i = 0; i < types.length; i++) {
            super.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), locals[i]);
            if ((effects[i] & Watch.PRINTS) != 0 && types[i].getInternalName().equals("java/lang/Object")) {
                hook("printed", "(Ljava/lang/Object;)Ljava/lang/Object;");
            }
        }
        return name.equals("<init>") ? -1 : viewed;
    }

    private static int receiverEffect(String type, String name, String descriptor) {
        boolean harmless = type.startsWith("[")
                ? !name.equals("clone")
                : type.startsWith("java/lang/")
                        && !type.startsWith("java/lang/StringBu")
                        && !type.equals("java/lang/CharSequence")
                        && !type.equals("java/lang/Appendable")
                        && !type.equals("java/lang/Iterable")
                        && !(type.equals("java/lang/Object") && !name.equals("getClass"));
        return harmless ? 0 : Watch.onReceiver(type, name, descriptor);
    }

    /** Takes values off the stack into variables of their own. */
    private int[] spill(Type[] types) {
        int[] locals = new int[types.length];
        int next = freeLocal;
        for (int i = 0; i < types.length; i++) {
            locals[i] = next;
            next += types[i].getSize();
        }
        for (int i = types.length - 1; i >= 0; i--) {
            super.visitVarInsn(types[i].getOpcode(Opcodes.ISTORE), locals[i]);
        }
        return locals;
    }

    /** Of a concatenation of strings, each object that it turns into text. */
    private String watchConcatenation(String descriptor) {
        Type[] types = Type.getArgumentTypes(descriptor);
        boolean any = false;
        for (Type type : types) {
            any |= isPrinted(type);
        }
        if (!any) {
            return descriptor;
        }
        int[] locals = spill(types);
        for (int i = 0; i < types.length; i++) {
            super.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), locals[i]);
            if (isPrinted(types[i])) {
                super.visitInsn(Opcodes.DUP);
                super.visitLdcInsn(Watch.READS | Watch.PRINTS | Watch.INSIDE);
                hook("touch", "(Ljava/lang/Object;I)V");
                hook("printed", "(Ljava/lang/Object;)Ljava/lang/Object;");
                types[i] = Type.getType(Object.class);
            }
        }
        return Type.getMethodDescriptor(Type.getReturnType(descriptor), types);
    }

    /** Of a method that the compiler wrote for a record, what it asks. */
    private void watchComponents(String method) {
        int effect = Watch.READS | Watch.INSIDE | (method.equals("toString") ? Watch.PRINTS : 0);
        boolean ofTwo = method.equals("equals");
        super.visitInsn(ofTwo ? Opcodes.DUP2 : Opcodes.DUP);
        for (int i = 0; i < (ofTwo ? 2 : 1); i++) {
            super.visitLdcInsn(effect);
            hook("touchComponents", "(Ljava/lang/Object;I)V");
        }
    }

    private static boolean isPrinted(Type type) {
        return type.getSort() == Type.OBJECT && !type.getInternalName().equals("java/lang/String");
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        calls.setLine(line);
        super.visitLineNumber(line, start);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        boolean catchesAll = type == null || type.equals("java/lang/Throwable") || type.equals("java/lang/Error");
        Label behind = catchesAll ? handlers.computeIfAbsent(handler, h -> new Label()) : null;
        super.visitTryCatchBlock(behind != null && start == handler ? behind : start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        behindHook = handlers.get(label);
        super.visitLabel(label);
    }

    /** A handler begins with a frame: it has the exception on the stack, which nothing before it has. */
    @Override
    public void visitFrame(int type, int locals, Object @Nullable [] local, int size, Object @Nullable [] stack) {
        super.visitFrame(type, locals, local, size, stack);
        Label behind = behindHook;
        if (behind != null) {
            behindHook = null;
            super.visitInsn(Opcodes.DUP);
            hook("caught", "(Ljava/lang/Throwable;)V");
            super.visitLabel(behind);
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (underConstruction && opcode == Opcodes.NEW) {
            otherObjectsUnderConstruction++;
        }
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        Object[] rewritten = arguments.clone();
        for (int i = 0; i < rewritten.length; i++) {
            if (rewritten[i] instanceof Handle target && target.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                int opcode = target.getTag() == Opcodes.H_INVOKESTATIC ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL;
                Calls.Treatment treatment = calls.of(opcode, target.getOwner(), target.getName(), target.getDesc());
                if (treatment instanceof Calls.Access && target.getOwner().endsWith("/VarHandle")) {
                    refuse(calls.refusal("VarHandle::" + target.getName(), "write it as a lambda expression"));
                } else if (!(treatment instanceof Calls.Keep)) {
                    rewritten[i] = owner.bridge(target, descriptor);
                }
            }
        }
        if (bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods")) {
            watchComponents(name);
        }
        boolean concatenates = bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory");
        String shape = concatenates ? watchConcatenation(descriptor) : descriptor;
        super.visitInvokeDynamicInsn(name, shape, bootstrap, rewritten);
    }

    @Override
    public void visitFieldInsn(int opcode, String type, String name, String descriptor) {
        ClassTable.Field field = calls.classes.field(type, name);
        boolean watched = field != null
                && !field.is(Opcodes.ACC_FINAL)
                && !field.is(Opcodes.ACC_SYNTHETIC)
                && !(underConstruction && opcode == Opcodes.PUTFIELD);
        if (field == null || !watched) {
            super.visitFieldInsn(opcode, type, name, descriptor);
            return;
        }
        int id = calls.context.fieldId(field.owner(), name);
        boolean isVolatile = field.is(Opcodes.ACC_VOLATILE);
        if (isVolatile || calls.context.toleratesRaces(field.owner(), name)) {
            String shape = switch (opcode) {
                case Opcodes.GETSTATIC -> "()" + descriptor;
                case Opcodes.PUTSTATIC -> "(" + descriptor + ")V";
                case Opcodes.GETFIELD -> "(L" + type + ";)" + descriptor;
                default -> "(L" + type + ";" + descriptor + ")V";
            };
            boolean load = opcode == Opcodes.GETSTATIC || opcode == Opcodes.GETFIELD;
            Handle bootstrap = bootstrap(load ? "fieldLoad" : "fieldStore", BOOTSTRAP + "II" + CALL_SITE);
            super.visitInvokeDynamicInsn(name, shape, bootstrap, id, isVolatile ? 1 : 0);
            return;
        }
        watchField(opcode, Type.getType(descriptor).getSize() == 2, id);
        super.visitFieldInsn(opcode, type, name, descriptor);
    }

    private void watchField(int opcode, boolean wide, int id) {
        switch (opcode) {
            case Opcodes.GETFIELD -> super.visitInsn(Opcodes.DUP);
            case Opcodes.PUTFIELD -> {
                if (wide) {
                    super.visitInsn(Opcodes.DUP2_X1);
                    super.visitInsn(Opcodes.POP2);
                    super.visitInsn(Opcodes.DUP_X2);
                } else {
                    super.visitInsn(Opcodes.DUP2);
                    super.visitInsn(Opcodes.POP);
                }
            }
            default -> super.visitInsn(Opcodes.ACONST_NULL);
        }
        super.visitLdcInsn(id);
        boolean load = opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
        hook(load ? "beforeFieldLoad" : "beforeFieldStore", "(Ljava/lang/Object;I)V");
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            super.visitInsn(Opcodes.DUP2);
            hook("beforeElementLoad", "(Ljava/lang/Object;I)V");
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            boolean wide = opcode == Opcodes.LASTORE || opcode == Opcodes.DASTORE;
            super.visitInsn(wide ? Opcodes.DUP2_X2 : Opcodes.DUP_X2);
            super.visitInsn(wide ? Opcodes.POP2 : Opcodes.POP);
            super.visitInsn(wide ? Opcodes.DUP2_X2 : Opcodes.DUP2_X1);
            hook("beforeElementStore", "(Ljava/lang/Object;I)V");
        } else if (opcode == Opcodes.MONITORENTER) {
            hook("monitorEnter", "(Ljava/lang/Object;)V");
            return;
        } else if (opcode == Opcodes.MONITOREXIT) {
            hook("monitorExit", "(Ljava/lang/Object;)V");
            return;
        } else if (opcode == Opcodes.RETURN && isInitialiser) {
            hook("exitInitialiser", "()V");
        }
        super.visitInsn(opcode);
    }

    private void refuse(String message) {
        super.visitLdcInsn(message);
        hook("refuse", "(Ljava/lang/String;)V");
    }

    private void hook(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, Calls.HOOKS, name, descriptor, false);
    }

    private static Handle bootstrap(String name, String descriptor) {
        return new Handle(Opcodes.H_INVOKESTATIC, Calls.HOOKS, name, descriptor, false);
    }
}
