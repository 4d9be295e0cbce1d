package io.multishot;

/**
 * A round ended because its sender was garbage-collected without having ended it: nobody could have answered any more. Its
 * {@linkplain #getCause() cause} shows where the sender was taken.
 *
 * <p>It comes only where leaks are looked for: {@code -Dio.multishot.senders=leaks} or {@code strict}. It is received as a
 * closed round is, by whoever can be handed an exception: a blocking receive throws it, a future and a {@code Mono} end with
 * it, a {@link Callback} is told by {@link Callback#onFailure onFailure}.
 */
public final class SenderLeakedException extends SenderClosedException {
    private static final long serialVersionUID = 1L;

    SenderLeakedException(Throwable taken) {
        super("the sender was garbage-collected without having ended its round (taken: see the cause):"
                + " send(), fail() or close() it on every path, for instance by try-with-resources");
        initCause(taken);
    }
}
