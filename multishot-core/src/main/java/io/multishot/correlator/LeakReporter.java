package io.multishot.correlator;

import io.multishot.internal.UncaughtExceptions;
import java.util.function.Consumer;

/** Reports each request once that is in flight for longer than a threshold. */
final class LeakReporter {
    private final Consumer<? super RequestInfo> reporter;
    private final long thresholdNanos;

    LeakReporter(Consumer<? super RequestInfo> reporter, long thresholdNanos) {
        this.reporter = reporter;
        this.thresholdNanos = thresholdNanos;
    }

    /** Reports the request in this slot if it is older than the threshold and was not reported yet. */
    void check(Slot<?> slot, long elapsed) {
        RequestInfo request = slot.info(elapsed);
        if (request != null
                && request.age().toNanos() > thresholdNanos
                && request.openedAt() instanceof OpeningTrace trace
                && trace.firstReport()) {
            try {
                reporter.accept(request);
            } catch (Throwable thrown) {
                UncaughtExceptions.report(thrown);
            }
        }
    }
}
