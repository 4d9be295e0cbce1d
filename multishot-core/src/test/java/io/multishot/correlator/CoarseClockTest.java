package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CoarseClockTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ManualTimer timer = new ManualTimer(new AtomicLong(-5));
    private final CoarseClock clock = new CoarseClock(timer);

    @Test
    void nanoTime_first_isExactAndStartsTheTicks() {
        assertThat(timer.isArmed()).isFalse();

        assertThat(clock.nanoTime()).isEqualTo(-5);

        assertThat(timer.pending()).isEqualTo(1);
    }

    @Test
    void nanoTime_readAllTheTime_isThatOfTheLastTick() {
        for (int i = 0; i < 10; i++) {
            assertThat(clock.nanoTime()).isEqualTo(i * SECOND - 5);
            timer.clock.addAndGet(SECOND / 2);
            assertThat(clock.nanoTime()).isEqualTo(i * SECOND - 5);
            timer.advanceTo((i + 1) * SECOND - 5);

            assertThat(timer.pending()).isEqualTo(1);
        }
    }

    @Test
    void tick_notReadSinceTheLast_isTheLast() {
        clock.nanoTime();
        clock.nanoTime();
        timer.advanceTo(3 * SECOND);

        assertThat(timer.isArmed()).isFalse();
        assertThat(timer.scheduled).isEqualTo(2);

        assertThat(clock.nanoTime()).isEqualTo(3 * SECOND);
        assertThat(timer.pending()).isEqualTo(1);
    }

    /** As if the thread that started it had been held up for a second. */
    @Test
    void tick_runsBeforeItIsInstalled_isTheLast() {
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            timer.advanceTo(SECOND);
        };
        clock.nanoTime();
        timer.clock.addAndGet(7);

        assertThat(clock.nanoTime()).isEqualTo(SECOND + 7);
        assertThat(timer.pending()).isEqualTo(1);
    }

    @Test
    void nanoTime_anotherThreadStartsMeanwhile_leavesOneTick() {
        timer.afterSchedule = () -> {
            timer.afterSchedule = () -> {};
            clock.nanoTime();
        };
        clock.nanoTime();

        assertThat(timer.pending()).isEqualTo(1);
    }

    /** A request without a deadline needs no timer. */
    @Test
    void nanoTime_timerRejects_isExact() {
        timer.reject(true);
        for (int i = 0; i < 3; i++) {
            timer.clock.addAndGet(7);
            assertThat(clock.nanoTime()).isEqualTo(timer.nanoTime());
        }

        timer.reject(false);
        clock.nanoTime();
        assertThat(timer.pending()).isEqualTo(1);
    }

    @Test
    void tick_timerRejects_endsTheTicks() {
        clock.nanoTime();
        clock.nanoTime();
        timer.reject(true);
        timer.advanceTo(SECOND);
        timer.clock.addAndGet(7);

        assertThat(clock.nanoTime()).isEqualTo(SECOND + 7);
    }
}
