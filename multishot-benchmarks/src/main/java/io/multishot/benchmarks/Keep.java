package io.multishot.benchmarks;

import io.multishot.Callback;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the value that it is called with, as a callback or as a consumer; used for one round after the other. */
class Keep extends Callback<Object> implements Consumer<Object> {
    @Nullable
    Object value;

    @Override
    public void accept(Object value) {
        this.value = value;
    }

    @Override
    protected void onValue(Object value) {
        this.value = value;
    }

    @Override
    protected void onClosed() {
        throw new IllegalStateException("closed");
    }

    @Override
    protected void onFailure(Throwable cause) {
        throw new IllegalStateException(cause);
    }
}
