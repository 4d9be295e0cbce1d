package io.multishot.benchmarks.scale;

import io.multishot.correlator.Correlator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A {@link Correlator}. */
final class TableWay implements Way {
    private final Correlator<Object> correlator = Correlator.withCapacity(Correlator.MAX_CAPACITY);

    @Override
    public long open(Waiter waiter, @Nullable Duration timeout) {
        return correlator.open(timeout, waiter).ticket();
    }

    @Override
    public void answer(long id) {
        correlator.complete(id, VALUE);
    }
}
