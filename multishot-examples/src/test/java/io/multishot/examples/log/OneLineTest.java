package io.multishot.examples.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OneLineTest {

    @ParameterizedTest
    @CsvSource({"000a, a", "000d, d", "001b, 1b", "0000, 0", "007f, 7f", "0085, 85", "009b, 9b", "2028, 2028"})
    @CsvSource({"2029, 2029", "202e, 202e", "d800, d800", "e0001, e0001"})
    void of_whatStartsLineOrSteersTerminal_isReplacedByItsCode(String codePoint, String shown) {
        String outside = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";
        assertThat(OneLine.of(outside)).isEqualTo("a\\u{" + shown + "}b");
    }

    @ParameterizedTest
    @CsvSource({"why?, why?", "größer 😀 “so”, größer 😀 “so”", "a\\u{a}, a\\\\u{a}"})
    void of_text_staysReadableAndUnambiguous(String text, String line) {
        assertThat(OneLine.of(text)).isEqualTo(line);
    }
}
