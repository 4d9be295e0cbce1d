package io.multishot.benchmarks.scale;

import io.multishot.Callback;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the outcome of one request, as a callback or at a future. The counts are static, since a field here would
 * count as memory of each request.
 */
class Waiter extends Callback<Object> implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    private static final AtomicInteger EXPIRED = new AtomicInteger();
    private static long answered;

    /** Returns how many waiters got a failure so far. */
    static int expired() {
        return EXPIRED.get();
    }

    /** Returns how many waiters got a value so far, for the thread that answers. */
    static long answered() {
        return answered;
    }

    @Override
    protected void onValue(Object value) {
        answered++;
    }

    @Override
    protected void onFailure(Throwable cause) {
        EXPIRED.incrementAndGet();
    }

    @Override
    protected void onClosed() {
        throw new IllegalStateException("closed");
    }

    @Override
    public final void accept(@Nullable Object value, @Nullable Throwable failure) {
        if (failure != null) {
            onFailure(failure);
        } else if (value != null) {
            onValue(value);
        }
    }
}
