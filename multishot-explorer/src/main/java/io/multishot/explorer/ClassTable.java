package io.multishot.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.SimpleRemapper;

/** The declarations in the class files of the classes to rewrite, read before the classes are loaded. */
final class ClassTable {
    /**
     * A field by its declaration.
     *
     * @param owner the internal name of the class that declares it
     * @param name its name
     * @param access its modifiers
     */
    record Field(String owner, String name, int access) {
        boolean is(int modifier) {
            return (access & modifier) != 0;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // they are never compared
    private record Declared(
            @Nullable String parent, String[] interfaces, Map<String, Integer> fields, Set<String> methods) {}

    private final ClassLoader resources;
    private final Predicate<String> rewritten;
    private final Map<String, String> standIns;
    private final Map<String, Declared> classes = new HashMap<>();

    /**
     * Takes the loader that finds the class files, what tells by a dotted name which classes are to be rewritten, and
     * the internal names of the classes that take the place of others.
     */
    ClassTable(ClassLoader resources, Predicate<String> rewritten, Map<String, String> standIns) {
        this.resources = resources;
        this.rewritten = rewritten;
        this.standIns = standIns;
    }

    boolean isRewritten(String internalName) {
        return rewritten.test(internalName.replace('/', '.'));
    }

    /** The declaration of the field that an access names; null if it is not in a rewritten class. */
    synchronized @Nullable Field field(String owner, String name) {
        Declared declared = declared(owner);
        if (declared == null) {
            return null;
        }
        Integer access = declared.fields.get(name);
        if (access != null) {
            return new Field(owner, name, access);
        }
        for (String type : declared.interfaces) {
            Field found = field(type, name);
            if (found != null) {
                return found;
            }
        }
        return declared.parent == null ? null : field(declared.parent, name);
    }

    /**
     * The class at which the search for a method leaves the rewritten classes, or the rewritten one that declares it.
     */
    synchronized String methodOwner(String owner, String name, String descriptor) {
        String current = owner;
        Declared declared = declared(current);
        while (declared != null && declared.parent != null && !declared.methods.contains(name + descriptor)) {
            current = declared.parent;
            declared = declared(current);
        }
        return current;
    }

    /** Tells whether a class that is rewritten declares the field of this name. */
    boolean declaresField(String owner, String name) {
        try {
            Declared declared = declared(owner);
            return declared != null && declared.fields.containsKey(name);
        } catch (UncheckedIOException e) {
            return false; // no such class
        }
    }

    byte[] bytes(String internalName) throws IOException {
        try (InputStream in = resources.getResourceAsStream(internalName + ".class")) {
            if (in == null) {
                throw new IOException("no class file of " + internalName);
            }
            return in.readAllBytes();
        }
    }

    private @Nullable Declared declared(String name) {
        if (name.startsWith("[") || !isRewritten(name)) {
            return null;
        }
        Declared known = classes.get(name);
        if (known == null) {
            try {
                known = parse(bytes(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            classes.put(name, known);
        }
        return known;
    }

    private Declared parse(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        Map<String, Integer> fields = new HashMap<>();
        Set<String> methods = new HashSet<>();
        SimpleRemapper names = new SimpleRemapper(Opcodes.ASM9, standIns);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            @Nullable Object value) {
                        fields.put(name, access);
                        return null;
                    }

                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        methods.add(name + names.mapMethodDesc(descriptor));
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        String[] interfaces = reader.getInterfaces();
        Arrays.setAll(interfaces, i -> standIns.getOrDefault(interfaces[i], interfaces[i]));
        String parent = reader.getSuperName();
        return new Declared(parent == null ? null : standIns.getOrDefault(parent, parent), interfaces, fields, methods);
    }
}
