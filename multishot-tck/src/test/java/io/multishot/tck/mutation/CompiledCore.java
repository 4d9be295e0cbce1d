package io.multishot.tck.mutation;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sources of the core, unchanged or with a mutant's change in one of them. It compiles them as the module
 * that they are, since javac takes a sealed class over several packages in a named module only. On the class path,
 * where the killers run, the classes work as well.
 */
final class CompiledCore {
    private static final Path SOURCES = Path.of("..", "multishot-core", "src", "main", "java");

    private CompiledCore() {}

    /** Compiles the unchanged core. */
    static void compileInto(Path directory) throws IOException {
        compile(directory, sources());
    }

    /** Compiles the core with the mutant's change. */
    static void compileInto(Path directory, Mutant mutant) throws IOException {
        List<Source> sources = sources();
        List<Source> ofType =
                sources.stream().filter(source -> source.isOf(mutant.type())).toList();
        if (ofType.size() != 1) {
            throw new IllegalStateException("of " + mutant.type() + " there are " + ofType.size()
                    + " sources, not one, in " + SOURCES.toAbsolutePath());
        }
        sources.replaceAll(source -> source == ofType.get(0) ? source.changed(mutant::applyTo) : source);
        compile(directory, sources);
    }

    private static void compile(Path directory, List<Source> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-d", directory.toString(), "--module-path", pathOf(Nullable.class), "-proc:none", "-nowarn");
        if (!compiler.getTask(messages, null, null, options, null, sources).call()) {
            throw new IllegalStateException("does not compile: " + messages);
        }
    }

    /** Returns where the class was loaded from. */
    private static String pathOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.add(new Source(SOURCES.relativize(file), Files.readString(file)));
            }
        }
        return sources;
    }

    /** A source whose text need not be that of its file. */
    private static final class Source extends SimpleJavaFileObject {
        private final Path file;
        private final String text;

        Source(Path file, String text) {
            super(URI.create("string:///" + file.toString().replace('\\', '/')), Kind.SOURCE);
            this.file = file;
            this.text = text;
        }

        boolean isOf(String type) {
            return file.endsWith(type + ".java");
        }

        Source changed(UnaryOperator<String> change) {
            return new Source(file, change.apply(text));
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
