package io.multishot.explorer;

/** The strength with which one half of an access, its load or its store, is ordered. */
enum Mode {
    PLAIN,
    OPAQUE,
    ACQUIRE,
    RELEASE,
    VOLATILE;

    boolean acquires() {
        return this == ACQUIRE || this == VOLATILE;
    }

    boolean releases() {
        return this == RELEASE || this == VOLATILE;
    }
}
