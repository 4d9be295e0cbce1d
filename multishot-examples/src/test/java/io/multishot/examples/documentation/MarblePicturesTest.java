package io.multishot.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of {@code docs/} are what their program draws, and each is shown on a page. */
class MarblePicturesTest {
    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final Path PICTURES = DOCS.resolve("pictures");

    @Test
    void pictures_drawnAgain_areThoseCommitted(@TempDir Path directory) throws Exception {
        draw(directory);

        assertThat(pictures(directory)).isNotEmpty().isEqualTo(pictures(PICTURES));
    }

    @Test
    void pictures_committed_areShownByThePage() throws IOException {
        String page = Files.readString(DOCS.resolve("reactor.md"));

        assertThat(pictures(PICTURES).keySet())
                .allSatisfy(name -> assertThat(page).contains("](pictures/" + name + ")"));
    }

    private static void draw(Path directory) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path output = directory.resolve("output.txt");
        int exit = new ProcessBuilder(java, PICTURES.resolve("Marbles.java").toString(), directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(output)).isZero();
    }

    /** Name and text of each. */
    private static Map<String, String> pictures(Path folder) throws IOException {
        Map<String, String> pictures = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".svg")).toList()) {
                pictures.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pictures;
    }
}
