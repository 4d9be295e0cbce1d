package io.multishot.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the pictures of {@code docs/} are up to date and that a page shows each. */
class MarblePicturesTest {
    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final Path PICTURES = DOCS.resolve("pictures");

    @Test
    void pictures_drawnAgain_areThoseCommitted(@TempDir Path directory) throws Exception {
        Marbles.drawInto(directory);

        assertThat(pictures(directory)).isNotEmpty().isEqualTo(pictures(PICTURES));
    }

    @Test
    void pictures_committed_areShownByThePage() throws IOException {
        String page = Files.readString(DOCS.resolve("reactor.md"));

        assertThat(pictures(PICTURES).keySet())
                .allSatisfy(name -> assertThat(page).contains("](pictures/" + name + ")"));
    }

    /** Returns the text of each by its name. */
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
