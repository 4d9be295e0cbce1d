package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts its calls and remembers the last outcome. Each {@code expect...} looks at the calls since the one before, so
 * that a second call for the same receive is never overlooked.
 */
public final class RecordingCallback<T> extends Callback<T> {
    private static final Object CLOSED = new Object() {
        @Override
        public String toString() {
            return "closed";
        }
    };

    private record Failed(Throwable cause) {}

    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable Object last;

    public RecordingCallback() {}

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
        record(new Failed(cause));
    }

    private void record(@Nullable Object outcome) {
        last = outcome;
        calls.incrementAndGet();
    }

    /** Returns the number of calls since the last {@code expect...}. */
    public int calls() {
        return calls.get();
    }

    /** Forgets the calls so far. */
    public void reset() {
        calls.set(0);
    }

    public void expectNothing() {
        assertThat(calls.getAndSet(0)).as("calls of the callback").isZero();
    }

    public void expectValue(Object value) {
        expectOneCall();
        assertThat(last).isSameAs(value);
    }

    public void expectClosed() {
        expectOneCall();
        assertThat(last).isSameAs(CLOSED);
    }

    public void expectFailure(Throwable cause) {
        expectOneCall();
        assertThat(last)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.cause()).isSameAs(cause));
    }

    private void expectOneCall() {
        assertThat(calls.getAndSet(0)).as("calls of the callback").isEqualTo(1);
    }
}
