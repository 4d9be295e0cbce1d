package io.multishot.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.Pending;
import io.multishot.correlator.SlotRequest;
import io.multishot.testkit.Nothing;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorrelatorMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Correlator<String> correlator =
            Correlator.builder(8).timeSource(() -> 0).sweepByCaller().build();

    @BeforeEach
    void bind() {
        new CorrelatorMetrics(correlator, "orders", Tag.of("region", "north")).bindTo(registry);
    }

    @Test
    void gauges_tellWhatIsNow() {
        for (int i = 0; i < correlator.capacity(); i++) {
            correlator.open();
        }
        correlator.open(null, Duration.ofSeconds(1), new SlotRequest<>() {
            @Override
            protected void onOpened(Pending<String> pending) {}

            @Override
            protected void onRefused(Throwable cause) {}
        });

        assertThat(find("capacity").gauge().value()).isEqualTo(8);
        assertThat(find("in.flight").gauge().value()).isEqualTo(8);
        assertThat(find("waiting").gauge().value()).isEqualTo(1);
    }

    @Test
    void counters_eachTellTheirOwnCount() {
        Pending<String> moved = correlator.open();
        correlator.complete(moved.ticket(), "a");
        for (int i = 0; i < 2; i++) {
            correlator.fail(correlator.open().ticket(), new Exception("b"));
        }
        for (int i = 0; i < 3; i++) {
            correlator.open(Duration.ZERO);
        }
        correlator.expire();
        for (int i = 0; i < 4; i++) {
            correlator.open().cancel();
        }
        for (int i = 0; i < 5; i++) {
            correlator.complete("garbage", "unknown");
        }
        for (int i = 0; i < 6; i++) {
            correlator.complete(moved.ticket(), "late, since the slot has moved on");
        }
        Pending<String> last = correlator.open();
        for (int i = 0; i < 1 + 7; i++) {
            correlator.complete(last.ticket(), "again and again");
        }
        for (int i = 0; i < correlator.capacity(); i++) {
            correlator.open();
        }
        for (int i = 0; i < 9; i++) {
            assertThat(catchThrowable(correlator::open)).isInstanceOf(CorrelatorFullException.class);
        }

        assertThat(count("opened")).isEqualTo(2 + 2 + 3 + 4 + 8);
        assertThat(count("ended", "outcome", "delivered")).isEqualTo(2);
        assertThat(count("ended", "outcome", "failed")).isEqualTo(2);
        assertThat(count("ended", "outcome", "timed.out")).isEqualTo(3);
        assertThat(count("ended", "outcome", "cancelled")).isEqualTo(4);
        assertThat(count("refused.replies", "reason", "unknown")).isEqualTo(5);
        assertThat(count("refused.replies", "reason", "late")).isEqualTo(6);
        assertThat(count("refused.replies", "reason", "duplicate")).isEqualTo(7);
        assertThat(count("refused")).isEqualTo(9);
    }

    @Test
    void constructor_withNull_throws() {
        assertThatNullPointerException().isThrownBy(() -> new CorrelatorMetrics(Nothing.asA(), "orders"));
        assertThatNullPointerException().isThrownBy(() -> new CorrelatorMetrics(correlator, Nothing.asA()));
    }

    private RequiredSearch find(String name) {
        return registry.get("multishot.correlator." + name).tags("name", "orders", "region", "north");
    }

    private double count(String name, String... tags) {
        return find(name).tags(tags).functionCounter().count();
    }
}
