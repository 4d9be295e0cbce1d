package io.multishot.explorer;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** Loads the classes under given name prefixes afresh, rewritten so that the explorer sees what they do. */
final class RewritingLoader extends ClassLoader {
    private static final String OWN_PACKAGE = RewritingLoader.class.getPackageName() + ".";

    private final List<String> prefixes;
    private final SimpleRemapper standIns;
    private final ClassTable classes;
    private final CallPolicy policy;
    private final ModelContext context;

    RewritingLoader(
            ClassLoader parent,
            List<String> prefixes,
            Map<String, String> standIns,
            CallPolicy policy,
            ModelContext context) {
        super(parent);
        this.prefixes = prefixes;
        this.standIns = new SimpleRemapper(Opcodes.ASM9, standIns);
        this.policy = policy;
        this.context = context;
        classes = new ClassTable(parent, this::isRewritten, standIns);
        setDefaultAssertionStatus(true);
    }

    ClassTable classes() {
        return classes;
    }

    private boolean isRewritten(String name) {
        for (String prefix : prefixes) {
            // The explorer must not rewrite itself, but it may be asked for single classes next to it, such as tests.
            boolean own = name.startsWith(OWN_PACKAGE) && prefix.length() <= OWN_PACKAGE.length();
            if (name.startsWith(prefix) && !own) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isRewritten(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] rewritten = rewrite(classes.bytes(name.replace('.', '/')));
            return defineClass(name, rewritten, 0, rewritten.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] rewrite(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        // Only straight-line code is inserted, so that the stack map frames stay valid.
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        ClassRewriter rewriter = new ClassRewriter(writer, classes, policy, context, locals(reader));
        reader.accept(new ClassRemapper(rewriter, standIns), 0);
        return writer.toByteArray();
    }

    /** Returns the number of local variables of each method. */
    private Map<String, Integer> locals(ClassReader reader) {
        Map<String, Integer> locals = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitMaxs(int maxStack, int maxLocals) {
                                locals.put(name + standIns.mapMethodDesc(descriptor), maxLocals);
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return locals;
    }
}
