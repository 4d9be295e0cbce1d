package io.multishot.tck.stress;

import io.multishot.Receiver;
import io.multishot.SenderClosedException;
import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.Pending;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a receive finds, in words that an outcome ID can hold. */
final class Outcomes {
    static final String OPEN = "open";
    static final String REFUSED = "refused";
    static final String INTERRUPTED = "interrupted";
    static final String TIMED_OUT = "timed out";
    static final String BALANCE = "balance";

    private Outcomes() {}

    /** The value, or {@code open}, {@code closed}, {@code failed}, or {@code refused} while another receive waits. */
    static <T> Object tryReceive(Receiver<T> receiver) {
        try {
            @Nullable T value = receiver.tryReceive();
            return value == null ? OPEN : value;
        } catch (SenderClosedException closed) {
            return RecordingCallback.CLOSED;
        } catch (CompletionException failed) {
            return RecordingCallback.FAILED;
        } catch (IllegalStateException waiting) {
            return REFUSED;
        }
    }

    /** The same of a request, which is {@code closed} if it was cancelled. */
    static <T> Object tryReceive(Pending<T> request) {
        try {
            @Nullable T value = request.tryReceive();
            return value == null ? OPEN : value;
        } catch (CancellationException cancelled) {
            return RecordingCallback.CLOSED;
        } catch (CompletionException failed) {
            return RecordingCallback.FAILED;
        } catch (IllegalStateException waitingOrReceived) {
            return REFUSED;
        }
    }

    /** Blocks for the value of a request, or {@code failed}, or {@code interrupted}. */
    static <T> Object receive(Pending<T> request) {
        try {
            return request.receive();
        } catch (CompletionException failed) {
            return RecordingCallback.FAILED;
        } catch (InterruptedException interrupted) {
            return INTERRUPTED;
        }
    }

    /** Null if there is no free slot, or the correlator is closed. */
    static <T> @Nullable Pending<T> open(Correlator<T> correlator) {
        try {
            return correlator.open();
        } catch (CorrelatorFullException | IllegalStateException refused) {
            return null;
        }
    }

    /** How many requests can still be opened. */
    static int countFree(Correlator<?> correlator) {
        int free = 0;
        while (open(correlator) != null) {
            free++;
        }
        return free;
    }

    /** Whether each request had one ending and none is left. */
    static String books(Correlator<?> correlator) {
        CorrelatorStatistics books = correlator.statistics();
        long ended = books.delivered() + books.failed() + books.timedOut() + books.cancelled();
        return books.opened() == ended && books.inFlight() == 0 && books.waiting() == 0 ? BALANCE : books.toString();
    }

    /** Blocks for the value, or {@code closed}, or {@code interrupted}. */
    static <T> Object receive(Receiver<T> receiver) {
        try {
            return receiver.receive();
        } catch (SenderClosedException closed) {
            return RecordingCallback.CLOSED;
        } catch (InterruptedException interrupted) {
            return INTERRUPTED;
        }
    }

    /** The same with a time limit, or {@code timed out}. */
    static <T> Object receive(Receiver<T> receiver, Duration timeout) {
        try {
            return receiver.receive(timeout);
        } catch (TimeoutException late) {
            return TIMED_OUT;
        } catch (InterruptedException interrupted) {
            return INTERRUPTED;
        }
    }
}
