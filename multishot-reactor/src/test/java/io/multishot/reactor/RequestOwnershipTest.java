package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.DeadlineTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** What the timer does when it is asked. */
    private Runnable scheduling = () -> {};

    private Runnable wakeUp = () -> {};

    private final Correlator<String> core = Correlator.builder(1)
            .timer(new DeadlineTimer() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public Scheduled schedule(Runnable task, Duration delay) {
                    wakeUp = task;
                    scheduling.run();
                    return () -> {};
                }
            })
            .build();
    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.from(core);
    private final List<Long> tickets = new ArrayList<>();
    private final Mono<String> request = correlator.request(SECOND, this::note);
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
    void cancel_whileTheRequestIsOpened_leavesTheSlotToTheOther() {
        request.subscribe(first);
        request.subscribe(second);
        scheduling = () -> {
            first.cancel();
            second.request(1);
        };

        first.request(1);

        first.expectNoSignal();
        assertThat(tickets).hasSize(1);
        assertThat(core.inFlight()).isOne();
        assertThat(core.statistics().cancelled()).isZero();
        correlator.complete(tickets.get(0), "reply");
        second.expectValue("reply");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void close_whileTheRequestIsOpened_isSignalledAndNothingIsSent(boolean mayWait) {
        scheduling = core::close;
        (mayWait ? correlator.request(SECOND, SECOND, this::note) : request).subscribe(first);

        first.request(1);

        first.expectError(CorrelatorClosedException.class);
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
        wakeUp.run(); // from now on no wake-up is scheduled
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
