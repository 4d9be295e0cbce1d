package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** That a slot has one owner at a time, also when the opening of a request is interrupted or fails. */
class RequestOwnershipTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What the scheduler of the sweep does when it is asked. */
    private Runnable scheduling = () -> {};

    private Runnable sweep = () -> {};

    private final Correlator<String> core = Correlator.builder(1)
            .timer((task, delay) -> {
                sweep = task;
                scheduling.run();
            })
            .build();
    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.from(core);
    private final List<Long> tickets = new ArrayList<>();
    private final Mono<String> request = correlator.request(this::note);
    private final RecordingSubscriber<String> first = RecordingSubscriber.patient();
    private final RecordingSubscriber<String> second = RecordingSubscriber.patient();

    private Publisher<?> note(long ticket) {
        tickets.add(ticket);
        return Mono.empty();
    }

    private static void refuse() {
        throw new RejectedExecutionException("no more tasks");
    }

    /** What another thread may do while the first one is between two steps of the opening, done from inside. */
    @Test
    void cancel_whileTheRequestIsOpened_doesNotFreeTheSlotTooEarly() {
        request.subscribe(first);
        request.subscribe(second);
        scheduling = () -> {
            first.cancel();
            second.request(1);
        };

        first.request(1);

        first.expectNoSignal();
        second.expectError(CorrelatorFullException.class);
        assertThat(tickets).isEmpty();
        assertThat(core.inFlight()).isZero();
        assertThat(core.statistics().cancelled()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void close_whileTheRequestIsOpened_isSignalledAndNothingIsSent(boolean mayWait) {
        scheduling = core::close;
        (mayWait ? correlator.request(null, SECOND, this::note) : request).subscribe(first);

        first.request(1);

        first.expectError(CancellationException.class);
        assertThat(tickets).isEmpty();
        assertThat(core.inFlight()).isZero();
    }

    @Test
    void cancel_afterTheSchedulerRefused_doesNotFreeTheSlotAgain() {
        scheduling = RequestOwnershipTest::refuse;
        request.subscribe(first);
        first.request(1);
        first.expectError(RejectedExecutionException.class);
        scheduling = () -> {};

        first.cancel();

        assertThat(core.inFlight()).isZero();
        assertThat(core.statistics().cancelled()).isZero();
    }

    @Test
    void wait_thatTheSchedulerRefused_leavesNoTrace() {
        request.subscribe(second);
        second.request(1);
        scheduling = RequestOwnershipTest::refuse;
        try {
            sweep.run(); // from now on no sweep is scheduled
        } catch (RejectedExecutionException expected) {
            // reaches whoever runs the sweep
        }
        correlator.request(null, SECOND, this::note).subscribe(first);
        first.request(1);
        first.expectError(RejectedExecutionException.class);
        assertThat(core.statistics().waiting()).isZero();
        scheduling = () -> {};

        correlator.complete(tickets.get(0), "reply");

        assertThat(tickets).hasSize(1);
        assertThat(core.inFlight()).isZero();
        core.failAll(new IllegalStateException("lost"));
        first.expectError(RejectedExecutionException.class);
    }

    /** As an ordinary publisher, which is not subscribed to then. */
    @Test
    void callable_whenTheRequestEndedInsideSend_isNotCalled() {
        AtomicInteger called = new AtomicInteger();
        correlator
                .request(ticket -> {
                    first.cancel();
                    return Mono.fromRunnable(called::incrementAndGet);
                })
                .subscribe(first);

        first.request(1);

        assertThat(called).hasValue(0);
    }
}
