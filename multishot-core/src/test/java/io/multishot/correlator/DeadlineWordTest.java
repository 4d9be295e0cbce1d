package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The word that has the deadline of a slot's request, and which request that is. */
class DeadlineWordTest {
    private static final long UNIT = 1L << 20;

    /** The first time that counts as never: the last unit before the end of a long. */
    private static final long SATURATED = Long.MAX_VALUE - UNIT + 1;

    private static final int LAST = (1 << 18) - 1;

    static LongStream deadlines() {
        return LongStream.concat(
                LongStream.of(
                        0, 1, UNIT - 1, UNIT, UNIT + 1, 7 * UNIT, 1L << 61, 1L << 62, SATURATED - UNIT, SATURATED - 1),
                new Random(20).longs(50, 0, SATURATED));
    }

    @ParameterizedTest
    @MethodSource("deadlines")
    void of_anyDeadline_isExactWithItsRest(long deadline) {
        for (int generation : new int[] {0, 1, 12_345, LAST}) {
            long word = DeadlineWord.of(deadline, generation);

            assertThat(DeadlineWord.deadline(word, DeadlineWord.rest(deadline))).isEqualTo(deadline);
            assertThat(DeadlineWord.lowerBound(word)).isBetween(deadline - UNIT + 1, deadline);
            assertThat(DeadlineWord.generation(word)).isEqualTo(generation);
            assertThat(DeadlineWord.isFired(word)).isFalse();
            assertThat(DeadlineWord.isUnused(word)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("deadlines")
    void extended_anyDeadline_isRoundedUpAndWithoutARest(long deadline) {
        for (int generation : new int[] {0, 12_345, LAST}) {
            long word = DeadlineWord.extended(DeadlineWord.of(99, generation), deadline);

            long extended = DeadlineWord.deadline(word, 99);
            if (deadline > SATURATED - UNIT) {
                assertThat(extended).isEqualTo(DeadlineWord.NEVER);
            } else {
                assertThat(extended).isBetween(deadline, deadline + UNIT - 1);
                assertThat(extended % UNIT).isZero();
                assertThat(DeadlineWord.lowerBound(word)).isEqualTo(extended);
            }
            assertThat(DeadlineWord.generation(word)).isEqualTo(generation);
            assertThat(DeadlineWord.isFired(word)).isFalse();
        }
    }

    @Test
    void extended_twice_hasTheLastDeadline() {
        long once = DeadlineWord.extended(DeadlineWord.of(5, 3), 40 * UNIT);
        assertThat(DeadlineWord.deadline(DeadlineWord.extended(once, 2 * UNIT - 1), 5))
                .isEqualTo(2 * UNIT);
    }

    @ParameterizedTest
    @MethodSource("deadlines")
    void fired_anyWord_keepsDeadlineAndGeneration(long deadline) {
        long word = DeadlineWord.of(deadline, 12_345);

        long fired = DeadlineWord.fired(word);

        assertThat(DeadlineWord.isFired(fired)).isTrue();
        assertThat(fired).isNotEqualTo(word).isEqualTo(DeadlineWord.fired(fired));
        assertThat(DeadlineWord.deadline(fired, DeadlineWord.rest(deadline))).isEqualTo(deadline);
        assertThat(DeadlineWord.generation(fired)).isEqualTo(12_345);
        assertThat(DeadlineWord.nextGeneration(fired)).isEqualTo(12_346);
        assertThat(DeadlineWord.isUnused(fired)).isFalse();
    }

    @Test
    void fired_extendedWord_keepsItsDeadline() {
        long fired = DeadlineWord.fired(DeadlineWord.extended(DeadlineWord.of(5, 3), 2 * UNIT));
        assertThat(DeadlineWord.deadline(fired, 5)).isEqualTo(2 * UNIT);
    }

    @ParameterizedTest
    @ValueSource(longs = {SATURATED, SATURATED + 1, DeadlineWord.NEVER - 1, DeadlineWord.NEVER})
    void deadline_inMoreThanTheWordHolds_isNever(long deadline) {
        long rest = DeadlineWord.rest(deadline);
        long word = DeadlineWord.of(deadline, 7);
        long extended = DeadlineWord.extended(DeadlineWord.of(5, 7), deadline);

        assertThat(DeadlineWord.deadline(word, rest)).isEqualTo(DeadlineWord.NEVER);
        assertThat(DeadlineWord.lowerBound(word)).isEqualTo(DeadlineWord.NEVER);
        assertThat(DeadlineWord.isFired(word)).isFalse();
        assertThat(DeadlineWord.deadline(extended, rest)).isEqualTo(DeadlineWord.NEVER);
        assertThat(DeadlineWord.isFired(extended)).isFalse();
        assertThat(DeadlineWord.generation(word)).isEqualTo(7);
    }

    @Test
    void nextGeneration_fromUnusedToTheLast_countsAndBeginsAgain() {
        assertThat(DeadlineWord.nextGeneration(DeadlineWord.UNUSED)).isZero();
        assertThat(DeadlineWord.nextGeneration(DeadlineWord.of(0, 0))).isEqualTo(1);
        assertThat(DeadlineWord.nextGeneration(DeadlineWord.of(DeadlineWord.NEVER, LAST - 1)))
                .isEqualTo(LAST);
        assertThat(DeadlineWord.nextGeneration(DeadlineWord.of(UNIT, LAST))).isZero();
    }

    /** By which a compare-and-set of the word tells the requests of a slot from each other. */
    @Test
    void word_sameDeadlineOfTheNextRequest_differs() {
        assertThat(DeadlineWord.of(5 * UNIT, 4)).isNotEqualTo(DeadlineWord.of(5 * UNIT, 3));
    }
}
