package io.multishot.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of {@code docs/} are those that their program draws. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PicturesTest {
    private static final Path PICTURES =
            Path.of("..", "docs", "pictures").toAbsolutePath().normalize();

    @TempDir
    private static Path drawn;

    @BeforeAll
    static void draw() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        PICTURES.resolve("Marbles.java").toString(),
                        drawn.toString()))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive.svg", "exchange.svg", "senders.svg"})
    void picture_drawnAgain_isTheSame(String name) {
        assertThat(PICTURES.resolve(name)).hasSameTextualContentAs(drawn.resolve(name));
    }
}
