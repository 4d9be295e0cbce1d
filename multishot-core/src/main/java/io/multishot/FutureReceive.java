package io.multishot;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A receive as a future. Whoever completes it from outside must first end the wait in the channel, so that an outcome is
 * never delivered to a future that is complete already.
 */
final class FutureReceive<T> extends CompletableFuture<T> {
    private final Awaited<T> place;
    private final boolean revokes;

    private final Waiter<T> waiter = new Waiter<>() {
        @Override
        protected void onValue(T value) {
            FutureReceive.super.complete(value);
        }

        @Override
        protected void onClosed() {
            FutureReceive.super.completeExceptionally(place.closedException());
        }

        @Override
        protected void onFailure(Throwable cause) {
            FutureReceive.super.completeExceptionally(cause);
        }
    };

    /** Takes what it will wait at, and whether completing the future from outside ends that too, or only the wait. */
    FutureReceive(Awaited<T> place, boolean revokes) {
        this.place = place;
        this.revokes = revokes;
    }

    Waiter<T> waiter() {
        return waiter;
    }

    private boolean endWait() {
        return revokes ? waiter.revokeRound() : waiter.cancelWait();
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
