package io.multishot.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles and runs every Java block of the README and of {@code docs/}, and compares its output with its
 * {@code // prints: …} comments. A block sees the imports below and an {@code executor}.
 */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("^```java\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PRINTS = Pattern.compile("// prints: (.*)$", Pattern.MULTILINE);
    private static final String CLASS_NAME = "DocumentationBlock";

    @SuppressWarnings("InlineFormatString") // it would fill the method that uses it
    private static final String TEMPLATE = """
            import io.multishot.*;
            import io.multishot.correlator.*;
            import io.multishot.reactor.*;
            import java.io.IOException;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;
            import java.util.function.*;
            import reactor.core.*;
            import reactor.core.publisher.*;

            public class %s {
                public static void run() throws Exception {
                    ExecutorService executor = Executors.newSingleThreadExecutor();
                    try {
            %s
                    } finally {
                        executor.shutdownNow();
                    }
                }
            }
            """;

    record Block(String file, int number, String code) {
        @Override
        public String toString() {
            return file + " block " + number;
        }
    }

    static List<Block> blocks() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        List<Block> blocks = new ArrayList<>();
        for (Path file : files) {
            Matcher block = BLOCK.matcher(Files.readString(file));
            for (int number = 1; block.find(); number++) {
                blocks.add(new Block(ROOT.relativize(file).toString(), number, block.group(1)));
            }
        }
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void block_compiledAndRun_printsWhatItSays(Block block, @TempDir Path directory) throws Exception {
        List<String> promised = PRINTS.matcher(block.code())
                .results()
                .map(result -> result.group(1).strip())
                .toList();
        assertThat(run(compile(block, directory)).lines()).as(block.code()).containsExactlyElementsOf(promised);
    }

    @Test
    void readme_coreAndReactorExample_areAmongTheBlocks() throws IOException {
        assertThat(blocks())
                .filteredOn(block -> block.file().equals("README.md"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    private static Path compile(Block block, Path directory) throws IOException {
        Path source = directory.resolve(CLASS_NAME + ".java");
        Files.writeString(source, TEMPLATE.formatted(CLASS_NAME, block.code()));
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s: %s", block, messages).isTrue();
        }
        return directory;
    }

    private static String run(Path directory) throws Exception {
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(CLASS_NAME).getMethod("run").invoke(null);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        } finally {
            System.setOut(standard);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
