package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.testkit.Race;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripedFreeListTest {
    private static final int LARGE = 1_024;

    private static SlotTable<String> table(int capacity) {
        return Tables.of(Correlator.builder(capacity).sweepByCaller().build());
    }

    private static FreeSlots list(int capacity) {
        SlotTable<String> table = table(capacity);
        return new FreeSlots(table, new StripedFreeList(table, capacity));
    }

    /** A list whose slots are told by their indices. */
    private record FreeSlots(SlotTable<String> table, StripedFreeList list) {
        int take() {
            int address = list.take();
            return address == StripedFreeList.NONE
                    ? StripedFreeList.NONE
                    : table.chunkOf(address).index(Chunk.slotOf(address));
        }

        void release(int index, boolean answered) {
            int address = table.makeChunkOf(index);
            list.release(table.chunkOf(address), Chunk.slotOf(address), answered);
        }

        int inUse() {
            return list.inUse();
        }

        long taken() {
            return list.taken();
        }

        long answered() {
            return list.answered();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 520, 1_000, 1_023, 1_024, 1_025, 50_000})
    void take_byOneThread_givesEachSlotOnceAndThenNone(int capacity) {
        FreeSlots free = list(capacity);

        List<Integer> taken = takeAll(free);
        assertThat(new HashSet<>(taken)).hasSize(capacity).hasSameSizeAs(taken);
        assertThat(taken).allMatch(slot -> slot >= 0 && slot < capacity);
        assertThat(free.inUse()).isEqualTo(capacity);

        Random random = new Random(capacity);
        Collections.shuffle(taken, random);
        taken.forEach(slot -> free.release(slot, random.nextBoolean()));
        assertThat(free.inUse()).isZero();
        List<Integer> again = takeAll(free);
        assertThat(again).hasSize(capacity);
        assertThat(new HashSet<>(again)).isEqualTo(new HashSet<>(taken)); // not list by list: that is quadratic
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void take_afterRelease_givesTheSameSlot(boolean answered) {
        FreeSlots free = list(LARGE);
        free.take();
        int slot = free.take();

        for (int i = 0; i < 5; i++) {
            free.release(slot, answered);
            assertThat(free.take()).isEqualTo(slot);
        }
    }

    /** Slots that threads use at the same time are in different cache lines. */
    @ParameterizedTest
    @ValueSource(ints = {64, 65, 1_000, 100_000})
    void take_firstSlots_areSpreadOverTheFirstBlocks(int capacity) {
        FreeSlots free = list(capacity);

        assertThat(take(free, 64)).startsWith(0, 16, 32, 48, 1, 17, 33, 49, 2).endsWith(15, 31, 47, 63);
        assertThat(take(free, Math.min(3, capacity - 64)))
                .isEqualTo(IntStream.range(64, Math.min(67, capacity)).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 63})
    void take_smallTable_countsUp(int capacity) {
        assertThat(takeAll(list(capacity)))
                .isEqualTo(IntStream.range(0, capacity).boxed().toList());
    }

    // ---- stripes ----------------------------------------------------------------------------------------------------

    @Test
    void take_withoutContention_usesOneStripe() {
        FreeSlots free = list(LARGE);
        take(free, 500).forEach(slot -> free.release(slot, true));
        take(free, 100);

        assertThat(stripes(free)).isEqualTo(1);
    }

    /** Slots that were given back before are not where they belong now. */
    @Test
    void take_afterStripesWereAdded_findsAllSlots() {
        FreeSlots free = list(LARGE);
        take(free, 500).forEach(slot -> free.release(slot, slot % 3 == 0));
        long answered = free.answered();

        widen(free);
        assertThat(stripes(free)).isEqualTo(2);

        assertThat(free.inUse()).isZero();
        assertThat(free.answered()).isEqualTo(answered);
        assertThat(free.taken()).isEqualTo(500);
        List<Integer> taken = takeAll(free);
        assertThat(new HashSet<>(taken)).hasSize(LARGE).hasSameSizeAs(taken);
        taken.forEach(slot -> free.release(slot, false));
        assertThat(takeAll(free)).hasSize(LARGE);
        assertThat(free.taken()).isEqualTo(500 + 2 * LARGE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "16, 1", "17, 2", "1024, 0"})
    void stripes_overAndOverContended_areAsManyAsBlocksAndProcessorsAllow(int capacity, int most) {
        FreeSlots free = list(capacity);

        for (int i = 0; i < 20; i++) {
            widen(free);
        }

        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(stripes(free))
                .isEqualTo(
                        most == 0 ? Integer.highestOneBit(Math.min(((capacity - 1) >> 4) + 1, 2 * processors)) : most);
        assertThat(takeAll(free)).hasSize(capacity);
    }

    // ---- counts -----------------------------------------------------------------------------------------------------

    @Test
    void counts_takenAndGivenBack_areExact() {
        FreeSlots free = list(LARGE);
        expectCounts(free, 0, 0, 0);

        List<Integer> taken = take(free, 10);
        expectCounts(free, 10, 0, 10);

        free.release(taken.get(0), true);
        free.release(taken.get(1), false);
        free.release(taken.get(2), true);
        expectCounts(free, 10, 2, 7);

        take(free, 2);
        expectCounts(free, 12, 2, 9);
        widen(free);
        expectCounts(free, 12, 2, 9);

        free.release(taken.get(9), true);
        expectCounts(free, 12, 3, 8);
    }

    private static void expectCounts(FreeSlots free, long taken, long answered, int inUse) {
        assertThat(free.taken()).as("taken").isEqualTo(taken);
        assertThat(free.answered()).as("answered").isEqualTo(answered);
        assertThat(free.inUse()).as("in use").isEqualTo(inUse);
    }

    /** The head of a stack has 39 bits for the number of pops. */
    @Test
    void counts_stackBeginsToCountAgain_goOn() {
        SlotTable<String> table = table(4);
        Chunk<String> chunk = table.chunkOf(table.makeChunkOf(0));
        FreeStack stack = new FreeStack(table);
        long pops = (1L << 39) - 2;
        Tables.set(stack, "head", pops << 25 | FreeStack.NONE);
        for (int i = 0; i < 4; i++) {
            stack.push(chunk, i);
        }

        for (int i = 1; i <= 4; i++) {
            assertThat(stack.pop()).isEqualTo(4 - i);
            assertThat(stack.taken()).isEqualTo(pops + i);
            assertThat(stack.givenBack()).isEqualTo(pops + 4);
            assertThat(stack.size()).isEqualTo(4 - i);
        }
        assertThat(stack.pop()).isEqualTo(FreeStack.NONE);
    }

    // ---- by several threads -----------------------------------------------------------------------------------------

    /** As many threads as slots, each of which holds one at a time: there is always a free one. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void take_oneIsFreeAtEveryMoment_isNeverRefused(int threads) throws Exception {
        FreeSlots free = list(LARGE);
        List<Integer> held = takeAll(free);
        widen(free);
        for (int slot = 0; slot < threads; slot++) {
            held.remove((Object) (slot << 4)); // one of each block
            free.release(slot << 4, true);
        }
        long before = free.taken();
        int rounds = 100_000;
        Race.Action taker = () -> {
            SplittableRandom random = new SplittableRandom();
            for (int i = 0; i < rounds; i++) {
                int slot = free.take();
                if (slot == StripedFreeList.NONE) {
                    throw new AssertionError("refused in round " + i);
                }
                free.release(slot, random.nextBoolean());
            }
        };
        Race.Action[] takers = new Race.Action[threads];
        Arrays.fill(takers, taker);

        try (Race race = new Race()) {
            race.together(takers);
        }

        assertThat(free.taken() - before).isEqualTo((long) threads * rounds);
        assertThat(free.inUse()).isEqualTo(held.size());
        held.addAll(takeAll(free));
        assertThat(new HashSet<>(held)).hasSize(LARGE).hasSameSizeAs(held);
    }

    @Test
    void take_byManyThreadsUntilNone_givesEachSlotOnce() throws Exception {
        for (int run = 0; run < 50; run++) {
            FreeSlots free = list(5_000);
            List<Integer> all = Collections.synchronizedList(new ArrayList<>());
            Race.Action taker = () -> all.addAll(takeAll(free));

            try (Race race = new Race()) {
                race.together(taker, taker, taker);
            }

            assertThat(new HashSet<>(all)).hasSize(5_000).hasSameSizeAs(all);
        }
    }

    private static List<Integer> takeAll(FreeSlots free) {
        List<Integer> taken = new ArrayList<>();
        int slot = free.take();
        while (slot != StripedFreeList.NONE) {
            taken.add(slot);
            slot = free.take();
        }
        return taken;
    }

    private static List<Integer> take(FreeSlots free, int count) {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(free.take());
        }
        return taken;
    }

    private static int stripes(FreeSlots free) {
        return ((Object[]) Tables.get(free.list(), "stacks")).length / 2;
    }

    /** As a thread does that met another one. */
    private static void widen(FreeSlots free) {
        Object stacks = Tables.get(free.list(), "stacks");
        try {
            Method widen = StripedFreeList.class.getDeclaredMethod("widen", stacks.getClass());
            widen.setAccessible(true);
            widen.invoke(free.list(), stacks);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
