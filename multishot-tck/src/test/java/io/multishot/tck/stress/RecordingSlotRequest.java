package io.multishot.tck.stress;

import io.multishot.correlator.Pending;
import io.multishot.correlator.SlotRequest;

/** Remembers its notification, and whether there was more than one. */
final class RecordingSlotRequest extends SlotRequest<Integer> {
    private Object outcome = RecordingCallback.NOT_CALLED;

    /** {@code opened}, {@code refused} or {@code none}; for the thread that called, or one ordered after it. */
    Object outcome() {
        return outcome;
    }

    @Override
    protected void onOpened(Pending<Integer> pending) {
        record("opened");
    }

    @Override
    protected void onRefused(Throwable cause) {
        record("refused");
    }

    private void record(Object called) {
        outcome = outcome == RecordingCallback.NOT_CALLED ? called : outcome + " and " + called;
    }
}
