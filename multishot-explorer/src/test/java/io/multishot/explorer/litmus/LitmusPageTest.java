package io.multishot.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page is up to date. Explores all shapes, unless another test did before; that takes seconds of processor time.
 */
class LitmusPageTest {
    /** Writes the page first if the system property {@code litmus.write} is set. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void page_isWhatTheTablesAndTheExplorerSay() throws IOException {
        if (System.getProperty("litmus.write") != null) {
            LitmusPage.write();
        }
        assertThat(Files.readString(LitmusPage.DOCS.resolve(LitmusPage.NAME)))
                .as("docs/litmus.md: write it anew with -Dtest=LitmusPageTest -Dlitmus.write")
                .isEqualTo(LitmusPage.text());
    }
}
