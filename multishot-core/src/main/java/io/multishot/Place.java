package io.multishot;

import java.util.concurrent.atomic.AtomicBoolean;

/** Where a request was opened. */
final class Place extends Throwable {
    private static final long serialVersionUID = 1L;

    private final AtomicBoolean reported = new AtomicBoolean();

    Place() {
        super("the request was opened here");
    }

    /** True once, for whoever is to report it. */
    boolean firstReport() {
        return reported.compareAndSet(false, true);
    }
}
