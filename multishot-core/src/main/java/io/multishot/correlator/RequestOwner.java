package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import org.jspecify.annotations.Nullable;

/** Learns that a request was ended by its requester, not by the correlator. */
interface RequestOwner<T> {

    /** Frees the slot of the request, and then tells the handler, if one waited, that the request is over. */
    void cancelled(Pending<T> request, @Nullable OutcomeHandler<? super T> handler);
}
