package io.multishot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Request and reply by ticket, for many requests in flight at once over a wire or a broker. A request takes a slot of a fixed
 * table and gets a 64-bit <em>ticket</em> to send along; the reply comes back with the ticket, which leads to the slot at
 * once. There is no map, and no timer for each request.
 *
 * <pre>{@code
 * Correlator<Reply> correlator = Correlator.withCapacity(1024);
 *
 * // who asks
 * Pending<Reply> pending = correlator.open(Duration.ofSeconds(1));
 * send(pending.ticket(), question);
 * CompletableFuture<Reply> reply = pending.receiveAsync();
 *
 * // who listens: never throws for a reply that is late, doubled or forged
 * if (correlator.complete(ticket, answer) != Delivery.DELIVERED) {
 *     log(ticket, answer);
 * }
 * }</pre>
 *
 * <p><b>Exactness.</b> A reply ends the request whose ticket it brings, or nothing, however often it comes, however late, and
 * wherever its thread stalls on the way. A ticket is never issued twice before 2^(64 - b) others were issued for the same
 * slot, where 2^b is the capacity rounded up to a power of two: at a capacity of 65,536 and a million requests a second through
 * that one slot, after nine years. The tickets of each slot start at a random one, so a reply to an earlier run of the process meets a
 * request in flight with a probability of at most 2^-(64 - b) for each reply. This is no protection against somebody who can
 * read tickets of others.
 *
 * <p><b>Deadlines</b> are looked at by one sweep over the table, each {@linkplain CorrelatorBuilder#resolution resolution}.
 *
 * <p>Any thread may call any method at any time. Close a correlator that is not needed any more: as long as requests are in flight
 * in it, it is swept.
 *
 * <p><b>Progress:</b> lock-free, except for the line of those who wait for a slot (one thread at a time gives out slots to them),
 * and the first opening after a while, which schedules the sweep. Callbacks run on the calling thread and are not counted in;
 * they may call anything here.
 * <b>Cost:</b> opening a request is one object of 24 bytes (compressed class pointers), one atomic read-modify-write
 * and one full fence. Receiving it takes one atomic read-modify-write, ending it by a value two, in any other way
 * three. A slot takes about 110 bytes, whether it is in flight or not.
 *
 * <p><b>Memory consistency effects:</b> actions before {@link #complete} or {@link #fail} that ends a request <i>happen-before</i>
 * the receive of that outcome returns or its callback is called.
 *
 * @param <T> the type of value
 */
public final class Correlator<T> implements AutoCloseable {
    /*
     * Overview. Whether a request is in flight is decided in its Pending (see there); the table only leads to it. A slot is
     * in turn free (in FreeSlots), owned by whoever opens a request in it, published with a request, owned by whoever ended
     * that request, free again. The order of the steps is what matters:
     *
     *   open    take a slot | arm the sweep | bind the callback | publish the request | let it begin | look at `closed`
     *   end     end the request | take it out of the slot | free the slot | call the waiter | look at the waiting line
     *   close   set `closed` | look at all slots
     *
     * A callback is called when its slot is free, and may be another request's already.
     */

    /** The largest capacity: 16,777,215. */
    public static final int MAX_CAPACITY = FreeStack.MAX_SLOTS;

    /** No deadline, as a timeout in nanoseconds. */
    private static final long UNLIMITED = Slot.NEVER;

    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(Correlator.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Slot<T>[] slots;
    private final int indexBits;
    private final FreeSlots<T> free;
    private final WaitingLine<T> line;

    private final LongSupplier timeSource;
    private final long origin;
    private final @Nullable Sweep sweep;
    private final @Nullable Consumer<? super InFlight> leakReporter;
    private final long leakThreshold;

    /** The time of the last sweep or arming, in nanoseconds since the origin: when untimed requests are opened. */
    private volatile long lastLook;

    private volatile boolean closed;

    // What is counted by the owner of a slot is in the slot.
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Correlator(CorrelatorBuilder settings) {
        indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(settings.capacity - 1);
        slots = slots(settings.capacity, new SplittableRandom());
        free = new FreeSlots<>(slots);
        line = new WaitingLine<>(settings.maxWaiting, free, this::openWaiting);
        timeSource = settings.timeSource;
        origin = timeSource.getAsLong();
        sweep = settings.scheduler == null ? null : new Sweep(this, settings.scheduler, settings.resolution);
        leakReporter = settings.leakReporter;
        leakThreshold = Nanos.of(settings.leakThreshold);
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private Slot<T>[] slots(int capacity, SplittableRandom random) {
        Slot<T>[] table = (Slot<T>[]) new Slot<?>[capacity];
        for (int i = 0; i < capacity; i++) {
            table[i] = new Slot<>(this, i, random.nextLong() << indexBits | i);
        }
        return table;
    }

    /**
     * Creates a correlator with the usual settings.
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
     * Other settings than the usual ones.
     *
     * @param maxInFlight how many requests may be in flight at once, from 1 to {@link #MAX_CAPACITY}
     * @return the settings
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
        return open(UNLIMITED, null);
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
        return open(Nanos.of(Objects.requireNonNull(timeout, "timeout")), null);
    }

    /**
     * Opens a request with a callback that waits for its outcome already: {@code open} and {@code receive(callback)} in one
     * step. The callback may be called before this returns, if the request is ended at once.
     *
     * @param timeout how long the reply may take, as in {@link #open(Duration)}; {@code null}: as long as it takes
     * @param callback whom to call with the outcome
     * @return the request, with a ticket of its own
     * @throws NullPointerException if the callback is {@code null}
     * @throws CorrelatorFullException if every slot is in flight, or others wait for one
     * @throws IllegalStateException if the correlator is closed, or the callback still waits; the callback is not called
     */
    public Pending<T> open(@Nullable Duration timeout, Waiter<? super T> callback) {
        return open(nanos(timeout), Objects.requireNonNull(callback, "callback"));
    }

    /**
     * Opens a request as soon as there is a slot for it. Slots are given out in the order of these calls; while somebody
     * waits, the other forms of {@code open} are refused. One thread at a time gives out slots, so an {@code Opening} that takes
     * long holds up the others.
     *
     * @param timeout how long the reply may take once the request is open, as in {@link #open(Duration)}; {@code null}: as
     *     long as it takes
     * @param maxWait how long to wait for a slot at most, to one resolution; zero or less: not at all
     * @param opening is handed the request, or told why there is none: at once, on this thread, or later
     * @throws NullPointerException if {@code maxWait} or {@code opening} is {@code null}
     * @throws IllegalStateException if the correlator is closed, or the opening was used before; it is not called for this
     */
    public void open(@Nullable Duration timeout, Duration maxWait, Opening<T> opening) {
        long patience = Nanos.of(Objects.requireNonNull(maxWait, "maxWait"));
        Objects.requireNonNull(opening, "opening");
        requireNotClosed();
        if (!opening.begin(line, nanos(timeout), patience == 0 ? 0 : Nanos.later(elapsed(), patience))) {
            return; // cancelled before
        }
        Slot<T> slot = line.isEmpty() ? free.pop() : null;
        if (slot != null) {
            if (opening.claim()) {
                openWaiting(slot, opening);
            } else {
                giveBack(slot);
            }
        } else if (patience == 0 || !enterLine(opening)) {
            if (opening.claim()) {
                refuse(opening, full());
            }
        } else {
            try {
                armSweep();
            } catch (Throwable thrown) {
                if (opening.cancel()) {
                    throw thrown;
                } // else it was given a slot already, or told why not
            }
            line.giveOut();
            if (closed) {
                line.clear(each -> refuse(each, closedException()));
            }
        }
    }

    /** If there is no place, slots may have become free that nobody gave out yet. */
    private boolean enterLine(Opening<T> opening) {
        if (line.enter(opening)) {
            return true;
        }
        line.giveOut();
        return line.enter(opening);
    }

    private Pending<T> open(long timeout, @Nullable Waiter<? super T> waiter) {
        requireNotClosed();
        if (waiter != null) {
            waiter.requireNotWaiting();
        }
        Slot<T> slot = line.isEmpty() ? free.pop() : null;
        if (slot == null) {
            refused.increment();
            throw armedAndFull();
        }
        return openIn(slot, timeout, waiter);
    }

    /** Opens a request in a slot that the caller took; if that fails, the slot is given back. */
    private Pending<T> openIn(Slot<T> slot, long timeout, @Nullable Waiter<? super T> waiter) {
        Pending<T> request;
        try {
            armSweep();
            long now = timeout == UNLIMITED && leakReporter == null && isWatched() ? lastLook : elapsed();
            request = slot.nextRequest();
            Place place = leakReporter == null ? null : new Place();
            if (waiter != null) {
                waiter.bind(request);
            }
            slot.occupy(request, now, Nanos.later(now, timeout), place);
        } catch (Throwable thrown) {
            giveBack(slot);
            throw thrown;
        }
        request.begin(waiter);
        VarHandle.fullFence(); // what others see of the request is ordered before the look at closed
        if (closed) {
            end(slot, request, closedException(), failed); // close() may not have found this request
        }
        return request;
    }

    /** Opens a request for somebody whose turn it is. */
    private void openWaiting(Slot<T> slot, Opening<T> opening) {
        Pending<T> request;
        try {
            request = openIn(slot, opening.timeout(), null);
        } catch (Throwable thrown) {
            refuse(opening, thrown);
            return;
        }
        try {
            opening.onOpened(request);
        } catch (Throwable thrown) {
            Uncaught.report(thrown);
        }
    }

    private void refuse(Opening<T> opening, Throwable cause) {
        refused.increment();
        try {
            opening.onRefused(cause);
        } catch (Throwable thrown) {
            Uncaught.report(thrown);
        }
    }

    /** Whether {@code lastLook} is no older than a resolution. */
    private boolean isWatched() {
        return sweep != null && sweep.isArmed();
    }

    private void armSweep() {
        if (sweep != null && !sweep.isArmed()) {
            lastLook = elapsed();
            sweep.arm();
        }
    }

    // ---- reply ------------------------------------------------------------------------------------------------------

    /**
     * Ends a request with a value, and calls the callback that waits for it, on this thread.
     *
     * @param ticket the ticket that the reply brought
     * @param value the value
     * @return what became of it; unless {@link Delivery#DELIVERED}, the value was not taken and stays the caller's. What the
     *     callback throws reaches the caller, and the request is over all the same
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    public Delivery complete(long ticket, T value) {
        requireValue(value);
        Object found = find(ticket);
        if (!(found instanceof Pending<?>)) {
            return refuse((Delivery) found);
        }
        Pending<T> request = request(found);
        Object replaced = request.endByReply(Outcome.ofValue(value));
        if (replaced == null) {
            return refuse(request.refusal());
        }
        Slot<T> slot = slot(ticket);
        slot.countDelivered();
        release(slot, Delivery.DUPLICATE);
        try {
            if (replaced instanceof Waiter<?>) {
                waiter(replaced).onValue(value);
            }
        } finally {
            giveOut();
        }
        return Delivery.DELIVERED;
    }

    /**
     * As {@link #complete(long, Object)}, with the ticket as text.
     *
     * @param ticket the text that the reply brought; one that is no ticket, or {@code null}, is {@link Delivery#UNKNOWN}
     * @param value the value
     * @return what became of it
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    public Delivery complete(@Nullable CharSequence ticket, T value) {
        requireValue(value);
        String digits = Objects.toString(ticket);
        return Ticket.isHex(digits) ? complete(Ticket.ofHex(digits), value) : refuse(Delivery.UNKNOWN);
    }

    /**
     * As {@link #complete(long, Object)}, with the ticket as bytes.
     *
     * @param ticket the bytes that the reply brought; what is no ticket, or {@code null}, is {@link Delivery#UNKNOWN}
     * @param value the value
     * @return what became of it
     * @throws NullPointerException if the value is {@code null}; the request goes on
     */
    @SuppressWarnings("NullAway") // null is no bytes of a ticket
    public Delivery complete(byte @Nullable [] ticket, T value) {
        requireValue(value);
        return Ticket.isBytes(ticket) ? complete(Ticket.parseBytes(ticket), value) : refuse(Delivery.UNKNOWN);
    }

    /**
     * Ends a request with a failure, and calls the callback that waits for it, on this thread.
     *
     * @param ticket the ticket that the reply brought
     * @param cause why there is no value
     * @return what became of it. What the callback throws reaches the caller, and the request is over all the same
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    public Delivery fail(long ticket, Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        Object found = find(ticket);
        if (!(found instanceof Pending<?>)) {
            return refuse((Delivery) found);
        }
        Pending<T> request = request(found);
        Object replaced = request.isInFlight() ? request.endByReply(Outcome.ofFailure(cause)) : null;
        if (replaced == null) {
            return refuse(request.refusal());
        }
        failed.increment();
        release(slot(ticket), Delivery.DUPLICATE);
        tellFailure(replaced, cause);
        return Delivery.DELIVERED;
    }

    /**
     * As {@link #fail(long, Throwable)}, with the ticket as text.
     *
     * @param ticket the text that the reply brought; one that is no ticket, or {@code null}, is {@link Delivery#UNKNOWN}
     * @param cause why there is no value
     * @return what became of it
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    public Delivery fail(@Nullable CharSequence ticket, Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        String digits = Objects.toString(ticket);
        return Ticket.isHex(digits) ? fail(Ticket.ofHex(digits), cause) : refuse(Delivery.UNKNOWN);
    }

    /**
     * As {@link #fail(long, Throwable)}, with the ticket as bytes.
     *
     * @param ticket the bytes that the reply brought; what is no ticket, or {@code null}, is {@link Delivery#UNKNOWN}
     * @param cause why there is no value
     * @return what became of it
     * @throws NullPointerException if the cause is {@code null}; the request goes on
     */
    @SuppressWarnings("NullAway") // null is no bytes of a ticket
    public Delivery fail(byte @Nullable [] ticket, Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        return Ticket.isBytes(ticket) ? fail(Ticket.parseBytes(ticket), cause) : refuse(Delivery.UNKNOWN);
    }

    private static void requireValue(@Nullable Object value) {
        Objects.requireNonNull(value, "value is null: fail() the request to end it without a value");
    }

    private Object find(long ticket) {
        int index = index(ticket);
        return index < slots.length ? slots[index].find(ticket) : Delivery.UNKNOWN;
    }

    private Slot<T> slot(long ticket) {
        return slots[index(ticket)];
    }

    private int index(long ticket) {
        return (int) ticket & ((1 << indexBits) - 1);
    }

    private Delivery refuse(Delivery refusal) {
        (refusal == Delivery.DUPLICATE ? duplicate : refusal == Delivery.LATE ? late : unknown).increment();
        return refusal;
    }

    // ---- end otherwise ----------------------------------------------------------------------------------------------

    /**
     * Ends every request that was opened before, and every wait for a slot: when the connection is lost, for instance. A
     * request that is opened meanwhile, by another thread or a callback, may be ended or spared. Callbacks are called on this
     * thread.
     *
     * @param cause why there will be no replies
     * @return how many requests and waits it ended
     * @throws NullPointerException if the cause is {@code null}
     * @throws RuntimeException or {@link Error}: the first one that a callback threw, with those of others suppressed in it,
     *     after all are told. (What an {@link Opening} throws goes to the handler of uncaught exceptions, here and elsewhere.)
     */
    public int failAll(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        Telling telling = new Telling();
        line.clear(each -> {
            telling.told++;
            refuse(each, cause);
        });
        for (Slot<T> slot : slots) {
            Pending<T> request = slot.request();
            if (request != null) {
                telling.tell(() -> end(slot, request, cause, failed));
            }
        }
        return telling.result();
    }

    /**
     * Ends everything as {@link #failAll} does, with a {@link CancellationException}, and opens nothing any more. Closing again
     * has no effect.
     *
     * <p>An {@code open} that races with it either throws or returns a request that ends in the same way.
     *
     * @throws RuntimeException or {@link Error}: as in {@code failAll}
     */
    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, false, true)) {
            failAll(closedException());
        }
    }

    /**
     * Whether {@link #close()} was called.
     *
     * @return {@code true} if nothing is opened any more
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Ends what is due by now: a sweep, as it is otherwise called once in each resolution.
     *
     * @return how many requests timed out
     * @throws RuntimeException or {@link Error}: as in {@code failAll}
     */
    public int expire() {
        return expire(timeSource.getAsLong());
    }

    /**
     * Ends what is due by the given time. Callbacks are called on this thread.
     *
     * @param nanoTime the time, in nanoseconds as the {@linkplain CorrelatorBuilder#timeSource time source} tells it
     * @return how many requests timed out
     * @throws RuntimeException or {@link Error}: as in {@code failAll}
     */
    public int expire(long nanoTime) {
        long elapsed = Math.min(nanoTime - origin, Slot.NEVER - 1); // so that nothing without a deadline is due
        lastLook = Math.max(0, elapsed);
        Telling telling = new Telling();
        for (Slot<T> slot : slots) {
            Pending<T> request = slot.requestDue(elapsed);
            if (request != null) {
                telling.tell(() -> end(slot, request, timedOut(slot, request), timedOut));
            } else if (leakReporter != null) {
                reportLeak(slot, elapsed, leakReporter);
            }
        }
        if (!line.isEmpty()) {
            line.expire(elapsed, each -> refuse(each, full()));
        }
        return telling.result();
    }

    private static TimeoutException timedOut(Slot<?> slot, Pending<?> request) {
        return new TimeoutException(
                "no reply to request " + Ticket.toHex(request.ticket()) + " within " + slot.timeout());
    }

    private void reportLeak(Slot<T> slot, long elapsed, Consumer<? super InFlight> reporter) {
        InFlight leak = slot.inFlight(elapsed);
        if (leak != null
                && leak.age().toNanos() > leakThreshold
                && leak.openedAt() instanceof Place place
                && place.firstReport()) {
            try {
                reporter.accept(leak);
            } catch (Throwable thrown) {
                Uncaught.report(thrown);
            }
        }
    }

    /** Ends a request without a reply; true if it was not over. */
    private boolean end(Slot<T> slot, Pending<T> request, Throwable cause, LongAdder count) {
        Object replaced = request.lapse(cause);
        if (replaced == null) {
            return false;
        }
        count.increment();
        release(slot, Delivery.LATE);
        tellFailure(replaced, cause);
        return true;
    }

    /** The requester gave up the request in this slot; who waited for it, if somebody did, is to be told. */
    void cancelled(Slot<T> slot, @Nullable Waiter<?> waiter) {
        cancelled.increment();
        release(slot, Delivery.LATE);
        try {
            if (waiter != null) {
                waiter.onClosed();
            }
        } finally {
            giveOut();
        }
    }

    private void tellFailure(Object replaced, Throwable cause) {
        try {
            if (replaced instanceof Waiter<?> waiter) {
                waiter.onFailure(cause);
            }
        } finally {
            giveOut();
        }
    }

    /** By whoever ended the request in the slot, and before the callback: it may open the next request from inside. */
    private void release(Slot<T> slot, Delivery further) {
        slot.vacate(further);
        free.push(slot);
    }

    private void giveBack(Slot<T> slot) {
        free.push(slot);
        giveOut();
    }

    /** After a slot was freed, and the callback called. */
    private void giveOut() {
        if (!line.isEmpty()) {
            line.giveOut();
        }
    }

    private CancellationException closedException() {
        return new CancellationException("the correlator was closed");
    }

    /** Calls callbacks of many requests, so that an exception of one keeps none of the others from being called. */
    private static final class Telling {
        private int told;
        private @Nullable Throwable thrown;

        void tell(BooleanSupplier end) {
            try {
                told += end.getAsBoolean() ? 1 : 0;
            } catch (Throwable e) {
                if (thrown == null) {
                    thrown = e;
                } else if (thrown != e) {
                    thrown.addSuppressed(e);
                }
            }
        }

        int result() {
            if (thrown != null) {
                throw Telling.<RuntimeException>asIs(thrown);
            }
            return told;
        }

        /** Some languages let callbacks throw checked exceptions, which reach the caller as they would without us. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased, that is the point
        private static <E extends Throwable> E asIs(Throwable thrown) throws E {
            throw (E) thrown;
        }
    }

    // ---- observe ----------------------------------------------------------------------------------------------------

    /**
     * How many requests may be in flight at once.
     *
     * @return as set when it was made
     */
    public int capacity() {
        return slots.length;
    }

    /**
     * How many slots are taken now. A slot is free a moment after its request ended, and before a callback is called. Parts of
     * the table are counted one after the other: while requests are opened meanwhile, this need not be the count of any single
     * moment. Once no more are opened, zero means that none is in flight.
     *
     * @return from zero to {@link #capacity()}
     */
    public int inFlight() {
        return slots.length - free.size();
    }

    /**
     * How many requests wait for a slot now.
     *
     * @return from zero to {@linkplain CorrelatorBuilder#maxWaiting as many as may wait}
     */
    public int waiting() {
        return line.size();
    }

    /**
     * What was done so far. It looks at each slot, so it is meant for people and for metrics. The counts are read one
     * after the other: they are sure to add up only while no other call is under way.
     *
     * @return the counts
     */
    public Statistics statistics() {
        long opened = 0;
        long delivered = 0;
        for (Slot<T> slot : slots) {
            delivered += slot.delivered();
            opened += slot.opened();
        }
        return new Statistics(
                inFlight(),
                line.size(),
                opened,
                delivered,
                failed.sum(),
                timedOut.sum(),
                cancelled.sum(),
                duplicate.sum(),
                late.sum(),
                unknown.sum(),
                refused.sum());
    }

    /**
     * The requests that are in flight. One that is opened or ended meanwhile may be missed or told.
     *
     * @return in no particular order
     */
    public List<InFlight> snapshot() {
        long now = elapsed();
        List<InFlight> requests = new ArrayList<>();
        for (Slot<T> slot : slots) {
            InFlight request = slot.inFlight(now);
            if (request != null) {
                requests.add(request);
            }
        }
        return requests;
    }

    /**
     * How full it is, for people to read.
     *
     * @return for example {@code Correlator[3 of 1024 in flight]}
     */
    @Override
    public String toString() {
        return "Correlator[" + (closed ? "closed, " : "") + inFlight() + " of " + capacity() + " in flight]";
    }

    // -----------------------------------------------------------------------------------------------------------------

    /** Whether there is nothing that a sweep could end. */
    boolean isIdle() {
        return free.size() == slots.length && line.isEmpty();
    }

    int indexBits() {
        return indexBits;
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException("this correlator is closed: no further request can be opened");
        }
    }

    /** Requests that nobody can follow must not wait for a sweep that failed to be scheduled. */
    private CorrelatorFullException armedAndFull() {
        CorrelatorFullException full = full();
        try {
            armSweep();
        } catch (Throwable thrown) {
            full.addSuppressed(thrown);
        }
        return full;
    }

    private CorrelatorFullException full() {
        int waiting = line.size();
        return new CorrelatorFullException(inFlight() + " of " + capacity() + " requests are in flight"
                + (waiting == 0 ? "" : " and " + waiting + " wait for a slot")
                + ": try again later, or raise the capacity");
    }

    /** Not negative, even if the time source went back. */
    private long elapsed() {
        return Math.max(0, timeSource.getAsLong() - origin);
    }

    private static long nanos(@Nullable Duration timeout) {
        return timeout == null ? UNLIMITED : Nanos.of(timeout);
    }

    @SuppressWarnings("unchecked") // only requests of this correlator are ever published in its slots
    private Pending<T> request(Object found) {
        return (Pending<T>) found;
    }

    @SuppressWarnings("unchecked") // only waiters for this correlator's type are ever registered
    private Waiter<? super T> waiter(Object replaced) {
        return (Waiter<? super T>) replaced;
    }
}
