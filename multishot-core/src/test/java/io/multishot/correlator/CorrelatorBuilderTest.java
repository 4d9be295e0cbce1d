package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings: what is refused, and that a refused one changes nothing. */
class CorrelatorBuilderTest {
    private final AtomicLong clock = new AtomicLong();
    private final CorrelatorBuilder builder =
            Correlator.builder(2).timeSource(clock::get).sweepByCaller();

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void resolution_notPositive_isRefused(long seconds) {
        Duration resolution = Duration.ofSeconds(seconds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.resolution(resolution))
                .withMessage("the resolution must be more than zero, not " + resolution);
    }

    @Test
    void maxWaiting_negative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxWaiting(-1))
                .withMessage("maxWaiting must not be negative, but is -1");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void reportLeaks_thresholdNotPositive_isRefusedAndNothingIsReported(long seconds) {
        List<RequestInfo> reports = new ArrayList<>();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.reportLeaks(Duration.ofSeconds(seconds), reports::add))
                .withMessageContaining("the threshold must be more than zero");

        Correlator<String> correlator = builder.build();
        correlator.open();
        clock.set(1_000);
        correlator.expire();

        assertThat(reports).isEmpty();
        assertThat(correlator.snapshot())
                .singleElement()
                .extracting(RequestInfo::openedAt)
                .isNull();
    }

    @Test
    void build_twice_givesTicketsOfTheirOwn() {
        Correlator<String> first = builder.build();
        Correlator<String> second = builder.build();
        Pending<String> inFlight = second.open();

        for (int i = 0; i < 2; i++) {
            assertThat(second.complete(first.open().ticket(), "of the other")).isEqualTo(ReplyResult.UNKNOWN);
        }

        assertThat(inFlight.tryReceive()).isNull();
    }
}
