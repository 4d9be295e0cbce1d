package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import io.multishot.internal.SaturatingNanos;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Request and reply by ticket, for many requests in flight at once over a wire or a broker. A request takes a slot of a
 * table and gets a 64-bit <em>ticket</em> to send along; the reply comes back with the ticket, which leads to the slot
 * at once. There is no map, and no timer for each request. The table grows with the number of requests in flight, up to
 * the capacity.
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
 * if (correlator.complete(ticket, answer) != ReplyResult.DELIVERED) {
 *     log(ticket, answer);
 * }
 * }</pre>
 *
 * <p><b>Exactness.</b> A reply ends the request whose ticket it brings, or nothing, no matter how often or late it
 * comes, or where its thread stalls on the way. A ticket is never issued twice before 2^(64 - b) others were issued for
 * the same slot, where 2^b is the capacity rounded up to a power of two: at a capacity of 65,536 and a million requests
 * a second through that one slot, after nine years. Tickets start at a random one when slots are first used, so a reply
 * to an earlier run of the process meets a request in flight with a probability of at most 2^-(64 - b) for each reply.
 * A ticket is no secret: a peer that has seen a few can guess the others.
 *
 * <p><b>Deadlines.</b> A request ends no earlier than its deadline, and about one {@linkplain
 * CorrelatorBuilder#resolution resolution} later at most. The timer wakes up for deadlines only, however many requests
 * are in flight. It runs no callback: those of requests that time out run on the {@linkplain
 * CorrelatorBuilder#callbackExecutor executor of callbacks}, so one that blocks holds up no deadline.
 *
 * <p>Any thread may call any method at any time. Close a correlator that is not needed any more: a request that is in
 * flight in it is kept by the timer.
 *
 * <p><b>Progress:</b> lock-free, except for the queue of requests that wait for a slot (one thread at a time gives out
 * slots to them), {@link #expire()}, the opening of a request with the earliest deadline, which schedules the timer,
 * and once a second that of one without a deadline. Callbacks run on the calling thread and are not counted in; they
 * may call anything here. <b>Cost:</b> opening a request is one object of 24 bytes (compressed class pointers), one
 * atomic read-modify-write and one full fence; a deadline adds one reading of the clock. Receiving it takes one atomic
 * read-modify-write, ending it by a value two, in any other way three. A slot takes about 36 bytes from its first use
 * on; a correlator without requests takes less than 2 kilobytes, whatever its capacity.
 *
 * <p><b>Memory consistency effects:</b> actions before {@link #complete} or {@link #fail} that ends a request
 * <i>happen-before</i> the receive of that outcome returns or its callback is called.
 *
 * @param <T> the type of value
 */
public final class Correlator<T> implements AutoCloseable {
    /** The largest capacity: 16,777,215. */
    public static final int MAX_CAPACITY = SlotTable.MAX_SLOTS;

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
     * @throws CorrelatorClosedException if the correlator is closed
     */
    public Pending<T> open() {
        return engine.open(DeadlineWord.NEVER, null);
    }

    /**
     * Opens a request that ends with a {@link TimeoutException} when the reply has not come in time. It ends no earlier
     * than that, and no more than about one {@linkplain CorrelatorBuilder#resolution resolution} later, as long as the
     * timer's thread gets to run.
     *
     * @param timeout how long the reply may take; zero or less: until the next sweep
     * @return the request, with a ticket of its own
     * @throws NullPointerException if the timeout is {@code null}
     * @throws CorrelatorFullException if every slot is in flight, or others wait for one
     * @throws CorrelatorClosedException if the correlator is closed
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
     * @throws CorrelatorClosedException if the correlator is closed; the callback is not called
     * @throws IllegalStateException if the callback still waits; it is not called for this
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
     * @throws CorrelatorClosedException if the correlator is closed; the request is not called
     * @throws IllegalStateException if {@code request} was used before; it is not called for this
     */
    public void open(@Nullable Duration timeout, Duration maxWait, SlotRequest<T> request) {
        long wait = SaturatingNanos.of(Objects.requireNonNull(maxWait, "maxWait"));
        engine.open(nanos(timeout), wait, Objects.requireNonNull(request, "request"));
    }

    private static long nanos(@Nullable Duration timeout) {
        return timeout == null ? DeadlineWord.NEVER : SaturatingNanos.of(timeout);
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
     * It spares what callbacks open, and what other threads open that know of this call; a request that another thread
     * opens at the same time may be ended or spared. Callbacks are called on this thread.
     *
     * <p>All requests get the same cause. {@link #failAll(Supplier)} makes one for each, for a cause that others change
     * (by {@link Throwable#addSuppressed} for instance).
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
        return engine.failAll(() -> cause);
    }

    /**
     * As {@link #failAll(Throwable)}, with a cause of its own for each request.
     *
     * @param cause makes a cause; what it throws becomes the cause of that request
     * @return how many requests and waits it ended
     * @throws NullPointerException if {@code cause} is {@code null}
     * @throws RuntimeException or {@link Error}: as in {@link #failAll(Throwable)}
     */
    public int failAll(Supplier<? extends Throwable> cause) {
        return engine.failAll(Objects.requireNonNull(cause, "cause"));
    }

    /**
     * Ends everything as {@link #failAll(Throwable)} does, with a {@link CorrelatorClosedException} for each request,
     * and opens nothing any more. Closing again has no effect.
     *
     * <p>An {@code open} that races with it either throws or returns a request that ends in the same way.
     *
     * @throws RuntimeException or {@link Error}: as in {@link #failAll(Throwable)}
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
     * Ends the requests that are due by now, as the timer does by itself. Callbacks are called on this thread.
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
     * called. Parts of the free slots are counted one after the other: while requests are opened meanwhile, this need
     * not be the count of any single moment. Once no more are opened, zero means that none is in flight.
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
     * Returns the counters. This takes the same short time for a table of any size. The counts are read one after the
     * other: they are sure to add up only while no other call is under way.
     *
     * @return the counts
     */
    public CorrelatorStatistics statistics() {
        return engine.statistics();
    }

    /**
     * Returns the requests that are in flight. It reads each slot that was ever used, so it is meant for people. One
     * that is opened or ended meanwhile may be missed or told.
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
