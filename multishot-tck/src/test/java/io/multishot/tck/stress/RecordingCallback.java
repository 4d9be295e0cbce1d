package io.multishot.tck.stress;

import io.multishot.Callback;

/** Remembers what it was called with, and whether that happened more than once. */
final class RecordingCallback<T> extends Callback<T> {
    static final String NOT_CALLED = "none";
    static final String CLOSED = "closed";
    static final String FAILED = "failed";

    private Object outcome = NOT_CALLED;

    /** The value, or one of the words above; for the thread that called, or one ordered after it. */
    Object outcome() {
        return outcome;
    }

    @Override
    protected void onValue(T value) {
        record(value);
    }

    @Override
    protected void onClosed() {
        record(CLOSED);
    }

    @Override
    protected void onFailure(Throwable cause) {
        record(FAILED);
    }

    private void record(Object called) {
        outcome = outcome == NOT_CALLED ? called : outcome + " and " + called;
    }
}
