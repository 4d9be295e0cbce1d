package io.multishot.tck.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever turns a warning off says why, on the same line. */
class SuppressionsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SUPPRESSION = Pattern.compile("^[^\"*/]*@SuppressWarnings\\b.*");
    private static final Pattern WITH_REASON = Pattern.compile("^\\s*@SuppressWarnings\\([^)]+\\) // \\S.*");

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(path -> Files.isDirectory(path.resolve("src")))
                    .toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    @Test
    void suppressions_ofAllModules_haveAReason() throws IOException {
        List<String> found = new ArrayList<>();
        List<String> withoutReason = new ArrayList<>();
        for (Path source : sources()) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (SUPPRESSION.matcher(line).matches()) {
                    String place = ROOT.relativize(source) + ":" + (i + 1) + ": " + line.strip();
                    found.add(place);
                    if (!WITH_REASON.matcher(line).matches()) {
                        withoutReason.add(place);
                    }
                }
            }
        }
        assertThat(found)
                .as("suppressions: if there are none, this looks in the wrong place")
                .isNotEmpty();
        assertThat(withoutReason)
                .as("write `@SuppressWarnings(\"…\") // why`, on one line")
                .isEmpty();
    }
}
