package io.multishot.tck.stress;

import io.multishot.Receiver;
import io.multishot.SenderClosedException;
import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.Pending;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The results of a receive, in words that an outcome ID can hold. */
final class Outcomes {
    static final String OPEN = "open";
    static final String REFUSED = "refused";
    static final String INTERRUPTED = "interrupted";
    static final String TIMED_OUT = "timed out";
    static final String BALANCE = "balance";

    private Outcomes() {}

    /** Returns the value, {@code open}, {@code closed}, {@code failed}, or {@code refused} if another receive waits. */
    static Object tryReceive(Receiver<?> receiver) {
        return outcomeOf(receiver::tryReceive);
    }

    /** Returns the same of a request, {@code closed} if it was cancelled. */
    static Object tryReceive(Pending<?> request) {
        return outcomeOf(request::tryReceive);
    }

    /** Blocks for the value, {@code closed}, {@code failed}, or {@code interrupted}. */
    static Object receive(Receiver<?> receiver) {
        return outcomeOf(receiver::receive);
    }

    /** Blocks for the same with a time limit, or {@code timed out}. */
    static Object receive(Receiver<?> receiver, Duration timeout) {
        return outcomeOf(() -> receiver.receive(timeout));
    }

    /** Blocks for the same of a request. */
    static Object receive(Pending<?> request) {
        return outcomeOf(request::receive);
    }

    private static Object outcomeOf(Callable<? extends @Nullable Object> receive) {
        try {
            @Nullable Object value = receive.call();
            return value == null ? OPEN : value;
        } catch (SenderClosedException | CancellationException closed) {
            return RecordingCallback.CLOSED;
        } catch (CompletionException failed) {
            return RecordingCallback.FAILED;
        } catch (InterruptedException interrupted) {
            return INTERRUPTED;
        } catch (TimeoutException late) {
            return TIMED_OUT;
        } catch (IllegalStateException waitingOrReceived) {
            return REFUSED;
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
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

    /** Opens requests until none can be opened, and returns their number. */
    static int countFree(Correlator<?> correlator) {
        int free = 0;
        while (open(correlator) != null) {
            free++;
        }
        return free;
    }

    /** Returns {@link #BALANCE} if each request had one ending and none is left, the statistics otherwise. */
    static String books(Correlator<?> correlator) {
        CorrelatorStatistics books = correlator.statistics();
        long ended = books.delivered() + books.failed() + books.timedOut() + books.cancelled();
        return books.opened() == ended && books.inFlight() == 0 && books.waiting() == 0 ? BALANCE : books.toString();
    }
}
