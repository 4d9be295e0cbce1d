package io.multishot.tck.modelcheck;

/** A value with a plain field, so that a value that is received half-made is a data race. */
final class Box {
    int content;

    Box(int content) {
        this.content = content;
    }
}
