package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The books: each event is in the one count that is its own, and they balance. */
class CorrelatorStatisticsTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final CorrelatorStatistics NOTHING = new CorrelatorStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator =
            Correlator.builder(2).timeSource(clock::get).sweepByCaller().build();

    @Test
    void statistics_atFirst_areAllZero() {
        assertThat(correlator.statistics()).isEqualTo(NOTHING);
    }

    @Test
    void opened_andInFlight_countRequestsInFlight() {
        correlator.open();
        correlator.open(Duration.ofNanos(1));
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void waiting_countsWhoWaitsForASlot() {
        correlator.open();
        correlator.open();
        correlator.open(null, Duration.ofHours(1), new RecordingSlotRequest<>());
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(2, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void delivered_countsValuesOnly() {
        correlator.complete(correlator.open().ticket(), "a");
        correlator.complete(correlator.open(null, new RecordingCallback<>()).ticket(), "a");
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void failed_countsFailFailAllAndClose() {
        correlator.fail(correlator.open().ticket(), CAUSE);
        correlator.open();
        correlator.failAll(CAUSE);
        correlator.open();
        correlator.close();
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 3, 0, 3, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void timedOut_countsDeadlines() {
        correlator.open(Duration.ZERO);
        correlator.open(Duration.ZERO);
        correlator.expire();
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 2, 0, 0, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void cancelled_countsCancelRevokeAndFutures() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        correlator.open().cancel();
        correlator.open(null, callback);
        callback.revoke();
        correlator.open().receiveAsync().cancel(true);
        correlator.open().close();
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 0));
    }

    @Test
    void duplicateLateAndUnknown_countRefusedReplies() {
        Pending<String> answered = correlator.open();
        correlator.complete(answered.ticket(), "a");
        correlator.complete(answered.ticket(), "b");
        correlator.fail(answered.ticket(), CAUSE);
        correlator.complete(answered.ticket(), "b");
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 1, 1, 0, 0, 0, 3, 0, 0, 0));

        Pending<String> cancelled = correlator.open();
        cancelled.cancel();
        correlator.complete(cancelled.ticket(), "b");
        correlator.fail(cancelled.ticket(), CAUSE);
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 2, 1, 0, 0, 1, 3, 2, 0, 0));

        correlator.complete("garbage", "b");
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 2, 1, 0, 0, 1, 3, 2, 1, 0));
    }

    @Test
    void refused_countsRequestsThatWereNeverGivenASlot() {
        correlator.open();
        correlator.open();
        assertThatThrownBy(correlator::open).isInstanceOf(CorrelatorFullException.class);
        assertThatThrownBy(() -> correlator.open(Duration.ZERO)).isInstanceOf(CorrelatorFullException.class);
        correlator.open(null, Duration.ZERO, new RecordingSlotRequest<>());
        correlator.open(null, Duration.ofNanos(1), new RecordingSlotRequest<>());
        correlator.expire(1);
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 4));
    }

    @Test
    void books_afterManyRandomSteps_balance() {
        Correlator<String> wide =
                Correlator.builder(5).timeSource(clock::get).sweepByCaller().build();
        SplittableRandom random = new SplittableRandom(42);
        List<Pending<String>> requests = new ArrayList<>();
        long[] replies = new long[ReplyResult.values().length];
        for (int step = 0; step < 20_000; step++) {
            clock.addAndGet(random.nextInt(3));
            Pending<String> any = requests.isEmpty() ? null : requests.get(random.nextInt(requests.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 ->
                    wide.open(
                            Duration.ofNanos(random.nextInt(20)),
                            Duration.ofNanos(random.nextInt(10)),
                            new RecordingSlotRequest<>(requests::add));
                case 3 -> {
                    if (any != null) {
                        replies[wide.complete(any.ticket(), "a").ordinal()]++;
                    }
                }
                case 4 -> {
                    if (any != null) {
                        any.cancel();
                    }
                }
                case 5 -> wide.expire();
                case 6 -> replies[wide.complete(random.nextLong(), "a").ordinal()]++;
                default -> {
                    if (random.nextInt(100) == 0) {
                        wide.failAll(CAUSE);
                    }
                }
            }
            if (requests.size() > 20) {
                requests.remove(0);
            }
            expectBalanced(wide);
        }
        CorrelatorStatistics books = wide.statistics();
        assertThat(replies).containsExactly(books.delivered(), books.duplicate(), books.late(), books.unknown());
        assertThat(books.opened()).isGreaterThan(1_000);
    }

    private static void expectBalanced(Correlator<?> correlator) {
        CorrelatorStatistics books = correlator.statistics();
        assertThat(books.delivered() + books.failed() + books.timedOut() + books.cancelled() + books.inFlight())
                .isEqualTo(books.opened());
        assertThat(books.inFlight())
                .isEqualTo(correlator.inFlight())
                .isEqualTo(correlator.snapshot().size())
                .isBetween(0, 5);
    }
}
