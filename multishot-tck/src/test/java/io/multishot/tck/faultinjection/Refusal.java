package io.multishot.tck.faultinjection;

import org.jspecify.annotations.Nullable;

/** A failure, which names its request. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Request request;

    Refusal(@Nullable Request request) {
        super("refused", null, false, false);
        this.request = request;
    }

    @Nullable
    Request request() {
        return request;
    }
}
