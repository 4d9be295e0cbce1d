package io.multishot;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A receive as a future. Completing it from outside first ends the wait at its source, so that an outcome is never
 * delivered to a future that is complete already.
 */
final class FutureReceive<T> extends CompletableFuture<T> {
    private final OutcomeSource<T> source;

    private final OutcomeHandler<T> handler = new OutcomeHandler<>() {
        @Override
        protected void onValue(T value) {
            FutureReceive.super.complete(value);
        }

        @Override
        protected void onClosed() {
            FutureReceive.super.completeExceptionally(source.closedException());
        }

        @Override
        protected void onFailure(Throwable cause) {
            FutureReceive.super.completeExceptionally(cause);
        }
    };

    FutureReceive(OutcomeSource<T> source) {
        this.source = source;
    }

    OutcomeHandler<T> handler() {
        return handler;
    }

    private boolean endWait() {
        return source.endsWithItsFuture() ? handler.revokeRound() : handler.cancelWait();
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
