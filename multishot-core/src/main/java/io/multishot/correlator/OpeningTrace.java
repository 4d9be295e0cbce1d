package io.multishot.correlator;

import java.util.concurrent.atomic.AtomicBoolean;

/** The stack of the thread that opened a request. */
final class OpeningTrace extends Throwable {
    private static final long serialVersionUID = 1L;

    private final AtomicBoolean reported = new AtomicBoolean();

    OpeningTrace() {
        super("the request was opened here");
    }

    boolean isReported() {
        return reported.get();
    }

    /** Returns true to the first caller only, which reports the leak. */
    boolean firstReport() {
        return reported.compareAndSet(false, true);
    }
}
