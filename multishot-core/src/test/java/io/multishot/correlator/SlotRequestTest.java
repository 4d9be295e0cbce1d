package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Waiting for a slot: the order in which slots are given, and how to stop. RefusedSlotRequestTest has the refusals. */
class SlotRequestTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator = Correlator.builder(2)
            .timeSource(clock::get)
            .maxWaiting(3)
            .sweepByCaller()
            .build();

    @Test
    void open_slotFree_isOpenedAtOnce() {
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();

        correlator.open(null, Duration.ZERO, opening);

        Pending<String> request = opening.expectOpened();
        assertThat(correlator.complete(request.ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
        assertThat(request.tryReceive()).isEqualTo("a");
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    /** The queue removes by {@code equals}: it must find this request, and not one that a subclass takes for equal. */
    @Test
    void equals_inSubclasses_staysIdentity() throws NoSuchMethodException {
        assertThat(SlotRequest.class.getMethod("equals", Object.class).getModifiers())
                .matches(Modifier::isFinal, "is final");
        assertThat(new RecordingSlotRequest<>()).isNotEqualTo(new RecordingSlotRequest<>());
    }

    @Test
    void open_full_isOpenedWhenASlotIsFreeHoweverItBecameSo() {
        for (int how = 0; how < 5; how++) {
            RecordingCallback<String> callback = new RecordingCallback<>();
            Pending<String> first = correlator.open(Duration.ZERO, callback);
            correlator.open();
            RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();
            correlator.open(null, HOUR, opening);
            opening.expectNothing();
            assertThat(correlator.statistics().waiting()).isEqualTo(1);

            switch (how) {
                case 0 -> correlator.complete(first.ticket(), "a");
                case 1 -> correlator.fail(first.ticket(), CAUSE);
                case 2 -> first.cancel();
                case 3 -> callback.revoke();
                default -> correlator.expire();
            }

            opening.expectOpened();
            assertThat(correlator.inFlight()).isEqualTo(2);
            assertThat(correlator.statistics().waiting()).isZero();
            correlator.failAll(CAUSE);
        }
    }

    @Test
    void open_severalWait_areOpenedInTheirOrder() {
        List<Pending<String>> inFlight = fill();
        List<RecordingSlotRequest<String>> openings = wait(3);

        for (int i = 0; i < 3; i++) {
            inFlight.remove(0).cancel();
            inFlight.add(openings.get(i).expectOpened());
            for (RecordingSlotRequest<String> later : openings.subList(i + 1, 3)) {
                later.expectNothing();
            }
            assertThat(correlator.statistics().waiting()).isEqualTo(2 - i);
        }
    }

    @Test
    void open_timeout_countsFromTheOpeningNotFromTheWait() {
        List<Pending<String>> inFlight = fill();
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();
        correlator.open(Duration.ofNanos(10), HOUR, opening);
        clock.set(1_000);
        inFlight.get(0).cancel();
        Pending<String> request = opening.expectOpened();

        clock.set(1_009);
        assertThat(correlator.expire()).isZero();
        clock.set(1_010);
        assertThat(correlator.expire()).isEqualTo(1);

        assertThatThrownBy(request::tryReceive).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void open_withoutTimeout_hasNoDeadline() {
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ZERO, opening);
        clock.set(Long.MAX_VALUE - 1);
        assertThat(correlator.expire()).isZero();
        opening.expectOpened();
    }

    @Test
    void cancel_before_isNeverCalledAndTakesNothing() {
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();
        assertThat(opening.cancel()).isTrue();
        assertThat(opening.cancel()).isFalse();

        correlator.open(null, HOUR, opening);

        opening.expectNothing();
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void cancel_whileWaiting_leavesNoTrace() {
        List<Pending<String>> inFlight = fill();
        RecordingSlotRequest<String> opening = wait(1).get(0);

        assertThat(opening.cancel()).isTrue();
        assertThat(opening.cancel()).isFalse();

        assertThat(correlator.statistics().waiting()).isZero();
        assertThat(correlator.statistics().refused()).isZero();
        inFlight.get(0).cancel();
        opening.expectNothing();
        assertThatCode(correlator::open).doesNotThrowAnyException();
    }

    @Test
    void cancel_inTheMiddle_leavesTheOthersInTheirOrder() {
        List<Pending<String>> inFlight = fill();
        List<RecordingSlotRequest<String>> openings = wait(3);

        openings.get(1).cancel();

        assertThat(correlator.statistics().waiting()).isEqualTo(2);
        inFlight.get(0).cancel();
        openings.get(0).expectOpened();
        openings.get(2).expectNothing();
        inFlight.get(1).cancel();
        openings.get(2).expectOpened();
        openings.get(1).expectNothing();
    }

    @Test
    void cancel_makesRoomInTheLine() {
        fill();
        List<RecordingSlotRequest<String>> openings = wait(3);

        openings.get(0).cancel();

        wait(1).get(0).expectNothing();
        assertThat(correlator.statistics().waiting()).isEqualTo(3);
    }

    @Test
    void cancel_afterOrFromInside_isFalse() {
        List<Boolean> fromInside = new ArrayList<>();
        List<SlotRequest<String>> self = new ArrayList<>();
        RecordingSlotRequest<String> opening =
                new RecordingSlotRequest<>(pending -> fromInside.add(self.get(0).cancel()));
        self.add(opening);

        correlator.open(null, HOUR, opening);

        assertThat(opening.cancel()).isFalse();
        assertThat(fromInside).containsExactly(false);
        assertThat(correlator.inFlight()).isEqualTo(1);
    }

    /** The slot is free, and not given out yet; the request that finds the queue full gives it out before it enters. */
    @Test
    void cancel_whileItMakesRoomInTheQueue_takesNoPlaceThere() {
        RecordingSlotRequest<String> cancelled = new RecordingSlotRequest<>();
        List<Boolean> cancels = new ArrayList<>();
        RecordingSlotRequest<String> first = new RecordingSlotRequest<>(pending -> cancels.add(cancelled.cancel()));
        Pending<String> answered = correlator.open();
        correlator.open();
        correlator.open(null, HOUR, first);
        List<RecordingSlotRequest<String>> others = wait(2);
        answered.receive(new Reaction<>(outcome -> correlator.open(null, HOUR, cancelled)));

        correlator.complete(answered.ticket(), "a");

        first.expectOpened().cancel();
        assertThat(cancels).containsExactly(true);
        cancelled.expectNothing();
        others.get(0).expectOpened();
        others.get(1).expectNothing();
        assertThat(correlator.waiting()).isEqualTo(1);
        others.get(1).cancel();
        assertThat(correlator.waiting()).isZero();
        others.get(0).expectOpened().cancel();
        assertThatCode(correlator::open).doesNotThrowAnyException();
    }

    /** The same without the cancel: the request gives the slot out, and waits. */
    @Test
    void open_queueFullAndSlotNotGivenOutYet_givesItOutAndWaits() {
        Correlator<String> single =
                Correlator.builder(1).maxWaiting(1).sweepByCaller().build();
        RecordingSlotRequest<String> first = new RecordingSlotRequest<>();
        RecordingSlotRequest<String> second = new RecordingSlotRequest<>();
        Pending<String> holder = single.open(null, new Reaction<>(outcome -> single.open(null, HOUR, second)));
        single.open(null, HOUR, first);

        single.complete(holder.ticket(), "a");

        Pending<String> opened = first.expectOpened();
        assertThat(single.waiting()).isEqualTo(1);
        opened.cancel();
        second.expectOpened();
    }

    @Test
    void open_openingUsedBefore_throwsAndTakesNothing() {
        RecordingSlotRequest<String> used = new RecordingSlotRequest<>();
        correlator.open(null, HOUR, used);
        assertThatIllegalStateException()
                .isThrownBy(() -> correlator.open(null, HOUR, used))
                .withMessageContaining("used before");
        assertThat(correlator.inFlight()).isEqualTo(1);

        correlator.open();
        RecordingSlotRequest<String> waiting = wait(1).get(0);
        assertThatIllegalStateException().isThrownBy(() -> correlator.open(null, HOUR, waiting));
        assertThat(correlator.statistics().waiting()).isEqualTo(1);

        used.expectOpened().cancel();
        waiting.expectOpened();
    }

    @Test
    void onOpened_opensFromInside_getsTheNextSlotOrWaits() {
        RecordingSlotRequest<String> second = new RecordingSlotRequest<>();
        RecordingSlotRequest<String> third = new RecordingSlotRequest<>();
        RecordingSlotRequest<String> first = new RecordingSlotRequest<>(pending -> {
            correlator.open(null, HOUR, second);
            correlator.open(null, HOUR, third);
        });

        correlator.open(null, HOUR, first);

        first.expectOpened();
        third.expectNothing();
        second.expectOpened().cancel();
        third.expectOpened();
    }

    /** Each request of the line is answered from inside its opening: the slot is passed on without recursion. */
    @Test
    void onOpened_eachCompletesAtOnce_doesNotGrowTheStack() {
        int count = 100_000;
        Correlator<String> single = Correlator.builder(1)
                .timeSource(() -> 0)
                .maxWaiting(count)
                .sweepByCaller()
                .build();
        Pending<String> blocking = single.open();
        List<Integer> order = new ArrayList<>();
        RecordingCallback<String> callback = new RecordingCallback<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            single.open(null, HOUR, new RecordingSlotRequest<>(pending -> {
                order.add(number);
                pending.receive(callback);
                single.complete(pending.ticket(), "a");
            }));
        }
        assertThat(single.statistics().waiting()).isEqualTo(count);

        blocking.cancel();

        assertThat(callback.calls()).isEqualTo(count);
        assertThat(order).isEqualTo(IntStream.range(0, count).boxed().toList());
        assertThat(single.statistics())
                .isEqualTo(new CorrelatorStatistics(0, 0, count + 1, count, 0, 0, 1, 0, 0, 0, 0));
    }

    private List<Pending<String>> fill() {
        return new ArrayList<>(List.of(correlator.open(), correlator.open()));
    }

    private List<RecordingSlotRequest<String>> wait(int count) {
        List<RecordingSlotRequest<String>> openings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();
            correlator.open(null, HOUR, opening);
            openings.add(opening);
        }
        return openings;
    }
}
