package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Nothing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for a slot in vain: the line is full, the time is up, all is failed or closed. */
class RefusedSlotRequestTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final Duration HUNDRED = Duration.ofNanos(100);

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator = Correlator.builder(1)
            .timeSource(clock::get)
            .maxWaiting(2)
            .sweepByCaller()
            .build();
    private final RecordingSlotRequest<String> first = new RecordingSlotRequest<>();
    private final RecordingSlotRequest<String> second = new RecordingSlotRequest<>();
    private final RecordingSlotRequest<String> third = new RecordingSlotRequest<>();
    private Pending<String> inFlight = correlator.open();

    @BeforeEach
    void startTheClock() {
        clock.set(7);
    }

    @Test
    void open_lineFull_isRefusedAtOnceAndTellsHowFull() {
        correlator.open(null, HUNDRED, first);
        correlator.open(null, HUNDRED, second);
        correlator.open(null, HUNDRED, third);

        assertThat(third.expectRefused())
                .isInstanceOf(CorrelatorFullException.class)
                .hasMessage(
                        "1 of 1 requests are in flight and 2 wait for a slot: try again later, or raise the capacity");
        first.expectNothing();
        second.expectNothing();
        assertThat(correlator.statistics().waiting()).isEqualTo(2);
        assertThat(correlator.statistics().refused()).isEqualTo(1);
    }

    @Test
    void open_noLineAtAll_isRefusedAtOnce() {
        Correlator<String> without =
                Correlator.builder(1).maxWaiting(0).sweepByCaller().build();
        without.open();

        without.open(null, HUNDRED, first);

        assertThat(first.expectRefused())
                .isInstanceOf(CorrelatorFullException.class)
                .hasMessage("1 of 1 requests are in flight: try again later, or raise the capacity");
    }

    @Test
    void open_maxWaitingNotSet_isTheCapacity() {
        Correlator<String> usual = Correlator.builder(1).sweepByCaller().build();
        usual.open();

        usual.open(null, HUNDRED, first);
        usual.open(null, HUNDRED, second);

        first.expectNothing();
        second.expectRefused();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void open_maxWaitZeroOrLess_doesNotWait(long seconds) {
        correlator.open(null, Duration.ofSeconds(seconds), first);

        assertThat(first.expectRefused()).isInstanceOf(CorrelatorFullException.class);
        assertThat(correlator.statistics().waiting()).isZero();
        assertThat(correlator.statistics().refused()).isEqualTo(1);
        assertThat(first.cancel()).isFalse();
    }

    @Test
    void expire_maxWaitOver_refusesThoseAndNotEarlier() {
        correlator.open(null, HUNDRED, first);
        correlator.open(null, Duration.ofNanos(101), second);

        clock.set(106);
        assertThat(correlator.expire()).isZero();
        first.expectNothing();
        clock.set(107);
        assertThat(correlator.expire()).isZero();

        assertThat(first.expectRefused()).isInstanceOf(CorrelatorFullException.class);
        second.expectNothing();
        assertThat(correlator.statistics().waiting()).isEqualTo(1);
        assertThat(correlator.statistics().refused()).isEqualTo(1);
        inFlight.cancel();
        second.expectOpened();
    }

    @Test
    void expire_laterCameWithLessPatience_isRefusedFirst() {
        correlator.open(null, HUNDRED, first);
        correlator.open(null, Duration.ofNanos(1), second);

        clock.set(8);
        correlator.expire();

        second.expectRefused();
        first.expectNothing();
    }

    @Test
    void expire_requestAndWaitDueTogether_theSlotGoesToWhoWaits() {
        inFlight.cancel();
        inFlight = correlator.open(HUNDRED);
        correlator.open(null, HUNDRED, first);

        clock.set(107);
        assertThat(correlator.expire()).isEqualTo(1);

        first.expectOpened();
    }

    @Test
    void expire_maxWaitHuge_waits() {
        correlator.open(null, Duration.ofSeconds(Long.MAX_VALUE), first);

        correlator.expire(Long.MAX_VALUE);

        first.expectNothing();
    }

    @Test
    void plainOpen_othersWait_isRefusedThoughASlotIsFreeMeanwhile() {
        RecordingSlotRequest<String> greedy = new RecordingSlotRequest<>(pending -> {
            pending.cancel();
            assertThatThrownBy(correlator::open)
                    .isInstanceOf(CorrelatorFullException.class)
                    .hasMessageContaining("1 wait for a slot");
            assertThatThrownBy(() -> correlator.open(HUNDRED)).isInstanceOf(CorrelatorFullException.class);
            correlator.open(null, Duration.ZERO, third);
        });
        correlator.open(null, HUNDRED, greedy);
        correlator.open(null, HUNDRED, second);

        inFlight.cancel();

        greedy.expectOpened();
        second.expectOpened();
        third.expectRefused();
        assertThat(correlator.statistics().refused()).isEqualTo(3);
    }

    @Test
    void close_whileWaiting_isTheCause() {
        correlator.open(null, HUNDRED, first);

        correlator.close();

        assertThat(first.expectRefused()).isInstanceOf(CorrelatorClosedException.class);
        assertThatIllegalStateException().isThrownBy(() -> correlator.open(null, HUNDRED, second));
        second.expectNothing();
    }

    @Test
    void open_null_throwsAndTakesNothing() {
        Duration noWait = Nothing.asA();

        assertThatNullPointerException().isThrownBy(() -> correlator.open(null, noWait, first));

        first.expectNothing();
        assertThat(correlator.statistics().waiting()).isZero();
    }

    /** Who tries again at once, from inside, is not ended by the same call over and over. */
    @Test
    void failAll_refusedWaitAgain_areToldOnceEach() {
        Retrying one = new Retrying();
        Retrying other = new Retrying();
        correlator.open(null, HUNDRED, one);
        correlator.open(null, HUNDRED, other);

        correlator.failAll(CAUSE);

        assertThat(retries).isEqualTo(2);
    }

    @Test
    void expire_refusedWaitAgain_areToldOnceEach() {
        correlator.open(null, HUNDRED, new Retrying());
        correlator.open(null, HUNDRED, new Retrying());

        correlator.expire(1_000_000);

        assertThat(retries).isEqualTo(2);
        assertThat(correlator.statistics().waiting()).isEqualTo(2);
    }

    @Test
    void onRefused_countsWhoWaits_itsOwnWaitIsOver() {
        List<Integer> waiting = new ArrayList<>();
        correlator.open(null, HUNDRED, new SlotRequest<>() {
            @Override
            protected void onOpened(Pending<String> pending) {}

            @Override
            protected void onRefused(Throwable cause) {
                waiting.add(correlator.waiting());
            }
        });

        correlator.failAll(CAUSE);

        assertThat(waiting).containsExactly(0);
    }

    private int retries;

    private final class Retrying extends SlotRequest<String> {
        @Override
        protected void onOpened(Pending<String> pending) {}

        @Override
        protected void onRefused(Throwable cause) {
            retries++;
            if (retries < 10) {
                correlator.open(null, HUNDRED, new Retrying());
            }
        }
    }
}
