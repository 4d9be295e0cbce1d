package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripedFreeListTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 33, 64, 100, 520, 1_000, 1_023, 1_024, 1_025, 50_000})
    void pop_byOneThread_givesOutEachSlotOnceAndThenNone(int capacity) {
        StripedFreeList<Object> free = new StripedFreeList<>(slots(capacity));

        List<Slot<Object>> taken = popAll(free);
        assertThat(taken).hasSize(capacity).doesNotHaveDuplicates();
        assertThat(free.size()).isZero();

        Collections.shuffle(taken, new Random(capacity));
        taken.forEach(free::push);
        assertThat(free.size()).isEqualTo(capacity);
        assertThat(new HashSet<>(popAll(free))).isEqualTo(new HashSet<>(taken)); // not list by list: that is quadratic
    }

    @Test
    void pop_afterPush_givesTheSameSlotToTheSameThread() {
        StripedFreeList<Object> free = new StripedFreeList<>(slots(1_024));
        Slot<Object> slot = free.pop();
        assertThat(slot).isNotNull();

        free.push(slot);

        assertThat(free.pop()).isSameAs(slot);
    }

    private static List<Slot<Object>> popAll(StripedFreeList<Object> free) {
        List<Slot<Object>> taken = new ArrayList<>();
        Slot<Object> slot = free.pop();
        while (slot != null) {
            taken.add(slot);
            slot = free.pop();
        }
        return taken;
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static Slot<Object>[] slots(int capacity) {
        TicketLayout layout = TicketLayout.forSlots(capacity);
        Slot<Object>[] slots = (Slot<Object>[]) new Slot<?>[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot<>((request, handler) -> {}, layout, i, i);
        }
        return slots;
    }
}
