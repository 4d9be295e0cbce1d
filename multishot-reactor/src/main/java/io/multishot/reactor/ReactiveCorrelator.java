package io.multishot.reactor;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorBuilder;
import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.ReplyResult;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Request and reply by ticket for Project Reactor: a request is a {@code Mono} of its reply.
 *
 * <pre>{@code
 * ReactiveCorrelator<Reply> correlator = ReactiveCorrelator.withCapacity(1024);
 *
 * // the requesting side
 * Mono<Reply> reply = correlator.request(Duration.ofSeconds(1), ticket -> broker.publish(ticket, question));
 *
 * // the listener of replies: a late, doubled or forged one throws nothing
 * broker.onReply((ticket, answer) -> correlator.complete(ticket, answer));
 * }</pre>
 *
 * <p>{@link Correlator} explains tickets, their guarantees, full tables and deadlines.
 *
 * <p><b>Threads.</b> All methods are thread-safe. Signals are emitted on the thread that ends the request: the one that
 * completes or fails it. If the deadline ends it, that is {@link Schedulers#parallel()}, unless the settings name
 * another {@linkplain CorrelatorBuilder#callbackExecutor executor}. {@code publishOn} moves them elsewhere. No
 * operation blocks.
 *
 * @param <T> the type of value
 */
public final class ReactiveCorrelator<T> implements Disposable, Scannable {
    private final Correlator<T> correlator;

    private ReactiveCorrelator(Correlator<T> correlator) {
        this.correlator = correlator;
    }

    /**
     * Creates a correlator with the default settings.
     *
     * @param maxInFlight how many requests may be in flight at once, from 1 to {@link Correlator#MAX_CAPACITY}
     * @param <T> the type of value
     * @return a correlator with nothing in flight
     * @throws IllegalArgumentException if the number is out of range
     */
    public static <T> ReactiveCorrelator<T> withCapacity(int maxInFlight) {
        return from(builder(maxInFlight).build());
    }

    /**
     * Returns a builder, for other settings than the defaults. Callbacks that the timer leaves to others, such as
     * {@code onError} of a request whose deadline passed, run on {@link Schedulers#parallel()}, as those of
     * {@link Mono#timeout(Duration)} do. Hand the correlator that it builds to {@link #from}.
     *
     * @param maxInFlight how many requests may be in flight at once, from 1 to {@link Correlator#MAX_CAPACITY}
     * @return a builder
     * @throws IllegalArgumentException if the number is out of range
     */
    public static CorrelatorBuilder builder(int maxInFlight) {
        // The scheduler is looked up for each task: a test may replace it.
        return Correlator.builder(maxInFlight)
                .callbackExecutor(task -> Schedulers.parallel().schedule(task));
    }

    /**
     * Creates a correlator whose clock and timer are a scheduler, which so signals the timeouts. With a virtual-time
     * scheduler tests need not wait. (The usual schedulers read the wall clock: if it is set back, deadlines come later
     * by as much.)
     *
     * @param maxInFlight how many requests may be in flight at once, from 1 to {@link Correlator#MAX_CAPACITY}
     * @param scheduler the scheduler; its tasks are scheduled only while something is in flight
     * @param <T> the type of value
     * @return a correlator with nothing in flight
     * @throws NullPointerException if the scheduler is {@code null}
     * @throws IllegalArgumentException if the number is out of range
     */
    public static <T> ReactiveCorrelator<T> withCapacity(int maxInFlight, Scheduler scheduler) {
        return from(timer(scheduler, Correlator.builder(maxInFlight)).build());
    }

    /**
     * Makes a scheduler the clock, the timer and the executor of callbacks of a builder.
     *
     * @param scheduler the scheduler
     * @param settings the builder
     * @return the same builder
     * @throws NullPointerException if one of them is {@code null}
     */
    public static CorrelatorBuilder timer(Scheduler scheduler, CorrelatorBuilder settings) {
        Objects.requireNonNull(scheduler, "scheduler");
        return settings.timer(new SchedulerTimer(scheduler)).callbackExecutor(scheduler::schedule);
    }

    /**
     * Wraps a correlator, which may still be used directly: both share one table.
     *
     * @param correlator an existing correlator
     * @param <T> the type of value
     * @return its Reactor side
     * @throws NullPointerException if the correlator is {@code null}
     */
    public static <T> ReactiveCorrelator<T> from(Correlator<T> correlator) {
        return new ReactiveCorrelator<>(Objects.requireNonNull(correlator, "correlator"));
    }

    /**
     * Returns a {@code Mono} of which each subscription opens a request, sends it, and signals its outcome: the value,
     * or {@code onError} with the cause of {@code fail} or {@code failAll}, or with a {@link
     * CorrelatorClosedException} if the correlator was disposed meanwhile. If there is no free slot, it ends with
     * {@link CorrelatorFullException}, if the correlator is disposed, with {@link CorrelatorClosedException}, and
     * {@code send} is not called.
     *
     * <p>The subscription waits before {@code send} is called, so a reply may come at once, from inside. What
     * {@code send} returns is subscribed to, with the context of the subscription; its elements are discarded. If it
     * fails, or {@code send} throws or returns {@code null}, the request is cancelled and the error signalled; an error
     * that comes after the reply goes to {@code onErrorDropped}. A value does not wait for it to complete, and leaves
     * it alone; every other end of the request cancels it. If the request is over before {@code send} returned, it is
     * not subscribed to.
     *
     * <p>{@code cancel}, and so {@code timeout}, gives the request up: its slot is free at once, and a reply that comes
     * later is {@link ReplyResult#LATE}. {@code retry} and {@code repeat} open a request, with a ticket, of their own.
     * A value that a cancellation meets on its way goes to {@code onDiscard}, a cause to {@code onErrorDropped}.
     *
     * <p><b>Cost:</b> 56 bytes (compressed class pointers) for each subscription, beside what {@code send} allocates.
     *
     * @param send takes the ticket, on the thread that requests, and sends the request
     * @return the reply
     * @throws NullPointerException if {@code send} is {@code null}
     */
    public Mono<T> request(LongFunction<? extends Publisher<?>> send) {
        return MonoRequest.of(correlator, null, null, Objects.requireNonNull(send, "send"));
    }

    /**
     * Does as {@link #request(LongFunction)}, with a deadline for the reply: {@code onError} with a
     * {@link TimeoutException} when it does not come in time. Unlike {@code timeout} this needs no timer of its own; it
     * is exact to one {@linkplain CorrelatorBuilder#resolution resolution}.
     *
     * @param timeout the longest wait for the reply, from the request on; zero or less: until the timer runs next
     * @param send takes the ticket, on the thread that requests, and sends the request
     * @return the reply
     * @throws NullPointerException if one of them is {@code null}
     */
    public Mono<T> request(Duration timeout, LongFunction<? extends Publisher<?>> send) {
        Objects.requireNonNull(timeout, "timeout");
        return MonoRequest.of(correlator, timeout, null, Objects.requireNonNull(send, "send"));
    }

    /**
     * Does as {@link #request(LongFunction)}, but waits for a slot if none is free. The queue is served in the order in
     * which the subscriptions first requested; while one waits, the other forms of {@code request} are refused.
     *
     * <p>It ends with {@link CorrelatorFullException} if {@linkplain CorrelatorBuilder#maxWaiting too many} wait
     * already, or no slot becomes free in time. {@code cancel} ends the wait and leaves no trace. {@code send} is
     * called on the thread that requests if a slot is free, otherwise on a thread that frees or requests a slot.
     *
     * @param timeout the longest wait for the reply, from when the request has its slot; {@code null}: no limit
     * @param maxWait the longest wait for a slot, exact to one resolution; zero or less: no wait
     * @param send takes the ticket and sends the request
     * @return the reply
     * @throws NullPointerException if {@code maxWait} or {@code send} is {@code null}
     */
    public Mono<T> request(@Nullable Duration timeout, Duration maxWait, LongFunction<? extends Publisher<?>> send) {
        Objects.requireNonNull(maxWait, "maxWait");
        return MonoRequest.of(correlator, timeout, maxWait, Objects.requireNonNull(send, "send"));
    }

    /**
     * Ends a request with a value, see {@link Correlator#complete(long, Object)}.
     *
     * @param ticket the ticket that the reply brought
     * @param value the value
     * @return the result; unless {@link ReplyResult#DELIVERED}, the value stays the caller's
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    public ReplyResult complete(long ticket, T value) {
        return correlator.complete(ticket, value);
    }

    /**
     * Does the same with the ticket as 16 hexadecimal digits.
     *
     * @param ticket the text that the reply brought; text that is no ticket, or {@code null}, is
     *     {@link ReplyResult#UNKNOWN}
     * @param value the value
     * @return the result
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    public ReplyResult complete(@Nullable CharSequence ticket, T value) {
        return correlator.complete(ticket, value);
    }

    /**
     * Does the same with the ticket as 8 bytes.
     *
     * @param ticket the bytes that the reply brought; bytes that are no ticket, or {@code null}, are
     *     {@link ReplyResult#UNKNOWN}
     * @param value the value
     * @return the result
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    public ReplyResult complete(byte @Nullable [] ticket, T value) {
        return correlator.complete(ticket, value);
    }

    /**
     * Ends a request with a failure, see {@link Correlator#fail(long, Throwable)}.
     *
     * @param ticket the ticket that the reply brought
     * @param cause the cause of the failure
     * @return the result
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    public ReplyResult fail(long ticket, Throwable cause) {
        return correlator.fail(ticket, cause);
    }

    /**
     * Does the same with the ticket as 16 hexadecimal digits.
     *
     * @param ticket the text that the reply brought; text that is no ticket, or {@code null}, is
     *     {@link ReplyResult#UNKNOWN}
     * @param cause the cause of the failure
     * @return the result
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    public ReplyResult fail(@Nullable CharSequence ticket, Throwable cause) {
        return correlator.fail(ticket, cause);
    }

    /**
     * Does the same with the ticket as 8 bytes.
     *
     * @param ticket the bytes that the reply brought; bytes that are no ticket, or {@code null}, are
     *     {@link ReplyResult#UNKNOWN}
     * @param cause the cause of the failure
     * @return the result
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    public ReplyResult fail(byte @Nullable [] ticket, Throwable cause) {
        return correlator.fail(ticket, cause);
    }

    /**
     * Ends every request, and every wait for a slot, see {@link Correlator#failAll(Throwable)}.
     *
     * @param cause the cause of the failure
     * @return the number of requests and waits that it ended
     * @throws NullPointerException if the cause is {@code null}
     */
    public int failAll(Throwable cause) {
        return correlator.failAll(cause);
    }

    /**
     * Ends every request, and every wait for a slot, with a cause of its own, see {@link Correlator#failAll(Supplier)}.
     *
     * @param cause makes a cause
     * @return the number of requests and waits that it ended
     * @throws NullPointerException if {@code cause} is {@code null}
     */
    public int failAll(Supplier<? extends Throwable> cause) {
        return correlator.failAll(cause);
    }

    /**
     * Returns the largest number of requests in flight.
     *
     * @return the number it was created with
     */
    public int capacity() {
        return correlator.capacity();
    }

    /**
     * Returns the number of slots in use, as {@link Correlator#inFlight()} does.
     *
     * @return from zero to {@link #capacity()}
     */
    public int inFlight() {
        return correlator.inFlight();
    }

    /**
     * Returns counts of requests and their endings, see {@link Correlator#statistics()}.
     *
     * @return the counts
     */
    public CorrelatorStatistics statistics() {
        return correlator.statistics();
    }

    /** Closes the correlator: every request ends with a {@link CorrelatorClosedException}, and no other is opened. */
    @Override
    public void dispose() {
        correlator.close();
    }

    @Override
    public boolean isDisposed() {
        return correlator.isClosed();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.TERMINATED) {
            return isDisposed();
        }
        if (key == Attr.CAPACITY) {
            return capacity();
        }
        if (key == Attr.BUFFERED) {
            return inFlight();
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }

    /**
     * Describes how full the correlator is, for logs and debuggers.
     *
     * @return for example {@code ReactiveCorrelator[3 of 1024 in flight]}
     */
    @Override
    public String toString() {
        return "Reactive" + correlator;
    }
}
