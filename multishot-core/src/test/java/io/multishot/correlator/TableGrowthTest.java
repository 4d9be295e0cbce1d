package io.multishot.correlator;

import static io.multishot.testkit.AllocationMeter.bytesPerRound;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that has room for what is in flight, whatever the capacity. */
class TableGrowthTest {
    private static final int KILOBYTES = 1_024;

    private Correlator<String> kept = Correlator.withCapacity(1);

    private static Correlator<String> correlator(int capacity) {
        return Correlator.builder(capacity).sweepByCaller().build();
    }

    private static List<Chunk<String>> chunks(Correlator<String> correlator) {
        return List.of(Tables.of(correlator).chunks());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 1_000_000, Correlator.MAX_CAPACITY})
    void build_anyCapacity_allocatesLittle(int capacity) {
        assertThat(bytesPerRound(() -> kept = Correlator.withCapacity(capacity)))
                .isLessThan(10 * KILOBYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 1_000_000, Correlator.MAX_CAPACITY})
    void open_first_allocatesLittle(int capacity) {
        assertThat(bytesPerRound(() -> {
                    kept = correlator(capacity);
                    kept.open();
                }))
                .isLessThan(10 * KILOBYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 1_000_000, Correlator.MAX_CAPACITY})
    void open_firstRequests_makeOneChunk(int capacity) {
        Correlator<String> correlator = correlator(capacity);
        assertThat(chunks(correlator)).isEmpty();

        for (int i = 0; i < 64; i++) {
            correlator.open();
            assertThat(chunks(correlator)).hasSize(1);
        }
        assertThat(chunks(correlator).get(0).size()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "63, 1",
        "64, 1",
        "65, 2",
        "128, 2",
        "129, 3",
        "4096, 7",
        "4097, 8",
        "8192, 8",
        "8193, 9",
        "20000, 11"
    })
    void open_untilFull_makesAsManySlotsAsTheCapacity(int capacity, int chunks) {
        Correlator<String> correlator = correlator(capacity);
        Set<Long> tickets = new HashSet<>();
        for (int i = 0; i < capacity; i++) {
            tickets.add(correlator.open().ticket());
        }

        assertThat(tickets).hasSize(capacity);
        assertThat(chunks(correlator)).hasSize(chunks);
        assertThat(chunks(correlator).stream().mapToInt(Chunk::size).sum()).isEqualTo(capacity);
        for (long ticket : tickets) {
            assertThat(correlator.complete(ticket, "a")).isEqualTo(ReplyResult.DELIVERED);
        }
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void open_oneAtATime_doesNotGrow() {
        Correlator<String> correlator = correlator(1_000_000);
        for (int i = 0; i < 100_000; i++) {
            correlator.complete(correlator.open().ticket(), "a");
        }
        assertThat(chunks(correlator)).hasSize(1);
    }

    // ---- where tickets start ----------------------------------------------------------------------------------------

    /** Nothing that is drawn is in the image of a process that is saved before the first request. */
    @Test
    void firstTicket_chunkIsMade_isDrawnThen() {
        Correlator<String> correlator = correlator(1_000);
        assertThat(chunks(correlator)).isEmpty();
        for (int i = 0; i < 1_000; i++) {
            correlator.open();
        }

        TicketLayout layout = TicketLayout.of(64, 1_000);
        Set<Long> generations = new HashSet<>();
        for (Chunk<String> chunk : chunks(correlator)) {
            TicketRange<String> first = Tables.get(chunk, "firstRange");
            generations.add(first.firstTicket() >>> layout.indexBits());
        }
        assertThat(generations).hasSameSizeAs(chunks(correlator)).hasSizeGreaterThan(3);
    }

    @Test
    void firstTicket_manyCorrelators_differs() {
        Set<Long> tickets = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            tickets.add(correlator(1).open().ticket());
        }
        assertThat(tickets).hasSize(10_000);
    }

    // ---- counting ---------------------------------------------------------------------------------------------------

    /** With a table that has no slots any more, to read. */
    @Test
    void statistics_manyInFlight_readsNoSlot() {
        Correlator<String> correlator = correlator(100_000);
        List<Pending<String>> requests = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            requests.add(correlator.open());
        }
        correlator.complete(requests.get(0).ticket(), "a");
        requests.get(1).cancel();
        correlator.open();
        correlator.open();
        CorrelatorStatistics before = correlator.statistics();
        SlotTable<String> table = Tables.of(correlator);
        int chunks = table.chunks().length;

        Tables.set(table, "chunks", new Chunk<?>[chunks]);
        Tables.set(table, "facts", new long[chunks][]);

        assertThat(correlator.statistics())
                .isEqualTo(before)
                .isEqualTo(new CorrelatorStatistics(50_000, 0, 50_002, 1, 0, 0, 1, 0, 0, 0, 0));
        assertThat(correlator.inFlight()).isEqualTo(50_000);
        assertThat(correlator).hasToString("Correlator[50000 of 100000 in flight]");
    }
}
