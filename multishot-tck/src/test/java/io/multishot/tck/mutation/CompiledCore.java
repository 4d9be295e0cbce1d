package io.multishot.tck.mutation;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the sources of the core, as they are or with a mutant's change in one of them. */
final class CompiledCore {
    private static final Path SOURCES = Path.of("..", "multishot-core", "src", "main", "java", "io", "multishot");

    private CompiledCore() {}

    /** The core as it is. */
    static void compileInto(Path directory) throws IOException {
        compile(directory, "", UnaryOperator.identity());
    }

    /** The core with the mutant's change. */
    static void compileInto(Path directory, Mutant mutant) throws IOException {
        compile(directory, mutant.type(), mutant::applyTo);
    }

    private static void compile(Path directory, String changedType, UnaryOperator<String> change) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        boolean changed = changedType.isEmpty();
        for (Path file : sourceFiles()) {
            String text = Files.readString(file);
            if (file.endsWith(changedType + ".java")) {
                text = change.apply(text);
                changed = true;
            }
            sources.add(new Source(file, text));
        }
        if (!changed) {
            throw new IllegalStateException("no " + changedType + ".java in " + SOURCES.toAbsolutePath());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
        if (!compiler.getTask(messages, null, null, options, null, sources).call()) {
            throw new IllegalStateException("does not compile: " + messages);
        }
    }

    private static List<Path> sourceFiles() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** A source whose text need not be that of its file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Path file, String text) {
            super(URI.create("string:///io/multishot/" + file.getFileName()), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
