package io.multishot.tck.soak;

/** A cause that knows, like a value, where it belongs. */
final class ValueFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Value value;

    ValueFailure(Value value) {
        super(null, null, false, false);
        this.value = value;
    }

    Value value() {
        return value;
    }
}
