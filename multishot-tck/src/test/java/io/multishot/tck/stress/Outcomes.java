package io.multishot.tck.stress;

import io.multishot.Receiver;
import io.multishot.SenderClosedException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a receive finds, in words that an outcome ID can hold. */
final class Outcomes {
    static final String OPEN = "open";
    static final String REFUSED = "refused";
    static final String INTERRUPTED = "interrupted";
    static final String TIMED_OUT = "timed out";

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
