package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CorrelatorTest {
    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator =
            Correlator.builder(2).timeSource(clock::get).sweepByCaller().build();

    @Test
    void complete_ofARequestInFlight_isReceived() throws Exception {
        Pending<String> pending = correlator.open();
        assertThat(correlator.complete(pending.ticket(), "a")).isEqualTo(Delivery.DELIVERED);
        assertThat(pending.receive()).isEqualTo("a");
        assertThat(correlator.complete(pending.ticket(), "b")).isEqualTo(Delivery.DUPLICATE);
    }

    @Test
    void expire_afterTheDeadline_endsTheRequest() {
        Pending<String> pending = correlator.open(Duration.ofNanos(10));
        clock.set(9);
        assertThat(correlator.expire()).isZero();
        clock.set(10);
        assertThat(correlator.expire()).isEqualTo(1);
        assertThatThrownBy(pending::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(correlator.complete(pending.ticket(), "late")).isEqualTo(Delivery.LATE);
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void open_whenFull_tellsHowFull() {
        correlator.open();
        correlator.open();
        assertThatThrownBy(correlator::open)
                .isInstanceOf(CorrelatorFullException.class)
                .hasMessageContaining("2 of 2 requests are in flight");
    }
}
