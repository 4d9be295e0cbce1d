package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts its calls and remembers what it was handed. */
final class RecordingSlotRequest<T> extends SlotRequest<T> {
    private final Consumer<Pending<T>> then;

    private int calls;
    private @Nullable Pending<T> opened;
    private @Nullable Throwable refused;

    RecordingSlotRequest() {
        this(pending -> {});
    }

    /** Takes what to do with the request. */
    RecordingSlotRequest(Consumer<Pending<T>> then) {
        this.then = then;
    }

    @Override
    protected void onOpened(Pending<T> pending) {
        calls++;
        opened = pending;
        then.accept(pending);
    }

    @Override
    protected void onRefused(Throwable cause) {
        calls++;
        refused = cause;
    }

    int calls() {
        return calls;
    }

    void expectNothing() {
        assertThat(calls).as("calls of the opening").isZero();
    }

    Pending<T> expectOpened() {
        assertThat(calls).as("calls of the opening").isEqualTo(1);
        assertThat(opened).isNotNull();
        return opened;
    }

    void expectRefused(Throwable cause) {
        assertThat(expectRefused()).isSameAs(cause);
    }

    Throwable expectRefused() {
        assertThat(calls).as("calls of the opening").isEqualTo(1);
        assertThat(refused).isNotNull();
        return refused;
    }
}
