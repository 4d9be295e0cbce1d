package io.multishot;

/**
 * Ends a round whose sender was garbage-collected without having ended it. Its {@linkplain #getCause() cause} shows
 * where the sender was taken.
 *
 * <p>It comes only with {@code -Dio.multishot.senders=leaks} or {@code strict}. A blocking receive throws it, a future
 * and a {@code Mono} end with it, and a {@link Callback} receives it by {@link Callback#onFailure onFailure}.
 */
public final class SenderLeakedException extends SenderClosedException {
    private static final long serialVersionUID = 1L;

    SenderLeakedException(Throwable taken) {
        super("the sender was garbage-collected without having ended its round (taken: see the cause):"
                + " send(), fail() or close() it on every path, for instance by try-with-resources");
        initCause(taken);
    }
}
