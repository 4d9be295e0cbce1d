package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import org.jspecify.annotations.Nullable;

/** What a request needs of its correlator. */
interface RequestOwner<T> {

    /** Frees the slot of a request that its requester ended, and then calls the handler, if one waited. */
    void cancelled(Pending<T> request, @Nullable OutcomeHandler<? super T> handler);

    /**
     * Returns the time until the request's deadline, in nanoseconds; the maximum if it has none, or if only the
     * caller's clock tells.
     */
    long nanosToDeadline(Pending<T> request);

    /** Ends the request if its deadline has passed, and then calls the handler that waits. */
    void endIfDue(Pending<T> request);
}
