package io.multishot.correlator;

import static io.multishot.correlator.ReplyResult.DELIVERED;
import static io.multishot.correlator.ReplyResult.DUPLICATE;
import static io.multishot.correlator.ReplyResult.LATE;
import static io.multishot.correlator.ReplyResult.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.RecordingCallback;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tickets of one slot where their numbers outgrow 32 bits, and where the tickets themselves pass the end of 64
 * bits.
 */
class TicketRangeTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    /** Requests before and after a change of the series. */
    private static final int AROUND = 5;

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 3", "2, 0", "3, 0", "4, 0", "5, 0", "5, 7", "5, 268435455", "1000, 1", "1000, 2097151"})
    void tickets_acrossAChangeOfSeries_areDistinctAndOldOnesLate(int capacity, int changesBefore) {
        Correlator<String> correlator =
                Correlator.builder(capacity).sweepByCaller().build();
        long opened = (changesBefore + 1) * TicketRange.LENGTH - AROUND;
        setOpened(correlator, opened);
        long step = Integer.highestOneBit(Math.max(1, 2 * capacity - 1));

        expectSoundTickets(correlator, step);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void tickets_acrossTheEndOfTheTicketSpace_areDistinctAndOldOnesLate(int capacity) {
        Correlator<String> correlator =
                Correlator.builder(capacity).sweepByCaller().build();
        long step = Integer.highestOneBit(Math.max(1, 2 * capacity - 1));
        startAt(correlator, -step * AROUND);

        expectSoundTickets(correlator, step);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tickets_acrossTheLargestLong_areDistinctAndOldOnesLate(int capacity) {
        Correlator<String> correlator =
                Correlator.builder(capacity).sweepByCaller().build();
        long step = Integer.highestOneBit(Math.max(1, 2 * capacity - 1));
        startAt(correlator, Long.MIN_VALUE - step * AROUND);

        expectSoundTickets(correlator, step);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void request_stillInFlightAfterTheNext32Bits_keepsItsTicket(int capacity) {
        Correlator<String> correlator =
                Correlator.builder(capacity).sweepByCaller().build();
        setOpened(correlator, TicketRange.LENGTH - 1);
        Pending<String> last = correlator.open();
        long ticket = last.ticket();
        correlator.complete(ticket, "a");
        Pending<String> first = correlator.open();

        assertThat(last.ticket()).isEqualTo(ticket);
        assertThat(first.ticket()).isNotEqualTo(ticket);
        assertThat(last.toString()).contains(Ticket.toHex(ticket));
    }

    /** An opening that failed uses up no number, also where a series begins. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void open_failsWhereASeriesBegins_nextTicketIsAsIfItHadNot(int capacity) {
        Correlator<String> correlator =
                Correlator.builder(capacity).sweepByCaller().build();
        setOpened(correlator, TicketRange.LENGTH - 1);
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

        long step = Integer.highestOneBit(Math.max(1, 2 * capacity - 1));
        assertThat(first.ticket()).isEqualTo(last.ticket() + step);
        assertThat(correlator.complete(first.ticket(), "a")).isEqualTo(DELIVERED);
    }

    /** So many requests of one slot that its numbers begin again: then each ticket there can be was issued before. */
    @ParameterizedTest
    @CsvSource({"5, 536870912", "5, 536870913", "1000, 4194304", "70000, 32768", "70000, 3000000"})
    void replies_afterTheNumbersOfTheSlotBeganAgain_areToldAsBefore(int capacity, int changesBefore) {
        Correlator<String> correlator =
                Correlator.builder(capacity).sweepByCaller().build();
        setOpened(correlator, changesBefore * TicketRange.LENGTH - AROUND);
        long step = Integer.highestOneBit(2 * capacity - 1);
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

    /** Opens and ends requests in the slot that is on top, and replies to each ticket at each stage. */
    private static void expectSoundTickets(Correlator<String> correlator, long step) {
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
                    .singleElement()
                    .satisfies(inFlight -> assertThat(inFlight.ticket()).isEqualTo(request.ticket()));

            assertThat(correlator.complete(request.ticket(), "a")).isEqualTo(DELIVERED);

            assertThat(correlator.fail(request.ticket(), CAUSE)).isEqualTo(DUPLICATE);
            assertThat(correlator.complete(request.ticket() + step, "future")).isEqualTo(UNKNOWN);
            assertThat(request.tryReceive()).isEqualTo("a");
        }
        assertThat(new HashSet<>(tickets)).hasSameSizeAs(tickets);
    }

    /** As if so many requests, not a multiple of a range, had been opened in each slot. */
    private static void setOpened(Correlator<?> correlator, long opened) {
        for (Slot<?> slot : slots(correlator)) {
            setOpened(slot, opened);
        }
    }

    private static <T> void setOpened(Slot<T> slot, long opened) {
        set(slot, "opened", opened);
        TicketRange<T> first = get(slot, "range");
        long whole = opened / TicketRange.LENGTH * TicketRange.LENGTH;
        set(
                slot,
                "range",
                new TicketRange<>(
                        first.owner(),
                        first.indexBits(),
                        TicketLayout.ticket(first.indexBits(), first.firstTicket(), whole)));
    }

    /** Lets the first ticket of each slot be this one, with the slot's index. */
    private static <T> void startAt(Correlator<T> correlator, long first) {
        Slot<T>[] slots = slots(correlator);
        for (int i = 0; i < slots.length; i++) {
            TicketRange<T> range = get(slots[i], "range");
            Slot<T> slot = new Slot<>(range.owner(), new TicketLayout(range.indexBits()), i, first | i);
            slot.putOn(slots[i].next(), slots[i].depthAcquire());
            slots[i] = slot;
        }
    }

    static <T> Slot<T>[] slots(Correlator<T> correlator) {
        return get(get(get(correlator, "engine"), "table"), "slots");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the field's type
    private static <V> V get(Object owner, String field) {
        try {
            return (V) field(owner, field).get(owner);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static void set(Object owner, String field, Object value) {
        try {
            field(owner, field).set(owner, value);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Field field(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
