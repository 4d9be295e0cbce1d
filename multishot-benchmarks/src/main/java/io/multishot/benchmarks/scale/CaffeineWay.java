package io.multishot.benchmarks.scale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A Caffeine cache of futures with the JDK's scheduler. */
final class CaffeineWay implements Way {
    private final Cache<Long, Entry> entries;
    private long ids;

    private CaffeineWay(Caffeine<Object, Object> builder, int requests) {
        entries = builder.<Long, Entry>evictionListener(CaffeineWay::expired)
                .initialCapacity(requests)
                .build();
    }

    /** Creates a cache in which all requests have the same timeout, which costs less. */
    static CaffeineWay withOneTimeout(int requests) {
        return new CaffeineWay(builder().expireAfterWrite(Load.TIMEOUT), requests);
    }

    /** Creates a cache in which each request has a timeout of its own. */
    static CaffeineWay withTimeouts(int requests) {
        return new CaffeineWay(builder().expireAfter(new OfEntry()), requests);
    }

    private static Caffeine<Object, Object> builder() {
        return Caffeine.newBuilder().scheduler(Scheduler.systemScheduler());
    }

    private static void expired(@Nullable Long id, @Nullable Entry entry, RemovalCause cause) {
        if (entry != null) {
            entry.completeExceptionally(new TimeoutException());
        }
    }

    @Override
    public long open(Waiter waiter, @Nullable Duration timeout) {
        long id = ++ids;
        Entry entry = new Entry(Objects.requireNonNull(timeout));
        Object unused = entry.whenComplete(waiter);
        entries.put(id, entry);
        return id;
    }

    @Override
    public void answer(long id) {
        Entry entry = entries.asMap().remove(id);
        if (entry != null) {
            entry.complete(VALUE);
        }
    }

    private static final class Entry extends CompletableFuture<Object> {
        private final Duration timeout;

        Entry(Duration timeout) {
            this.timeout = timeout;
        }
    }

    private static final class OfEntry implements Expiry<Object, Object> {
        @Override
        public long expireAfterCreate(Object id, Object entry, long now) {
            return ((Entry) entry).timeout.toNanos();
        }

        @Override
        public long expireAfterUpdate(Object id, Object entry, long now, long left) {
            return left;
        }

        @Override
        public long expireAfterRead(Object id, Object entry, long now, long left) {
            return left;
        }
    }
}
