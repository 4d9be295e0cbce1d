package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of a correlator's table: some slots, in arrays. The thread that takes a slot from the free list owns it until
 * it publishes a request in it. From then on the thread that ends the request owns it, until it is on the free list
 * again. Only the owner writes to a slot, except to its deadline word.
 *
 * <p>Any thread reads it at any time: read the request, the fields, then the request again; if it is unchanged, the
 * fields belong to it, since each request is published once. (Each field is written by release after the previous
 * request was taken out, and read by acquire: a thread that reads a later request's field does not find the earlier
 * request any more.)
 *
 * <p>Slots are numbered from the first one of the chunk; 64 of them are a <em>group</em>. A group and the chunk have a
 * <em>bound</em> each: no deadline in it is earlier.
 */
final class Chunk<T> {
    static final int MAX_SLOTS_BITS = 12;
    private static final int GROUP_BITS = 6;

    private static final VarHandle REQUESTS =
            ConstantBootstraps.arrayVarHandle(MethodHandles.lookup(), "requests", VarHandle.class, Object[].class);
    private static final VarHandle LONGS =
            ConstantBootstraps.arrayVarHandle(MethodHandles.lookup(), "longs", VarHandle.class, long[].class);
    private static final VarHandle RANGES = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "ranges", VarHandle.class, Chunk.class, TicketRange[].class);
    private static final VarHandle RANGE =
            ConstantBootstraps.arrayVarHandle(MethodHandles.lookup(), "range", VarHandle.class, TicketRange[].class);

    // Four facts of each slot, side by side: an opening writes them together.
    private static final int FACTS = 4;

    /** The {@link DeadlineWord}. */
    private static final int WORD = 0;

    /** The epoch in which the request was opened; below it, the rest of its deadline. */
    private static final int STAMP = 1;

    private static final int OPENED_AT = 2;

    /** For FreeStack: the slot below this one, and above it in the word, how many there are with this one. */
    private static final int LINK = 3;

    // Each access reads the length of an array, which shares a cache line with its first elements: these are not used,
    // so that threads which write to the first slots do not slow down all others.

    private static final int UNUSED_REQUESTS = 32;
    private static final int UNUSED_FACTS = 16;

    private final int number;
    private final int base;
    private final int size;
    private final TicketLayout layout;
    private final RequestOwner<T> owner;
    private final TicketRange<T> firstRange;

    /**
     * The request that holds the slot; without one, the answer to a further reply to the last ticket: LATE, or null for
     * DUPLICATE.
     */
    private final @Nullable Object[] requests;

    private final long[] facts;

    /** Of each group, and the last one of the chunk. */
    private final long[] bounds;

    private final @Nullable Object @Nullable [] traces;

    /** Null until a slot used up its first run of tickets. */
    @SuppressWarnings("unused") // by RANGES only
    private TicketRange<T> @Nullable [] ranges;

    /** Odd from when a scan raised the chunk's bound until it lowered it again. Written under the lock of the sweep. */
    private volatile int scans;

    /**
     * Creates slots that are all free.
     *
     * @param owner of the requests
     * @param layout of the tickets
     * @param number how many chunks come before this one
     * @param base the index of the first slot
     * @param size how many slots
     * @param generation the number of the first ticket of each slot
     * @param traced whether requests have a trace of their opening
     */
    Chunk(RequestOwner<T> owner, TicketLayout layout, int number, int base, int size, long generation, boolean traced) {
        this.owner = owner;
        this.number = number;
        this.layout = layout;
        this.base = base;
        firstRange = new TicketRange<>(this, layout.ticket(base, generation), layout.indexBits(), layout.mask(), 0);
        this.size = size;
        requests = new Object[UNUSED_REQUESTS + size];
        facts = new long[UNUSED_FACTS + size * FACTS];
        bounds = new long[((size - 1) >>> GROUP_BITS) + 2];
        Arrays.fill(bounds, DeadlineWord.NEVER);
        traces = traced ? new Object[size] : null;
    }

    RequestOwner<T> owner() {
        return owner;
    }

    int size() {
        return size;
    }

    int offset(int index) {
        return index - base;
    }

    int index(int slot) {
        return base + slot;
    }

    // The address of a slot leads to it sooner than its index does: the chunk's number, and in 12 bits the slot.

    int address(int slot) {
        return number << MAX_SLOTS_BITS | slot;
    }

    static int numberOf(int address) {
        return address >>> MAX_SLOTS_BITS;
    }

    static int slotOf(int address) {
        return address & (1 << MAX_SLOTS_BITS) - 1;
    }

    // ---- the owner of a slot ----------------------------------------------------------------------------------------

    /** Returns the next request of the slot, with a fresh ticket; no other thread knows it yet. */
    Pending<T> nextRequest(int slot) {
        long word = wordAcquire(slot); // a sweep that is late may fire it, which does not change the generation
        int generation = DeadlineWord.nextGeneration(word);
        TicketRange<T> range = range(slot);
        if (generation == 0 && !DeadlineWord.isUnused(word)) {
            range = range.next(); // it is used up
        }
        return new Pending<>(range, TicketRange.number(slot, generation));
    }

    /** Publishes the request. */
    void occupy(int slot, Pending<T> request, long epoch, long openedAt, long deadline, @Nullable Throwable trace) {
        int generation = request.generation();
        if (generation == 0 && request.range() != range(slot)) {
            setRange(slot, request.range());
        }
        long[] facts = this.facts;
        LONGS.setRelease(facts, fact(slot, OPENED_AT), openedAt);
        LONGS.setRelease(facts, fact(slot, STAMP), epoch << DeadlineWord.UNIT_BITS | DeadlineWord.rest(deadline));
        if (traces != null) {
            REQUESTS.setRelease(traces, slot, trace);
        }
        LONGS.setRelease(facts, fact(slot, WORD), DeadlineWord.of(deadline, generation));
        REQUESTS.setRelease(requests, place(slot), request);
    }

    /** Takes the request out. */
    void vacate(int slot, ReplyResult further) {
        // Null needs no barrier of the garbage collector.
        REQUESTS.setRelease(requests, place(slot), further == ReplyResult.DUPLICATE ? null : further);
        if (traces != null) {
            // After that: a thread that finds the trace gone finds the request gone, too, when it reads it again.
            REQUESTS.setRelease(traces, slot, null);
        }
    }

    private TicketRange<T> range(int slot) {
        TicketRange<T>[] own = rangesAcquire();
        if (own == null) {
            return firstRange;
        }
        @SuppressWarnings("unchecked") // as the array
        TicketRange<T> range = (TicketRange<T>) RANGE.getAcquire(own, slot);
        return range == null ? firstRange : range;
    }

    private void setRange(int slot, TicketRange<T> range) {
        TicketRange<T>[] own = rangesAcquire();
        if (own == null) {
            @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
            TicketRange<T>[] made = new TicketRange[size()];
            own = RANGES.compareAndSet(this, null, made) ? made : rangesAcquire();
        }
        RANGE.setRelease(own, slot, range);
    }

    // ---- any thread -------------------------------------------------------------------------------------------------

    /** Returns the request in this slot if it has this ticket; otherwise the answer to a reply with the ticket. */
    Object find(int slot, long ticket) {
        if (place(slot) >= requests.length) {
            return ReplyResult.UNKNOWN;
        }
        Object now = REQUESTS.getAcquire(requests, place(slot));
        if (now instanceof Pending<?> request) {
            return request.ticket() == ticket ? request : refusal(slot, ticket, ReplyResult.LATE);
        }
        return refusal(slot, ticket, now == null ? ReplyResult.DUPLICATE : (ReplyResult) now);
    }

    private ReplyResult refusal(int slot, long ticket, ReplyResult ofLatest) {
        long word = wordAcquire(slot);
        if (DeadlineWord.isUnused(word) || (ticket & ~layout.mask()) != 0) {
            return ReplyResult.UNKNOWN;
        }
        long latest = range(slot).start() + DeadlineWord.generation(word);
        long number = layout.distance(firstRange.ticket(slot), ticket);
        if (Long.compareUnsigned(number, latest) > 0) {
            return ReplyResult.UNKNOWN;
        }
        return number == (latest & layout.generationMask()) ? ofLatest : ReplyResult.LATE;
    }

    /** Returns the request in this slot; null if there is none. */
    @Nullable
    Pending<T> requestAcquire(int slot) {
        return asRequest(REQUESTS.getAcquire(requests, place(slot)));
    }

    /** Returns the same; failAll and close read it after they stored the epoch. */
    @Nullable
    Pending<T> requestVolatile(int slot) {
        return asRequest(REQUESTS.getVolatile(requests, place(slot)));
    }

    @SuppressWarnings("unchecked") // only requests of this chunk are ever published in it
    private @Nullable Pending<T> asRequest(@Nullable Object found) {
        return found instanceof Pending<?> request ? (Pending<T>) request : null;
    }

    /** Returns the epoch in which the request of this slot was opened. */
    long epoch(int slot) {
        return (long) LONGS.getAcquire(facts, fact(slot, STAMP)) >>> DeadlineWord.UNIT_BITS;
    }

    /** Returns the request as others see it; null if there is none. */
    @Nullable
    RequestInfo info(int slot, long elapsed) {
        while (true) {
            Pending<T> request = requestAcquire(slot);
            if (request == null) {
                return null;
            }
            Duration age = Duration.ofNanos(Math.max(0, elapsed - openedAt(slot)));
            OpeningTrace openedBy = trace(slot);
            if (requestAcquire(slot) == request) {
                return new RequestInfo(request.ticket(), age, openedBy);
            }
        }
    }

    long openedAt(int slot) {
        return (long) LONGS.getAcquire(facts, fact(slot, OPENED_AT));
    }

    @Nullable
    OpeningTrace trace(int slot) {
        return traces == null ? null : (OpeningTrace) REQUESTS.getAcquire(traces, slot);
    }

    // ---- deadlines --------------------------------------------------------------------------------------------------

    long wordAcquire(int slot) {
        return (long) LONGS.getAcquire(facts, fact(slot, WORD));
    }

    boolean compareAndSetWord(int slot, long expected, long next) {
        return LONGS.compareAndSet(facts, fact(slot, WORD), expected, next);
    }

    /** Returns the deadline of the request with this word. */
    long deadline(int slot, long word) {
        return DeadlineWord.deadline(word, DeadlineWord.rest((long) LONGS.getAcquire(facts, fact(slot, STAMP))));
    }

    int groups() {
        return bounds.length - 1;
    }

    int firstOfGroup(int group) {
        return group << GROUP_BITS;
    }

    int endOfGroup(int group) {
        return Math.min((group + 1) << GROUP_BITS, size());
    }

    /** Lowers the bounds of the slot's group and of the chunk to a deadline; always looks at both. */
    void lowerBounds(int slot, long deadline) {
        lowerGroup(slot >>> GROUP_BITS, deadline);
        lowerBound(deadline);
    }

    void lowerGroup(int group, long deadline) {
        lower(group, deadline);
    }

    void lowerBound(long deadline) {
        lower(groups(), deadline);
    }

    private void lower(int which, long deadline) {
        long now = boundVolatile(which);
        while (deadline < now) {
            long witness = (long) LONGS.compareAndExchange(bounds, which, now, deadline);
            if (witness == now) {
                return;
            }
            now = witness;
        }
    }

    void raiseVolatile(int which) {
        LONGS.setVolatile(bounds, which, DeadlineWord.NEVER);
    }

    long boundVolatile(int which) {
        return (long) LONGS.getVolatile(bounds, which);
    }

    /** Raises the bound for a scan; returns whether the scan before this one was not finished. */
    boolean beginScan() {
        int before = scans; // only the thread with the lock changes it
        boolean again = isOdd(before);
        if (!again) {
            scans = before + 1;
        }
        raiseVolatile(groups());
        return again;
    }

    /** Ends a scan, which lowered the bound again. */
    void endScan() {
        int before = scans;
        scans = before + 1;
    }

    private static boolean isOdd(int scans) {
        return (scans & 1) != 0;
    }

    /** Returns the bound, or {@code ifScanning} while a scan has raised it. */
    long bound(long ifScanning) {
        while (true) {
            int before = scans;
            if (isOdd(before)) {
                return ifScanning;
            }
            long now = boundVolatile(groups());
            if (scans == before) {
                return now;
            }
        }
    }

    // ---- for FreeStack ----------------------------------------------------------------------------------------------

    long[] facts() {
        return facts;
    }

    /** Opaque: a pop that is late may read it while another thread puts the slot back, and then makes no use of it. */
    static int next(long[] facts, int slot) {
        return (int) (long) LONGS.getOpaque(facts, fact(slot, LINK));
    }

    static int depthAcquire(long[] facts, int slot) {
        return (int) ((long) LONGS.getAcquire(facts, fact(slot, LINK)) >>> Integer.SIZE);
    }

    void putOn(int slot, int next, int depth) {
        LONGS.setRelease(facts, fact(slot, LINK), (long) depth << Integer.SIZE | next);
    }

    private static int place(int slot) {
        return UNUSED_REQUESTS + slot;
    }

    private static int fact(int slot, int which) {
        return UNUSED_FACTS + slot * FACTS + which;
    }

    @SuppressWarnings("unchecked") // as the field
    private TicketRange<T> @Nullable [] rangesAcquire() {
        return (TicketRange<T>[]) RANGES.getAcquire(this);
    }
}
