package io.multishot.benchmarks.scale;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A map of futures, whose timeouts are {@link CompletableFuture#orTimeout}. */
final class MapWay implements Way {
    private final ConcurrentMap<Long, CompletableFuture<Object>> futures;
    private long ids;

    MapWay(int requests) {
        futures = new ConcurrentHashMap<>(requests);
    }

    @Override
    public long open(Waiter waiter, @Nullable Duration timeout) {
        long id = ++ids;
        CompletableFuture<Object> future;
        if (timeout == null) {
            future = new CompletableFuture<>();
        } else {
            future = new Expiring(id);
            future.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        Object unused = future.whenComplete(waiter);
        futures.put(id, future);
        return id;
    }

    @Override
    public void answer(long id) {
        CompletableFuture<Object> future = futures.remove(id);
        if (future != null) {
            future.complete(VALUE);
        }
    }

    /** Leaves the map when it times out. An override takes less than one more dependent of the future. */
    private final class Expiring extends CompletableFuture<Object> {
        private final long id;

        Expiring(long id) {
            this.id = id;
        }

        @Override
        public boolean completeExceptionally(Throwable cause) {
            futures.remove(id);
            return super.completeExceptionally(cause);
        }
    }
}
