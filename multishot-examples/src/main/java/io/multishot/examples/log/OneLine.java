package io.multishot.examples.log;

import java.util.Set;

/** Makes text from outside safe to be logged: it can neither begin a line of its own nor steer a terminal. */
public final class OneLine {
    private static final Set<Byte> ESCAPED = Set.of(
            Character.CONTROL,
            Character.FORMAT, // reverses the direction of what follows, among others
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE); // only an unpaired one is a code point

    private OneLine() {}

    /**
     * Replaces control characters, line separators and the like by their code, as <code>\&#117;{a}</code> for a line
     * feed, and a backslash by two.
     *
     * @param text any text
     * @return the text, in one line
     */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (character == '\\') {
                line.append("\\\\");
            } else if (ESCAPED.contains((byte) Character.getType(character))) {
                line.append("\\u{").append(Integer.toHexString(character)).append('}');
            } else {
                line.appendCodePoint(character);
            }
        });
        return line.toString();
    }
}
