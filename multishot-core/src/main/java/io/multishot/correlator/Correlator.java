package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import io.multishot.internal.SaturatingNanos;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Request and reply by ticket, for many requests in flight at once over a wire or a broker. A request takes a slot of a
 * fixed table and gets a 64-bit <em>ticket</em> to send along; the reply comes back with the ticket, which leads to the
 * slot at once. There is no map, and no timer for each request.
 *
 * <pre>{@code
 * Correlator<Reply> correlator = Correlator.withCapacity(1024);
 *
 * // the requester
 * Pending<Reply> pending = correlator.open(Duration.ofSeconds(1));
 * send(pending.ticket(), question);
 * CompletableFuture<Reply> reply = pending.receiveAsync();
 *
 * // the listener: never throws for a reply that is late, doubled or forged
 * if (correlator.complete(ticket, answer) != Delivery.DELIVERED) {
 *     log(ticket, answer);
 * }
 * }</pre>
 *
 * <p><b>Exactness.</b> A reply ends the request whose ticket it brings, or nothing, no matter how often or late it
 * comes, or where its thread stalls on the way. A ticket is never issued twice before 2^(64 - b) others were issued for
 * the same slot, where 2^b is the capacity rounded up to a power of two: at a capacity of 65,536 and a million requests
 * a second through that one slot, after nine years. The tickets of each slot start at a random one, so a reply to an
 * earlier run of the process meets a request in flight with a probability of at most 2^-(64 - b) for each reply. This
 * is no protection against a peer that can read tickets of others.
 *
 * <p><b>Deadlines.</b> One timer checks all deadlines, once in each {@linkplain CorrelatorBuilder#resolution
 * resolution}.
 *
 * <p>Any thread may call any method at any time. Close a correlator that is not needed any more: as long as requests
 * are in flight in it, it is swept.
 *
 * <p><b>Progress:</b> lock-free, except for the queue of requests that wait for a slot (one thread at a time gives out
 * slots to them), and the first opening after a while, which schedules the timer. Callbacks run on the calling thread
 * and are not counted in; they may call anything here. <b>Cost:</b> opening a request is one object of 24 bytes
 * (compressed class pointers), one atomic read-modify-write and one full fence. Receiving it takes one atomic
 * read-modify-write, ending it by a value two, in any other way three. A slot takes about 110 bytes, whether it is in
 * flight or not.
 *
 * <p><b>Memory consistency effects:</b> actions before {@link #complete} or {@link #fail} that ends a request
 * <i>happen-before</i> the receive of that outcome returns or its callback is called.
 *
 * @param <T> the type of value
 */
public final class Correlator<T> implements AutoCloseable {
    /** The largest capacity: 16,777,215. */
    public static final int MAX_CAPACITY = FreeStack.MAX_SLOTS;

    private final RequestEngine<T> engine;

    Correlator(CorrelatorBuilder settings) {
        engine = new RequestEngine<>(settings);
    }

    /**
     * Creates a correlator with the default settings.
     *
     * @param maxInFlight how many requests may be in flight at once, from 1 to {@link #MAX_CAPACITY}
     * @param <T> the type of value
     * @return a correlator with nothing in flight
     * @throws IllegalArgumentException if the number is out of range
     */
    public static <T> Correlator<T> withCapacity(int maxInFlight) {
        return builder(maxInFlight).build();
    }

    /**
     * Returns a builder, for other settings than the defaults.
     *
     * @param maxInFlight how many requests may be in flight at once, from 1 to {@link #MAX_CAPACITY}
     * @return a builder
     * @throws IllegalArgumentException if the number is out of range
     */
    public static CorrelatorBuilder builder(int maxInFlight) {
        return new CorrelatorBuilder(maxInFlight);
    }

    // ---- open -------------------------------------------------------------------------------------------------------

    /**
     * Opens a request without a deadline.
     *
     * @return the request, with a ticket of its own
     * @throws CorrelatorFullException if every slot is in flight, or others wait for one
     * @throws IllegalStateException if the correlator is closed
     */
    public Pending<T> open() {
        return engine.open(Slot.NEVER, null);
    }

    /**
     * Opens a request that ends with a {@link TimeoutException} when the reply has not come in time. It ends no earlier
     * than that, and no more than about one {@linkplain CorrelatorBuilder#resolution resolution} later, as long as the
     * thread that sweeps gets to run.
     *
     * @param timeout how long the reply may take; zero or less: until the next sweep
     * @return the request, with a ticket of its own
     * @throws NullPointerException if the timeout is {@code null}
     * @throws CorrelatorFullException if every slot is in flight, or others wait for one
     * @throws IllegalStateException if the correlator is closed
     */
    public Pending<T> open(Duration timeout) {
        return engine.open(SaturatingNanos.of(Objects.requireNonNull(timeout, "timeout")), null);
    }

    /**
     * Opens a request with a callback that waits for its outcome already: {@code open} and {@code receive(callback)} in
     * one step. The callback may be called before this returns, if the request is ended at once.
     *
     * @param timeout how long the reply may take, as in {@link #open(Duration)}; {@code null}: as long as it takes
     * @param callback receives the outcome
     * @return the request, with a ticket of its own
     * @throws NullPointerException if the callback is {@code null}
     * @throws CorrelatorFullException if every slot is in flight, or others wait for one
     * @throws IllegalStateException if the correlator is closed, or the callback still waits; the callback is not
     *     called
     */
    public Pending<T> open(@Nullable Duration timeout, OutcomeHandler<? super T> callback) {
        return engine.open(nanos(timeout), Objects.requireNonNull(callback, "callback"));
    }

    /**
     * Opens a request as soon as there is a slot for it. Slots are given out in the order of these calls; while one
     * request waits, the other forms of {@code open} are refused. One thread at a time gives out slots, so a {@code
     * SlotRequest} that takes long holds up the others.
     *
     * @param timeout how long the reply may take once the request is open, as in {@link #open(Duration)}; {@code null}:
     *     as long as it takes
     * @param maxWait how long to wait for a slot at most, to one resolution; zero or less: not at all
     * @param request receives the open request, or the reason why there is none: at once, on this thread, or later
     * @throws NullPointerException if {@code maxWait} or {@code request} is {@code null}
     * @throws IllegalStateException if the correlator is closed, or {@code request} was used before; it is not called
     *     for this
     */
    public void open(@Nullable Duration timeout, Duration maxWait, SlotRequest<T> request) {
        long wait = SaturatingNanos.of(Objects.requireNonNull(maxWait, "maxWait"));
        engine.open(nanos(timeout), wait, Objects.requireNonNull(request, "request"));
    }

    private static long nanos(@Nullable Duration timeout) {
        return timeout == null ? Slot.NEVER : SaturatingNanos.of(timeout);
    }

    // ---- reply ------------------------------------------------------------------------------------------------------

    /**
     * Ends a request with a value, and calls the callback that waits for it, on this thread.
     *
     * @param ticket the ticket that the reply brought
     * @param value the value
     * @return the result; unless {@link ReplyResult#DELIVERED}, the value was not taken and stays the caller's. What
     *     the callback throws reaches the caller, and the request is over all the same
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    public ReplyResult complete(long ticket, T value) {
        requireValue(value);
        return engine.complete(ticket, value);
    }

    /**
     * As {@link #complete(long, Object)}, with the ticket as text.
     *
     * @param ticket the text that the reply brought; one that is no ticket, or {@code null}, is
     *     {@link ReplyResult#UNKNOWN}
     * @param value the value
     * @return the result
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    public ReplyResult complete(@Nullable CharSequence ticket, T value) {
        requireValue(value);
        String digits = Objects.toString(ticket);
        return Ticket.isHex(digits) ? complete(Ticket.ofHex(digits), value) : engine.refuseReply(ReplyResult.UNKNOWN);
    }

    /**
     * As {@link #complete(long, Object)}, with the ticket as bytes.
     *
     * @param ticket the bytes that the reply brought; bytes that are no ticket, or {@code null}, is {@link
     *     ReplyResult#UNKNOWN}
     * @param value the value
     * @return the result
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    @SuppressWarnings("NullAway") // null is no bytes of a ticket
    public ReplyResult complete(byte @Nullable [] ticket, T value) {
        requireValue(value);
        return Ticket.isBytes(ticket)
                ? complete(Ticket.parseBytes(ticket), value)
                : engine.refuseReply(ReplyResult.UNKNOWN);
    }

    /**
     * Ends a request with a failure, and calls the callback that waits for it, on this thread.
     *
     * @param ticket the ticket that the reply brought
     * @param cause why there is no value
     * @return the result. What the callback throws reaches the caller, and the request is over all the same
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    public ReplyResult fail(long ticket, Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        return engine.fail(ticket, cause);
    }

    /**
     * As {@link #fail(long, Throwable)}, with the ticket as text.
     *
     * @param ticket the text that the reply brought; one that is no ticket, or {@code null}, is
     *     {@link ReplyResult#UNKNOWN}
     * @param cause why there is no value
     * @return the result
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    public ReplyResult fail(@Nullable CharSequence ticket, Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        String digits = Objects.toString(ticket);
        return Ticket.isHex(digits) ? fail(Ticket.ofHex(digits), cause) : engine.refuseReply(ReplyResult.UNKNOWN);
    }

    /**
     * As {@link #fail(long, Throwable)}, with the ticket as bytes.
     *
     * @param ticket the bytes that the reply brought; bytes that are no ticket, or {@code null}, is {@link
     *     ReplyResult#UNKNOWN}
     * @param cause why there is no value
     * @return the result
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    @SuppressWarnings("NullAway") // null is no bytes of a ticket
    public ReplyResult fail(byte @Nullable [] ticket, Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        return Ticket.isBytes(ticket)
                ? fail(Ticket.parseBytes(ticket), cause)
                : engine.refuseReply(ReplyResult.UNKNOWN);
    }

    private static void requireValue(@Nullable Object value) {
        Objects.requireNonNull(value, "value is null: fail() the request to end it without a value");
    }

    // ---- end otherwise ----------------------------------------------------------------------------------------------

    /**
     * Ends every request that was opened before, and every wait for a slot: when the connection is lost, for instance.
     * A request that is opened meanwhile, by another thread or a callback, may be ended or spared. Callbacks are called
     * on this thread.
     *
     * @param cause why there will be no replies
     * @return how many requests and waits it ended
     * @throws NullPointerException if the cause is {@code null}
     * @throws RuntimeException or {@link Error}: the first one that a callback threw, with those of others suppressed
     *     in it, after all were called. (What a {@link SlotRequest} throws goes to the handler of uncaught exceptions,
     *     here and elsewhere.)
     */
    public int failAll(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        return engine.failAll(cause);
    }

    /**
     * Ends everything as {@link #failAll} does, with a {@link CancellationException}, and opens nothing any more.
     * Closing again has no effect.
     *
     * <p>An {@code open} that races with it either throws or returns a request that ends in the same way.
     *
     * @throws RuntimeException or {@link Error}: as in {@code failAll}
     */
    @Override
    public void close() {
        engine.close();
    }

    /**
     * Tells whether {@link #close()} was called.
     *
     * @return {@code true} if nothing is opened any more
     */
    public boolean isClosed() {
        return engine.isClosed();
    }

    /**
     * Ends the requests that are due by now, as the timer does once in each resolution.
     *
     * @return how many requests timed out
     * @throws RuntimeException or {@link Error}: as in {@code failAll}
     */
    public int expire() {
        return engine.expire();
    }

    /**
     * Ends the requests that are due by the given time. Callbacks are called on this thread.
     *
     * @param nanoTime the time, in nanoseconds as the {@linkplain CorrelatorBuilder#timeSource time source} tells it
     * @return how many requests timed out
     * @throws RuntimeException or {@link Error}: as in {@code failAll}
     */
    public int expire(long nanoTime) {
        return engine.expire(nanoTime);
    }

    // ---- observe ----------------------------------------------------------------------------------------------------

    /**
     * Returns how many requests may be in flight at once.
     *
     * @return as set when it was made
     */
    public int capacity() {
        return engine.capacity();
    }

    /**
     * Returns how many slots are taken now. A slot is free a moment after its request ended, and before a callback is
     * called. Parts of the table are counted one after the other: while requests are opened meanwhile, this need not be
     * the count of any single moment. Once no more are opened, zero means that none is in flight.
     *
     * @return from zero to {@link #capacity()}
     */
    public int inFlight() {
        return engine.inFlight();
    }

    /**
     * Returns how many requests wait for a slot now.
     *
     * @return from zero to {@linkplain CorrelatorBuilder#maxWaiting as many as may wait}
     */
    public int waiting() {
        return engine.waiting();
    }

    /**
     * Returns the counters. It reads each slot, so it is meant for people and for metrics. The counts are read one
     * after the other: they are sure to add up only while no other call is under way.
     *
     * @return the counts
     */
    public CorrelatorStatistics statistics() {
        return engine.statistics();
    }

    /**
     * Returns the requests that are in flight. One that is opened or ended meanwhile may be missed or told.
     *
     * @return in no particular order
     */
    public List<RequestInfo> snapshot() {
        return engine.snapshot();
    }

    /**
     * Describes how full the correlator is.
     *
     * @return for example {@code Correlator[3 of 1024 in flight]}
     */
    @Override
    public String toString() {
        return "Correlator[" + (isClosed() ? "closed, " : "") + inFlight() + " of " + capacity() + " in flight]";
    }
}
