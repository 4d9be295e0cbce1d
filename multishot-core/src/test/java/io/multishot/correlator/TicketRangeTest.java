package io.multishot.correlator;

import static io.multishot.correlator.ReplyResult.DELIVERED;
import static io.multishot.correlator.ReplyResult.DUPLICATE;
import static io.multishot.correlator.ReplyResult.LATE;
import static io.multishot.correlator.ReplyResult.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.RecordingCallback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tickets of one slot where a run of them is used up, and where the tickets pass the end of their bits. */
class TicketRangeTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    /** Requests before and after a change of the run. */
    private static final int AROUND = 5;

    private static Correlator<String> correlator(int capacity) {
        return Correlator.builder(capacity).sweepByCaller().build();
    }

    /** Returns the difference of two tickets of a slot that follow each other. */
    private static long step(int capacity) {
        return Integer.highestOneBit(Math.max(1, 2 * capacity - 1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "2, 1", "3, 1", "4, 1", "5, 1", "5, 8", "5, 268435456", "1000, 2", "1000, 4294967296"})
    void tickets_acrossTheEndOfARun_areDistinctAndOldOnesLate(int capacity, long runs) {
        Correlator<String> correlator = correlator(capacity);
        setOpened(Tables.firstChunk(correlator), runs * TicketRange.GENERATIONS - AROUND);

        expectSoundTickets(correlator, step(capacity));
    }

    /** In a chunk that is not the first. */
    @ParameterizedTest
    @CsvSource({"65, 1", "100, 1", "5000, 3"})
    void tickets_ofALaterChunkAcrossTheEndOfARun_areDistinctAndOldOnesLate(int capacity, long runs) {
        Correlator<String> correlator = correlator(capacity);
        for (int i = 0; i < 64; i++) {
            correlator.open();
        }
        SlotTable<String> table = Tables.of(correlator);
        setOpened(table.chunkOf(table.makeChunkOf(64)), runs * TicketRange.GENERATIONS - AROUND);

        expectSoundTickets(correlator, step(capacity));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void tickets_acrossTheEndOfTheTicketSpace_areDistinctAndOldOnesLate(int capacity) {
        Correlator<String> correlator = correlator(capacity);
        startAt(correlator, -AROUND);

        expectSoundTickets(correlator, step(capacity));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void tickets_acrossTheLargestLong_areDistinctAndOldOnesLate(int capacity) {
        Correlator<String> correlator = correlator(capacity);
        startAt(correlator, Long.MIN_VALUE / step(capacity) - AROUND);

        expectSoundTickets(correlator, step(capacity));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tickets_acrossTheEndOfTheTicketSpaceAndOfARun_areDistinctAndOldOnesLate(int capacity) {
        Correlator<String> correlator = correlator(capacity);
        startAt(correlator, -TicketRange.GENERATIONS);
        setOpened(Tables.firstChunk(correlator), TicketRange.GENERATIONS - AROUND);

        expectSoundTickets(correlator, step(capacity));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void request_receivedAfterTheNextRunBegan_keepsItsTicket(int capacity) {
        Correlator<String> correlator = correlator(capacity);
        setOpened(Tables.firstChunk(correlator), TicketRange.GENERATIONS - 1);
        Pending<String> last = correlator.open();
        long ticket = last.ticket();
        correlator.complete(ticket, "a");
        Pending<String> first = correlator.open();

        assertThat(last.ticket()).isEqualTo(ticket);
        assertThat(first.ticket()).isEqualTo(ticket + step(capacity));
        assertThat(last.toString()).contains(Ticket.toHex(ticket));
        assertThat(last.tryReceive()).isEqualTo("a");
        assertThat(first.tryReceive()).isNull();
    }

    /** An opening that failed uses up no number, also where a run begins. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void open_failsWhereARunBegins_nextTicketIsAsIfItHadNot(int capacity) {
        Correlator<String> correlator = correlator(capacity);
        setOpened(Tables.firstChunk(correlator), TicketRange.GENERATIONS - 1);
        Pending<String> last = correlator.open();
        last.cancel();
        RecordingCallback<String> busy = new RecordingCallback<>();
        Receiver<String> receiver = new Receiver<>();
        receiver.sender(busy);
        try {
            correlator.open(null, busy);
        } catch (IllegalStateException expected) {
            // it waits at the receiver
        }

        Pending<String> first = correlator.open();

        assertThat(first.ticket()).isEqualTo(last.ticket() + step(capacity));
        assertThat(correlator.complete(first.ticket(), "a")).isEqualTo(DELIVERED);
    }

    /** A slot of which each ticket there can be was issued before. */
    @ParameterizedTest
    @CsvSource({"5, 8796093022208", "5, 8796093022209", "1000, 68719476736", "70000, 536870912", "70000, 3000000000"})
    void replies_afterTheNumbersOfTheSlotBeganAgain_areToldAsBefore(int capacity, long runs) {
        Correlator<String> correlator = correlator(capacity);
        setOpened(Tables.firstChunk(correlator), runs * TicketRange.GENERATIONS - AROUND);
        long step = step(capacity);
        long previous = correlator.open().ticket();
        assertThat(correlator.complete(previous, "a")).isEqualTo(DELIVERED);

        for (int i = 0; i < 2 * AROUND; i++) {
            assertThat(correlator.complete(previous, "again")).isEqualTo(DUPLICATE);
            Pending<String> request = correlator.open();
            assertThat(request.ticket()).isEqualTo(previous + step);
            assertThat(correlator.complete(previous, "old")).isEqualTo(LATE);

            assertThat(correlator.complete(request.ticket(), "a")).isEqualTo(DELIVERED);

            assertThat(correlator.complete(request.ticket(), "again")).isEqualTo(DUPLICATE);
            assertThat(correlator.complete(previous, "old")).isEqualTo(LATE);
            previous = request.ticket();
        }

        Pending<String> last = correlator.open();
        last.cancel();
        assertThat(correlator.complete(last.ticket(), "late")).isEqualTo(LATE);
        assertThat(correlator.complete(last.ticket() + step, "as old as can be"))
                .isEqualTo(LATE);
    }

    /** Tickets of fewer bits: they come again after 2^(bits - index bits) requests of the slot. */
    @ParameterizedTest
    @ValueSource(ints = {16, 17, 20, 27, 31, 32, 33, 53, 63})
    void tickets_ofFewerBits_beginAgainAtTheEndOfTheirBits(int bits) {
        TicketLayout layout = TicketLayout.of(bits, 1_000);
        Chunk<String> chunk = chunk(layout, layout.generationMask() - AROUND + 1);
        long before = -1;
        for (int i = 0; i < 2 * AROUND; i++) {
            Pending<String> request = open(chunk, 7);
            assertThat(request.ticket()).isEqualTo(layout.ticket(7, layout.generationMask() - AROUND + 1 + i));
            assertThat(chunk.find(7, request.ticket())).isSameAs(request);
            assertThat(chunk.find(7, layout.ticket(7, layout.generationMask() - AROUND + 2 + i)))
                    .isEqualTo(UNKNOWN);
            if (i > 0) {
                assertThat(chunk.find(7, before)).isEqualTo(LATE);
            }
            assertThat(chunk.find(7, request.ticket() | layout.mask() + 1)).isEqualTo(UNKNOWN);

            chunk.vacate(7, DUPLICATE);

            assertThat(chunk.find(7, request.ticket())).isEqualTo(DUPLICATE);
            before = request.ticket();
        }
    }

    /** A slot of 64 tickets, many times over. */
    @Test
    void tickets_ofTheFewestBits_areToldApartInEachRound() {
        TicketLayout layout = TicketLayout.of(16, 1_000);
        Chunk<String> chunk = chunk(layout, 12_345);
        for (int i = 0; i < 1_000; i++) {
            Pending<String> request = open(chunk, 7);
            assertThat(chunk.find(7, request.ticket())).isSameAs(request);
            for (int other = 1; other < 64; other++) {
                assertThat(chunk.find(7, layout.ticket(7, 12_345 + i + other)))
                        .isEqualTo(i + other < 64 ? UNKNOWN : LATE);
            }
            chunk.vacate(7, LATE);
            assertThat(chunk.find(7, request.ticket())).isEqualTo(LATE);
        }
    }

    private static Chunk<String> chunk(TicketLayout layout, long generation) {
        Chunk<String> any = Tables.firstChunk(correlator(1));
        return new Chunk<>(any.owner(), layout, 0, 0, 64, generation, false);
    }

    private static Pending<String> open(Chunk<String> chunk, int slot) {
        Pending<String> request = chunk.nextRequest(slot);
        chunk.occupy(slot, request, 0, 0, DeadlineWord.NEVER, null);
        request.begin(null);
        return request;
    }

    /** Opens and ends requests in the slot that is on top, and replies to each ticket at each stage. */
    private static void expectSoundTickets(Correlator<String> correlator, long step) {
        int others = correlator.inFlight();
        List<Long> tickets = new ArrayList<>();
        for (int i = 0; i < 2 * AROUND; i++) {
            Pending<String> request = correlator.open();
            tickets.add(request.ticket());
            if (i > 0) {
                assertThat(request.ticket()).isEqualTo(tickets.get(i - 1) + step);
            }
            for (long old : tickets.subList(0, i)) {
                assertThat(correlator.complete(old, "old")).as("old").isEqualTo(LATE);
            }
            assertThat(correlator.complete(request.ticket() + step, "future")).isEqualTo(UNKNOWN);
            assertThat(correlator.snapshot())
                    .hasSize(others + 1)
                    .extracting(RequestInfo::ticket)
                    .contains(request.ticket());

            assertThat(correlator.complete(request.ticket(), "a")).isEqualTo(DELIVERED);

            assertThat(correlator.fail(request.ticket(), CAUSE)).isEqualTo(DUPLICATE);
            assertThat(correlator.complete(request.ticket() + step, "future")).isEqualTo(UNKNOWN);
            assertThat(request.tryReceive()).isEqualTo("a");
        }
        assertThat(new HashSet<>(tickets)).hasSameSizeAs(tickets);
    }

    /** As if so many requests, not a multiple of a run, had been opened in each slot of the chunk. */
    private static <T> void setOpened(Chunk<T> chunk, long opened) {
        long last = opened - 1;
        long generation = last % TicketRange.GENERATIONS;
        for (int slot = 0; slot < chunk.size(); slot++) {
            long word = DeadlineWord.of(DeadlineWord.NEVER, (int) generation);
            assertThat(chunk.compareAndSetWord(slot, chunk.wordAcquire(slot), word))
                    .isTrue();
        }
        TicketRange<T> first = Tables.get(chunk, "firstRange");
        long start = last - generation;
        TicketRange<?>[] ranges = new TicketRange<?>[chunk.size()];
        Arrays.fill(
                ranges,
                new TicketRange<>(
                        chunk,
                        first.firstTicket() + (start << first.indexBits()),
                        first.indexBits(),
                        first.mask(),
                        start));
        Tables.set(chunk, "ranges", ranges);
    }

    /** Lets the first ticket of each slot have this generation. */
    private static <T> void startAt(Correlator<T> correlator, long generation) {
        SlotTable<T> table = Tables.of(correlator);
        Chunk<T> first = Tables.firstChunk(correlator);
        TicketLayout layout = Tables.get(table, "layout");
        Chunk<T> other = new Chunk<>(first.owner(), layout, 0, 0, first.size(), generation, false);
        Tables.set(table, "chunks", new Chunk<?>[] {other});
        Tables.set(table, "facts", new long[][] {other.facts()});
    }
}
