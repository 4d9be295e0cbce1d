package io.multishot.explorer.litmus;

/**
 * A row of the table.
 *
 * @param name the shape's usual name, and what is special about it
 * @param program its code
 * @param weak the outcome that the shape is about
 * @param ruling the source's ruling on that outcome
 * @param source the place that says so
 */
record Shape(String name, Program program, String weak, Ruling ruling, String source) {
    enum Ruling {
        ALLOWED("allowed"),
        FORBIDDEN("forbidden"),
        /** The sources differ. */
        OPEN("open");

        final String title;

        Ruling(String title) {
            this.title = title;
        }
    }
}
