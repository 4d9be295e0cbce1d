package io.multishot.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.multishot.correlator.Correlator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A request and its reply by id, for a callback that waits. */
public class CorrelatorBenchmark extends Workload {

    @Benchmark
    public void callback(Table table, Requests requests) {
        requests.nextByCallback(table);
    }

    @Benchmark
    public void callbackTimeout(TableWithTimeout table, Requests requests) {
        requests.nextByCallback(table);
    }

    @Benchmark
    public void mapFuture(MapOfFutures map, Requests requests) {
        requests.nextByCallback(map);
    }

    @Benchmark
    public void mapFutureTimeout(MapOfFuturesWithTimeout map, Requests requests) {
        requests.nextByCallback(map);
    }

    @Benchmark
    public void caffeineFutureTimeout(ExpiringFutures map, Requests requests) {
        requests.nextByCallback(map);
    }

    @State(Scope.Benchmark)
    public static class Table implements Requests.Way<Keep> {
        @Param("1024")
        public int capacity;

        Correlator<Object> correlator = Correlator.withCapacity(1);

        @Setup
        public void setUp() {
            correlator = Correlator.withCapacity(capacity);
        }

        @Override
        public long open(Keep callback) {
            return correlator.open(null, callback).ticket();
        }

        @Override
        public void answer(long id) {
            correlator.complete(id, VALUE);
        }
    }

    @State(Scope.Benchmark)
    public static class TableWithTimeout extends Table {
        @Override
        public long open(Keep callback) {
            return correlator.open(Requests.TIMEOUT, callback).ticket();
        }
    }

    @State(Scope.Benchmark)
    public static class MapOfFutures implements Requests.Way<Keep> {
        private final AtomicLong ids = new AtomicLong();
        private final ConcurrentMap<Long, CompletableFuture<Object>> futures = new ConcurrentHashMap<>();

        @Override
        public long open(Keep callback) {
            CompletableFuture<Object> future = newFuture();
            Object unused = future.thenAccept(callback);
            long id = ids.incrementAndGet();
            futures.put(id, future);
            return id;
        }

        CompletableFuture<Object> newFuture() {
            return new CompletableFuture<>();
        }

        @Override
        public void answer(long id) {
            CompletableFuture<Object> future = futures.remove(id);
            if (future != null) {
                future.complete(VALUE);
            }
        }
    }

    @State(Scope.Benchmark)
    public static class MapOfFuturesWithTimeout extends MapOfFutures {
        @Override
        CompletableFuture<Object> newFuture() {
            return new CompletableFuture<>().orTimeout(Requests.TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @State(Scope.Benchmark)
    public static class ExpiringFutures implements Requests.Way<Keep> {
        private final AtomicLong ids = new AtomicLong();
        private final Cache<Long, CompletableFuture<Object>> futures = Caffeine.newBuilder()
                .expireAfterWrite(Requests.TIMEOUT)
                .evictionListener(
                        (@Nullable Long id, @Nullable CompletableFuture<Object> future, RemovalCause cause) -> {
                            if (future != null) {
                                future.completeExceptionally(new TimeoutException());
                            }
                        })
                .build();

        @Override
        public long open(Keep callback) {
            CompletableFuture<Object> future = new CompletableFuture<>();
            Object unused = future.thenAccept(callback);
            long id = ids.incrementAndGet();
            futures.put(id, future);
            return id;
        }

        @Override
        public void answer(long id) {
            CompletableFuture<Object> future = futures.asMap().remove(id);
            if (future != null) {
                future.complete(VALUE);
            }
        }
    }
}
