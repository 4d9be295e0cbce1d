package io.multishot.benchmarks.scale;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A map of futures with the timeouts in Netty's wheel. Its tick is the correlator's resolution, and its spokes reach
 * beyond the longest timeout, so that no tick passes over requests that are due in a later turn.
 */
final class WheelWay implements Way {
    private static final int TICK_MILLIS = 10;
    private static final int SPOKES = 1 << 15;

    private final ConcurrentMap<Long, Entry> entries;
    private final HashedWheelTimer wheel =
            new HashedWheelTimer(WheelWay::thread, TICK_MILLIS, TimeUnit.MILLISECONDS, SPOKES);
    private long ids;

    WheelWay(int requests) {
        entries = new ConcurrentHashMap<>(requests);
    }

    private static Thread thread(Runnable code) {
        Thread thread = new Thread(code, "wheel");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public long open(Waiter waiter, @Nullable Duration timeout) {
        long id = ++ids;
        Entry entry = new Entry(id);
        Object unused = entry.whenComplete(waiter);
        entry.timeout = wheel.newTimeout(entry, Objects.requireNonNull(timeout).toNanos(), TimeUnit.NANOSECONDS);
        entries.put(id, entry);
        return id;
    }

    @Override
    public void answer(long id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            entry.cancelTimeout();
            entry.complete(VALUE);
        }
    }

    private final class Entry extends CompletableFuture<Object> implements TimerTask {
        private final long id;
        private @Nullable Timeout timeout;

        Entry(long id) {
            this.id = id;
        }

        void cancelTimeout() {
            Objects.requireNonNull(timeout).cancel();
        }

        @Override
        public void run(Timeout itself) {
            entries.remove(id);
            completeExceptionally(new TimeoutException());
        }
    }
}
