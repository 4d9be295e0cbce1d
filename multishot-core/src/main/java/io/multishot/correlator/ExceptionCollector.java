package io.multishot.correlator;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Ends many requests, so that an exception of one callback keeps none of the others from being called. */
final class ExceptionCollector {
    private int ended;
    private @Nullable Throwable first;

    /** Calls {@code end}, which tells whether it ended a request, and keeps what a callback throws. */
    void runCounted(BooleanSupplier end) {
        try {
            count(end.getAsBoolean());
        } catch (Throwable thrown) {
            if (first == null) {
                first = thrown;
            } else if (first != thrown) {
                first.addSuppressed(thrown);
            }
        }
    }

    /** Runs code that is counted otherwise, and keeps what it throws. */
    void run(Runnable code) {
        runCounted(() -> {
            code.run();
            return false;
        });
    }

    void count(boolean didEnd) {
        count(didEnd ? 1 : 0);
    }

    void count(int more) {
        ended += more;
    }

    /** Returns how many requests ended, or throws the first exception with the others suppressed in it. */
    int result() {
        if (first != null) {
            throw ExceptionCollector.<RuntimeException>unchecked(first);
        }
        return ended;
    }

    /** Some languages let callbacks throw checked exceptions, which reach the caller all the same. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased, which is the point
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
