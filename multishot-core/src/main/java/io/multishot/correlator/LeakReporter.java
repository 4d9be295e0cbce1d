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

    long thresholdNanos() {
        return thresholdNanos;
    }

    /**
     * Finds the requests that are older than the threshold and were not reported yet. It makes nothing for the others.
     *
     * @param elapsed the time, in nanoseconds since the correlator was made
     * @param reports receives the reports to run
     */
    void check(SlotTable<?> table, long elapsed, Consumer<Runnable> reports) {
        for (Chunk<?> chunk : table.chunks()) {
            for (int slot = 0; slot < chunk.size(); slot++) {
                check(chunk, slot, elapsed, reports);
            }
        }
    }

    private void check(Chunk<?> chunk, int slot, long elapsed, Consumer<Runnable> reports) {
        Pending<?> request = chunk.requestAcquire(slot);
        if (request == null || elapsed - chunk.openedAt(slot) <= thresholdNanos) {
            return;
        }
        OpeningTrace opening = chunk.trace(slot);
        RequestInfo info = opening == null || opening.isReported() ? null : chunk.info(slot, elapsed);
        if (info != null
                && info.age().toNanos() > thresholdNanos
                && info.openedAt() instanceof OpeningTrace trace
                && trace.firstReport()) {
            reports.accept(() -> report(info));
        }
    }

    private void report(RequestInfo info) {
        try {
            reporter.accept(info);
        } catch (Throwable thrown) {
            UncaughtExceptions.report(thrown);
        }
    }
}
