package io.multishot.correlator;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The slots of a correlator, and which of them are free. The capacity is a limit: a chunk of slots is made when the
 * first of them is needed. A ticket leads to its slot by the index in it.
 */
final class SlotTable<T> {
    /** An address has one bit more than an index, since the first chunks have few slots. */
    static final int MAX_SLOTS = (1 << 24) - 1;

    /** log2 of the number of slots of the first chunk. Each that follows has as many as all before it, until 4,096. */
    private static final int FIRST_BITS = 6;

    private static final int LARGE_BITS = Chunk.MAX_SLOTS_BITS;
    private static final int SMALL_CHUNKS = LARGE_BITS - FIRST_BITS + 1;

    private static final VarHandle FACTS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "facts", VarHandle.class, SlotTable.class, long[][].class);
    private static final VarHandle CHUNKS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "chunks", VarHandle.class, SlotTable.class, Chunk[].class);

    private final RequestOwner<T> owner;
    private final Counters counters;
    private final TicketLayout layout;
    /** Of the layout; here, since each reply needs it. */
    private final int indexMask;

    private final int capacity;
    private final boolean traced;
    private final StripedFreeList free;

    /** Those that were made; never changed once it is here. */
    private volatile Chunk<T>[] chunks;

    /** Those of each chunk: here, a pop waits for one load less. */
    private volatile long[][] facts;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    SlotTable(int capacity, TicketLayout layout, boolean traced, RequestOwner<T> owner, Counters counters) {
        this.owner = owner;
        this.counters = counters;
        this.layout = layout;
        this.capacity = capacity;
        this.traced = traced;
        indexMask = layout.indexMask();
        chunks = new Chunk[0];
        facts = new long[0][];
        free = new StripedFreeList(this, capacity);
    }

    /** Returns the chunk of a slot that was taken once, by its address. */
    Chunk<T> chunkOf(int address) {
        return chunks[Chunk.numberOf(address)];
    }

    private static int numberOf(int index) {
        if (index >>> LARGE_BITS != 0) {
            return (index >>> LARGE_BITS) + SMALL_CHUNKS - 1;
        }
        return Integer.SIZE - Integer.numberOfLeadingZeros(index >>> FIRST_BITS);
    }

    private static int baseOf(int number) {
        if (number >= SMALL_CHUNKS) {
            return (number - SMALL_CHUNKS + 1) << LARGE_BITS;
        }
        return number == 0 ? 0 : 1 << (FIRST_BITS + number - 1);
    }

    /**
     * Returns the request with this ticket, as a {@link Pending}, or the {@link ReplyResult} of a reply that finds
     * none.
     */
    Object find(long ticket) {
        int index = index(ticket);
        Chunk<T>[] made = chunks;
        int number = numberOf(index);
        if (number >= made.length) {
            return ReplyResult.UNKNOWN;
        }
        Chunk<T> chunk = made[number];
        return chunk.find(chunk.offset(index), ticket);
    }

    /** Returns the index of the slot that issued this ticket, if any did. */
    int index(long ticket) {
        return (int) ticket & indexMask;
    }

    /**
     * Takes a free slot and returns its address; {@link StripedFreeList#NONE} if there was a moment, during this call,
     * at which none was free.
     */
    int take() {
        return free.take();
    }

    /**
     * Makes the chunk of a slot that is to be used for the first time, and those before it, unless they are there;
     * returns the slot's address.
     */
    int makeChunkOf(int index) {
        int number = numberOf(index);
        while (true) {
            long[][] known = facts;
            if (number < known.length) {
                return chunks[number].address(index - baseOf(number));
            }
            Chunk<T>[] made = chunks;
            if (known.length < made.length) {
                long[][] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = made[known.length].facts();
                FACTS.compareAndSet(this, known, more);
            } else {
                Chunk<T>[] more = Arrays.copyOf(made, made.length + 1);
                more[made.length] = newChunk(made.length);
                CHUNKS.compareAndSet(this, made, more);
            }
        }
    }

    private Chunk<T> newChunk(int number) {
        int base = baseOf(number);
        int size = Math.min(baseOf(number + 1), capacity) - base;
        return new Chunk<>(owner, layout, number, base, size, firstGeneration(), traced);
    }

    /** Draws a number when a chunk is first used: a process image that is started twice draws different ones. */
    private static long firstGeneration() {
        Instant now = Instant.now();
        return new SplittableRandom(System.nanoTime() ^ now.getEpochSecond() << Integer.SIZE ^ now.getNano()).nextLong()
                ^ new SplittableRandom().nextLong();
    }

    /** Gives a slot back that was taken, and in which no request was opened. */
    void giveBack(int address) {
        counters.countEnd(Ending.UNOPENED);
        free.release(chunkOf(address), Chunk.slotOf(address), false);
    }

    /** Counts the end of a request and frees its slot; for the thread that ended it. */
    void retire(Pending<T> request, Ending ending) {
        Chunk<T> chunk = request.range().chunk();
        counters.countEnd(ending);
        int slot = request.slot();
        chunk.vacate(slot, ending.furtherReply());
        free.release(chunk, slot, ending == Ending.DELIVERED);
    }

    /** Returns the chunks made so far, to be read. */
    Chunk<T>[] chunks() {
        return chunks;
    }

    int capacity() {
        return capacity;
    }

    /** Returns how many slots are taken, where each stripe of the free list is counted at a moment of its own. */
    int inFlight() {
        return free.inUse();
    }

    /** Returns how many slots were taken so far. */
    long taken() {
        return free.taken();
    }

    /** Returns how many slots were given back by a reply with a value so far. */
    long answered() {
        return free.answered();
    }

    List<RequestInfo> snapshot(long elapsed) {
        List<RequestInfo> requests = new ArrayList<>();
        for (Chunk<T> chunk : chunks) {
            for (int slot = 0; slot < chunk.size(); slot++) {
                RequestInfo request = chunk.info(slot, elapsed);
                if (request != null) {
                    requests.add(request);
                }
            }
        }
        return requests;
    }

    // ---- for FreeStack ----------------------------------------------------------------------------------------------

    int nextFree(int address) {
        return Chunk.next(facts[Chunk.numberOf(address)], Chunk.slotOf(address));
    }

    int freeDepth(int address) {
        return Chunk.depthAcquire(facts[Chunk.numberOf(address)], Chunk.slotOf(address));
    }
}
