package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.RecordingCallback;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request ends by its deadline: by a clock of the test's, swept by the test. */
class DeadlineTest {
    private static final Duration HUNDRED = Duration.ofNanos(100);

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator = correlatorAt(0);

    private Correlator<String> correlatorAt(long start) {
        clock.set(start);
        return Correlator.builder(2).timeSource(clock::get).sweepByCaller().build();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                1_000_000,
                -1,
                -50,
                -100,
                Long.MAX_VALUE,
                Long.MAX_VALUE - 5,
                Long.MAX_VALUE - 100,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 5
            })
    void expire_timeSourceStartsAnywhere_neverEarlyAndAtTheDeadline(long start) {
        Correlator<String> anywhere = correlatorAt(start);
        clock.set(start + 7);
        Pending<String> request = anywhere.open(HUNDRED);
        Pending<String> unlimited = anywhere.open();

        for (long after : new long[] {7, 8, 50, 106}) {
            clock.set(start + after);
            assertThat(anywhere.expire()).isZero();
            assertThat(request.tryReceive()).isNull();
        }
        clock.set(start + 107);
        assertThat(anywhere.expire()).isEqualTo(1);

        assertThatThrownBy(request::tryReceive).hasCauseInstanceOf(TimeoutException.class);
        assertThat(unlimited.tryReceive()).isNull();
    }

    /** A sweep that comes late, and one at the time that the caller says. */
    @Test
    void expire_atATimeOfTheCallers_endsWhatIsDueByThen() {
        Pending<String> request = correlator.open(HUNDRED);

        assertThat(correlator.expire(99)).isZero();
        assertThat(correlator.expire(12_345)).isEqualTo(1);

        assertThatThrownBy(request::tryReceive).rootCause().hasMessageContaining("within PT0.0000001S");
    }

    @Test
    void expire_beforeTheCorrelatorWasMade_endsNothing() {
        correlator.open(Duration.ZERO);
        assertThat(correlator.expire(-1)).isZero();
        assertThat(correlator.expire(Long.MIN_VALUE)).isZero();
        assertThat(correlator.expire(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -1_000_000_000, Long.MIN_VALUE})
    void open_timeoutZeroOrLess_endsWithTheNextSweep(long seconds) {
        clock.set(3);
        Pending<String> request = correlator.open(Duration.ofSeconds(seconds));
        assertThat(request.tryReceive()).isNull();

        assertThat(correlator.expire()).isEqualTo(1);

        assertThatThrownBy(request::tryReceive).rootCause().hasMessageEndingWith("within PT0S");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, -5, Long.MAX_VALUE - 5, Long.MIN_VALUE})
    void open_timeoutHuge_doesNotEnd(long start) {
        Correlator<String> anywhere = correlatorAt(start);
        clock.set(start + 1_000);
        Pending<String> request = anywhere.open(Duration.ofSeconds(Long.MAX_VALUE));
        Pending<String> other = anywhere.open(Duration.ofNanos(Long.MAX_VALUE));

        for (long after : new long[] {1_000, 1_001, Long.MAX_VALUE - 1}) {
            assertThat(anywhere.expire(start + after)).isZero();
        }

        assertThat(request.tryReceive()).isNull();
        assertThat(other.tryReceive()).isNull();
    }

    @Test
    void expire_atTheEndOfTime_sparesRequestsWithoutADeadline() {
        Pending<String> unlimited = correlator.open();
        Pending<String> withNull = correlator.open(null, new RecordingCallback<>());

        assertThat(correlator.expire(Long.MAX_VALUE)).isZero();

        assertThat(unlimited.cancel()).isTrue();
        assertThat(withNull.cancel()).isTrue();
    }

    @Test
    void deadline_ofAnEarlierRequest_doesNotEndTheNextInTheSlot() {
        Correlator<String> single =
                Correlator.builder(1).timeSource(clock::get).sweepByCaller().build();
        single.complete(single.open(HUNDRED).ticket(), "a");

        Pending<String> unlimited = single.open();
        clock.set(100);
        assertThat(single.expire()).isZero();
        unlimited.cancel();

        single.open(HUNDRED).cancel();
        Pending<String> later = single.open(Duration.ofNanos(101));
        clock.set(200);
        assertThat(single.expire()).isZero();
        clock.set(201);
        assertThat(single.expire()).isEqualTo(1);

        assertThatThrownBy(later::tryReceive).hasCauseInstanceOf(TimeoutException.class);
    }

    /** A clock may be anywhere, and a request may be opened long after its correlator was made. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 61, 1L << 62, Long.MAX_VALUE / 2, Long.MAX_VALUE - (1L << 22)})
    void open_longAfterTheCorrelatorWasMade_endsAtItsDeadline(long elapsed) {
        clock.set(elapsed);
        Pending<String> request = correlator.open(HUNDRED);

        clock.set(elapsed + 99);
        assertThat(correlator.expire()).isZero();
        clock.set(elapsed + 100);
        assertThat(correlator.expire()).isEqualTo(1);

        assertThatThrownBy(request::tryReceive).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void age_requestWithDeadline_isExact() {
        clock.set(10);
        Pending<String> request = correlator.open(HUNDRED);
        clock.set(35);

        assertThat(correlator.snapshot())
                .containsExactly(new RequestInfo(request.ticket(), Duration.ofNanos(25), null));
    }

    @Test
    void age_requestWithoutDeadlineSweptByCaller_isExact() {
        clock.set(10);
        correlator.expire();
        clock.set(20);
        Pending<String> request = correlator.open();
        clock.set(35);

        assertThat(correlator.snapshot())
                .containsExactly(new RequestInfo(request.ticket(), Duration.ofNanos(15), null));
    }

    @Test
    void age_requestWithoutDeadlineOfATimer_isExact() {
        ManualTimer timer = new ManualTimer(clock);
        Correlator<String> timed = Correlator.builder(2).timer(timer).build();
        timer.advanceTo(100);
        Pending<String> request = timed.open();
        clock.addAndGet(7);

        assertThat(timed.snapshot()).containsExactly(new RequestInfo(request.ticket(), Duration.ofNanos(7), null));
    }

    /** A leak is told by its age, which the coarse clock of the process may tell too long. */
    @Test
    void age_leaksAreReported_isNotByTheCoarseClock() throws Exception {
        CoarseClock coarse = ((SharedTimer) DeadlineTimer.shared()).coarseClock();
        Class<?> tick = coarse.getClass().getDeclaredClasses()[0];
        Constructor<?> constructor = tick.getDeclaredConstructor(CoarseClock.class, long.class);
        constructor.setAccessible(true);
        Object anHourAgo = constructor.newInstance(
                coarse, System.nanoTime() - Duration.ofHours(1).toNanos());
        Correlator<String> reporting = Correlator.builder(1)
                .reportLeaks(Duration.ofDays(1), leak -> {})
                .build();
        Tables.set(coarse, "latest", anHourAgo);
        try {
            reporting.open();
        } finally {
            Tables.set(coarse, "latest", null);
        }

        assertThat(reporting.snapshot().get(0).age()).isLessThan(Duration.ofMinutes(30));
    }

    @Test
    void age_sweptAheadOfTheTimeSource_isNotNegative() {
        correlator.expire(1_000);
        correlator.open();

        assertThat(correlator.snapshot())
                .singleElement()
                .extracting(RequestInfo::age)
                .isEqualTo(Duration.ZERO);
    }
}
