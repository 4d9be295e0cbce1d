package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.CorrelatorFullException;
import io.multishot.Delivery;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class ReactiveCorrelatorTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1, time);

    @Test
    void request_answeredFromInsideSend_signalsTheReply() {
        correlator
                .request(ticket -> Mono.fromRunnable(() -> correlator.complete(ticket, "a")))
                .as(StepVerifier::create)
                .expectNext("a")
                .verifyComplete();
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void request_notAnsweredInTime_endsWithTimeout() {
        AtomicLong sent = new AtomicLong();
        StepVerifier.create(correlator.request(Duration.ofSeconds(1), ticket -> {
                    sent.set(ticket);
                    return Mono.never();
                }))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(999)))
                .then(() -> assertThat(correlator.inFlight()).isOne())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(100)))
                .verifyError(TimeoutException.class);
        assertThat(correlator.complete(sent.get(), "late")).isEqualTo(Delivery.LATE);
    }

    @Test
    void request_whenFull_endsWithFull() {
        correlator.request(ticket -> Mono.never()).subscribe();
        StepVerifier.create(correlator.request(ticket -> Mono.never())).verifyError(CorrelatorFullException.class);
    }

    @Test
    void request_thatWaits_isSentWhenASlotIsFree() {
        var first = correlator.request(ticket -> Mono.never()).subscribe();
        StepVerifier.create(correlator.request(
                        null,
                        Duration.ofSeconds(1),
                        ticket -> Mono.fromRunnable(() -> correlator.complete(ticket, "b"))))
                .expectSubscription()
                .then(first::dispose)
                .expectNext("b")
                .verifyComplete();
        assertThat(correlator.inFlight()).isZero();
    }
}
