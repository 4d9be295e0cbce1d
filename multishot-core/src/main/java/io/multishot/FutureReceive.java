package io.multishot;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A receive as a future. Completing it from outside first ends the wait at its source, so that an outcome is never
 * delivered to a future that is complete already.
 */
final class FutureReceive<T> extends CompletableFuture<T> {
    /**
     * Null once the future is complete: it may be kept for longer than the source. Only the thread that ended the wait
     * touches it.
     */
    private @Nullable OutcomeSource<T> source;

    private final boolean revokes;

    private final OutcomeHandler<T> handler = new OutcomeHandler<>() {
        @Override
        protected void onValue(T value) {
            source = null;
            FutureReceive.super.complete(value);
        }

        @Override
        @SuppressWarnings("NullAway") // it is called once, and has its source until then
        protected void onClosed() {
            RuntimeException closed = source.closedException();
            source = null;
            FutureReceive.super.completeExceptionally(closed);
        }

        @Override
        protected void onFailure(Throwable cause) {
            source = null;
            FutureReceive.super.completeExceptionally(cause);
        }
    };

    FutureReceive(OutcomeSource<T> source) {
        this.source = source;
        revokes = source.endsWithItsFuture();
    }

    OutcomeHandler<T> handler() {
        return handler;
    }

    private boolean endWait() {
        boolean ended = revokes ? handler.revokeRound() : handler.cancelWait();
        if (ended) {
            source = null;
        }
        return ended;
    }

    @Override
    public boolean complete(T value) {
        return endWait() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        Objects.requireNonNull(cause);
        return endWait() && super.completeExceptionally(cause);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return completeExceptionally(new CancellationException()) || isCancelled();
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        Objects.requireNonNull(supplier);
        executor.execute(() -> {
            if (!isDone()) {
                completeBy(supplier);
            }
        });
        return this;
    }

    private void completeBy(Supplier<? extends T> supplier) {
        T value;
        try {
            value = supplier.get();
        } catch (Throwable thrown) {
            completeExceptionally(thrown);
            return;
        }
        complete(value);
    }

    @Override
    public void obtrudeValue(T value) {
        endWait();
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable cause) {
        endWait();
        super.obtrudeException(cause);
    }
}
