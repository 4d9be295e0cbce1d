package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits of tickets of all widths. */
class TicketLayoutTest {
    private static final int[] SLOTS = {1, 2, 3, 64, 65, 1_000, 32_768, 100_000, Correlator.MAX_CAPACITY};

    private final Random random = new Random(20);

    static IntStream widths() {
        return IntStream.rangeClosed(16, 64);
    }

    /** Those that leave a bit for the generation. */
    private static IntStream slotsOf(int bits) {
        return IntStream.of(SLOTS).filter(slots -> slots <= 1L << (bits - 1));
    }

    @ParameterizedTest
    @MethodSource("widths")
    void ticket_anyIndexAndGeneration_hasBothAndNoFurtherBits(int bits) {
        slotsOf(bits).forEach(slots -> {
            TicketLayout layout = TicketLayout.of(bits, slots);
            for (int i = 0; i < 100; i++) {
                int index = random.nextInt(slots);
                long generation = random.nextLong();

                long ticket = layout.ticket(index, generation);

                assertThat(ticket & layout.indexMask()).isEqualTo(index);
                assertThat(ticket & ~layout.mask()).isZero();
                assertThat(ticket >>> layout.indexBits()).isEqualTo(generation & layout.generationMask());
                assertThat(bits == 64 || ticket >= 0).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("widths")
    void distance_anyGenerations_isTheirDifference(int bits) {
        slotsOf(bits).forEach(slots -> {
            TicketLayout layout = TicketLayout.of(bits, slots);
            for (int i = 0; i < 100; i++) {
                int index = random.nextInt(slots);
                long from = random.nextLong();
                long ahead = random.nextLong() & layout.generationMask();

                assertThat(layout.distance(layout.ticket(index, from), layout.ticket(index, from + ahead)))
                        .isEqualTo(ahead);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("widths")
    void mask_anyWidth_hasSoManyBits(int bits) {
        TicketLayout layout = TicketLayout.of(bits, 64);
        assertThat(Long.bitCount(layout.mask())).isEqualTo(bits);
        assertThat(layout.mask() & layout.mask() + 1).isZero();
        assertThat(Long.bitCount(layout.generationMask())).isEqualTo(bits - 6);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 2", "5, 3", "4096, 12", "4097, 13", "16777215, 24"})
    void of_slots_hasTheShortestIndex(int slots, int indexBits) {
        assertThat(TicketLayout.of(64, slots).indexBits()).isEqualTo(indexBits);
    }

    @Test
    void tickets_allOfTheShortestWidth_areDistinct() {
        TicketLayout layout = TicketLayout.of(16, 100);
        Set<Long> tickets = new HashSet<>();
        for (int index = 0; index < 100; index++) {
            for (int generation = 0; generation <= layout.generationMask(); generation++) {
                tickets.add(layout.ticket(index, generation));
            }
        }
        assertThat(tickets).hasSize(100 * 512);
        assertThat(layout.ticket(5, 512)).isEqualTo(layout.ticket(5, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 15, 65, 128, Integer.MAX_VALUE})
    void of_widthOutOfRange_isRefused(int bits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketLayout.of(bits, 1))
                .withMessage("a ticket has from 16 to 64 bits, not " + bits);
    }

    @ParameterizedTest
    @CsvSource({"16, 32769", "16, 65536", "16, 16777215", "17, 65537", "24, 16777215"})
    void of_noBitIsLeftForTheGeneration_isRefused(int bits, int slots) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketLayout.of(bits, slots))
                .withMessageContaining("tickets of " + bits + " bits")
                .withMessageContaining("lower the capacity");
    }
}
