package io.multishot.benchmarks.scale;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A way to match replies to requests by id, used by one thread. */
interface Way {
    /** The value of each reply: one object, so that replies allocate nothing. */
    Object VALUE = new Object();

    /**
     * Opens a request for a waiter and returns its id.
     *
     * @param timeout after which the waiter gets a failure; {@code null}: never
     */
    long open(Waiter waiter, @Nullable Duration timeout);

    /** Answers the request with this id, if it is still in flight. */
    void answer(long id);
}
