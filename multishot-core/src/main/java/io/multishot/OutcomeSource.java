package io.multishot;

import io.multishot.correlator.Pending;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The receiving methods that a {@link Receiver} and a {@link Pending} share: each has one outcome at a time, for one
 * receive. The two classes document when an outcome comes and who may call; this class is not for extension.
 *
 * <p>The <em>outcome</em> is a value, a failure, or the end without either: a closed round ends with a
 * {@link SenderClosedException}, a cancelled request with a {@link CancellationException}.
 *
 * @param <T> the type of value
 */
public abstract sealed class OutcomeSource<T> permits Receiver, Pending {

    /** For the two subclasses. */
    protected OutcomeSource() {}

    /**
     * Returns the value if it is there, and never waits.
     *
     * @return the value, or {@code null} while there is no outcome
     * @throws SenderClosedException if the round was closed or revoked, or no round is open
     * @throws CancellationException if the request was cancelled
     * @throws CompletionException with the cause, if the round or the request failed
     * @throws IllegalStateException if another receive waits
     */
    public abstract @Nullable T tryReceive();

    /**
     * Waits for the value as long as it takes. <b>Blocks</b> the calling thread, platform or virtual.
     *
     * @return the value
     * @throws InterruptedException if the thread is interrupted while it has to wait; the outcome then waits for the
     *     next receive
     * @throws SenderClosedException if the round was closed or revoked, or no round is open
     * @throws CancellationException if the request was cancelled
     * @throws CompletionException with the cause, if the round or the request failed; a {@link TimeoutException} if the
     *     request's own deadline passed
     * @throws IllegalStateException if another receive waits
     */
    public final T receive() throws InterruptedException {
        T value = tryReceive();
        return value != null ? value : new BlockingReceive<T>().await(this);
    }

    /**
     * Waits for the value no longer than the given time. <b>Blocks</b> the calling thread, platform or virtual.
     *
     * @param timeout the longest wait; zero or less: no wait
     * @return the value
     * @throws NullPointerException if the timeout is {@code null}
     * @throws TimeoutException if the value did not come in time; the round or the request goes on, and its outcome
     *     waits for the next receive
     * @throws InterruptedException if the thread is interrupted while it has to wait; the outcome then waits for the
     *     next receive
     * @throws SenderClosedException if the round was closed or revoked, or no round is open
     * @throws CancellationException if the request was cancelled
     * @throws CompletionException with the cause, if the round or the request failed; a {@link TimeoutException} if the
     *     request's own deadline passed
     * @throws IllegalStateException if another receive waits
     */
    public final T receive(Duration timeout) throws InterruptedException, TimeoutException {
        Objects.requireNonNull(timeout, "timeout");
        T value = tryReceive();
        return value != null ? value : new BlockingReceive<T>().await(this, timeout);
    }

    /**
     * Calls the callback with the outcome: on this thread if it is there, otherwise later on the thread that ends the
     * round or the request. A callback that waits here already goes on waiting.
     *
     * <p><b>Cost:</b> one atomic read-modify-write; none if there is no outcome to take or the callback waits already.
     *
     * @param callback receives the outcome
     * @throws NullPointerException if the callback is {@code null}
     * @throws IllegalStateException if another receive waits here, or the callback waits elsewhere
     */
    public final void receive(Callback<? super T> callback) {
        receive((OutcomeHandler<? super T>) callback);
    }

    /**
     * Calls the handler with the outcome, as {@link #receive(Callback)} does.
     *
     * @param handler receives the outcome
     * @throws NullPointerException if the handler is {@code null}
     * @throws IllegalStateException if another receive waits here, or the handler waits elsewhere
     */
    public abstract void receive(OutcomeHandler<? super T> handler);

    /**
     * Returns the outcome as a future. It completes with the value, or exceptionally with the cause of a failure
     * itself, a {@link SenderClosedException} or a {@link CancellationException}, on the thread that ends the round or
     * the request.
     *
     * <p>Cancelling or completing the future from outside, which includes
     * {@link CompletableFuture#orTimeout orTimeout}, ends the wait. At a {@code Receiver} the round goes on, and its
     * outcome waits for the next receive; at a {@code Pending} the request is cancelled. If the outcome is already on
     * its way, the attempt from outside returns {@code false}, and the future completes with that outcome shortly
     * after. (Only {@code obtrudeValue} and {@code obtrudeException} overwrite an outcome that comes at the same time,
     * as is their purpose.)
     *
     * @return the future of the outcome
     * @throws IllegalStateException if another receive waits
     */
    public final CompletableFuture<T> receiveAsync() {
        FutureReceive<T> future = new FutureReceive<>(this);
        receive(future.handler());
        return future;
    }

    // ---- for the subclasses: registration ---------------------------------------------------------------------------

    /**
     * Remembers in the handler that it is about to be registered here, so that it finds its way back to cancel.
     *
     * @param handler the handler
     * @throws IllegalStateException if it still waits elsewhere
     */
    protected final void bind(OutcomeHandler<?> handler) {
        handler.bind(this);
    }

    /**
     * Makes the handler forget the source that it waited at.
     *
     * @param handler the handler, which is registered nowhere
     */
    protected static void unbind(OutcomeHandler<?> handler) {
        handler.unbind();
    }

    /**
     * Tells whether the handler runs no code of a user.
     *
     * @param handler the handler
     * @return {@code true} if any thread may call it
     */
    protected static boolean isInternal(OutcomeHandler<?> handler) {
        return handler.isInternal();
    }

    /**
     * Requires that the handler waits nowhere.
     *
     * @param handler the handler
     * @throws IllegalStateException if it still waits
     */
    protected static void requireNotWaiting(OutcomeHandler<?> handler) {
        handler.requireNotWaiting();
    }

    /**
     * Tells whether the handler is registered here.
     *
     * @param handler the handler
     * @return {@code true} while it waits here
     */
    protected abstract boolean isAwaitedBy(OutcomeHandler<?> handler);

    /**
     * Unregisters the handler if it is registered here, and either ends what it waits for or leaves that open.
     *
     * @param handler the handler
     * @param revoke true to end the round or the request, too
     * @return {@code true} if the handler was registered, and will not be called
     */
    protected abstract boolean endWait(OutcomeHandler<?> handler, boolean revoke);

    /**
     * Tells whether the end of a future from outside ends the round or the request, too.
     *
     * @return {@code false} if it only ends the wait
     */
    protected abstract boolean endsWithItsFuture();

    /**
     * Returns how long a blocking receive may wait before it calls {@link #endIfDue}.
     *
     * @return in nanoseconds; {@link Long#MAX_VALUE} if there is no deadline
     */
    protected long nanosToDeadline() {
        return Long.MAX_VALUE;
    }

    /** Ends what it waits for if its deadline has passed. */
    protected void endIfDue() {}

    /**
     * Creates the exception of a receive that ends without a value and without a cause.
     *
     * @return the exception
     */
    protected abstract RuntimeException closedException();

    /**
     * Describes what to do after a receive that timed out.
     *
     * @return a part of a message
     */
    protected abstract String afterTimeout();

    // ---- for the subclasses: outcomes as they are stored ------------------------------------------------------------

    /**
     * Returns what to store for a value: the value itself, unless its class would be mistaken for a state.
     *
     * @param value the value
     * @return the stored outcome
     */
    protected static Object valueOutcome(Object value) {
        return Outcome.ofValue(value);
    }

    /**
     * Returns what to store for a failure.
     *
     * @param cause the cause
     * @return the stored outcome
     */
    protected static Object failureOutcome(Throwable cause) {
        return Outcome.ofFailure(cause);
    }

    /**
     * Returns what stands for the end without a value and without a cause.
     *
     * @return the stored outcome
     */
    protected static Object closedOutcome() {
        return Outcome.CLOSED;
    }

    /**
     * Describes a stored outcome for {@code toString}.
     *
     * @param outcome the stored outcome
     * @return for example {@code value, not yet received}
     */
    protected static String describeOutcome(@Nullable Object outcome) {
        return Outcome.describe(outcome);
    }

    /**
     * Calls the handler with a stored outcome.
     *
     * @param outcome the stored outcome
     * @param handler receives it
     * @param <T> the type of value
     */
    protected static <T> void deliver(@Nullable Object outcome, OutcomeHandler<? super T> handler) {
        Outcome.deliver(outcome, handler);
    }

    /**
     * Returns the value of a stored outcome.
     *
     * @param outcome the stored outcome
     * @param <T> the type of value
     * @return the value
     * @throws CompletionException with the cause, if it is a failure
     * @throws SenderClosedException if it is an end without a value
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows the type of its values
    protected static <T> T valueOf(@Nullable Object outcome) {
        return Outcome.valueOf(outcome);
    }
}
