package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.ReplyResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.PublisherProbe;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * {@link ReactiveCorrelator#request(Duration, Duration, LongFunction)}: a request that waits for a slot, of which there
 * is one.
 */
class RequestWaitingTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration RESOLUTION = Duration.ofMillis(50);
    private static final int MAX_WAITING = 2;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.from(
            ReactiveCorrelator.timer(time, Correlator.builder(1).maxWaiting(MAX_WAITING))
                    .build());

    /** The tickets that were handed out, in order. */
    private final List<Long> tickets = new ArrayList<>();

    private final Mono<String> waiting = waiting(null, Mono.empty());
    private final RecordingSubscriber<String> holder = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> first = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> second = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> third = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    private Mono<String> waiting(@Nullable Duration timeout, Publisher<?> sending) {
        return correlator.request(timeout, SECOND, noting(sending));
    }

    private LongFunction<Publisher<?>> noting(Publisher<?> sending) {
        return ticket -> {
            tickets.add(ticket);
            return sending;
        };
    }

    private void takeTheSlot() {
        correlator.request(noting(Mono.empty())).subscribe(holder);
        assertThat(tickets).hasSize(1);
    }

    private long lastTicket() {
        return tickets.get(tickets.size() - 1);
    }

    private void reply(String value) {
        assertThat(correlator.complete(lastTicket(), value)).isEqualTo(ReplyResult.DELIVERED);
    }

    private void expectWaiting(int count) {
        assertThat(correlator.statistics().waiting()).as("waiting").isEqualTo(count);
    }

    private void expectIdle() {
        CorrelatorStatistics counts = correlator.statistics();
        assertThat(counts.inFlight()).as("in flight").isZero();
        assertThat(counts.waiting()).as("waiting").isZero();
        assertThat(counts.opened())
                .as("opened, of %s", counts)
                .isEqualTo(counts.delivered() + counts.failed() + counts.timedOut() + counts.cancelled());
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 0, -1})
    void request_slotFree_isSentAtOnce(long millis) {
        correlator
                .request(null, Duration.ofMillis(millis), noting(Mono.empty()))
                .subscribe(first);

        assertThat(tickets).hasSize(1);
        expectWaiting(0);
        reply("reply");
        first.expectValue("reply");
        first.expectNothingLeftOver();
        expectIdle();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void request_fullAndNoWait_isRefusedAtOnce(long millis) {
        takeTheSlot();

        correlator
                .request(null, Duration.ofMillis(millis), noting(Mono.empty()))
                .subscribe(first);

        first.expectError(CorrelatorFullException.class);
        assertThat(tickets).hasSize(1);
        expectWaiting(0);
    }

    @Test
    void request_notRequested_doesNotWait() {
        takeTheSlot();

        waiting.subscribe(patient);
        expectWaiting(0);

        patient.request(1);
        expectWaiting(1);
        patient.request(1);
        expectWaiting(1);
    }

    @Test
    void request_full_isSentOnTheThreadThatFreesTheSlot() throws InterruptedException {
        takeTheSlot();
        List<Thread> threads = new ArrayList<>();
        correlator
                .request(null, SECOND, ticket -> {
                    threads.add(Thread.currentThread());
                    return Mono.empty();
                })
                .subscribe(first);

        Thread freeing = new Thread(holder::cancel);
        freeing.start();
        freeing.join();

        assertThat(threads).containsExactly(freeing);
    }

    @Test
    void requests_full_getTheSlotInTheirOrder() {
        takeTheSlot();
        waiting.subscribe(first);
        waiting.subscribe(second);
        expectWaiting(2);

        reply("holder's");
        expectWaiting(1);
        reply("first's");
        expectWaiting(0);
        reply("second's");

        first.expectValue("first's");
        second.expectValue("second's");
        expectIdle();
    }

    @Test
    void otherForms_whileOneWaits_areRefused() {
        takeTheSlot();
        waiting.subscribe(first);

        correlator.request(noting(Mono.empty())).subscribe(second);
        correlator.request(SECOND, noting(Mono.empty())).subscribe(third);

        assertThat(second.expectError(CorrelatorFullException.class)).hasMessageContaining("1 wait");
        third.expectError(CorrelatorFullException.class);
        holder.cancel();
        reply("reply");
        first.expectValue("reply");
    }

    @Test
    void request_tooManyWait_isRefusedAndDisturbsNothing() {
        takeTheSlot();
        waiting.subscribe(first);
        waiting.subscribe(second);

        waiting.subscribe(third);

        third.expectError(CorrelatorFullException.class);
        assertThat(correlator.statistics().refused()).isOne();
        expectWaiting(2);
        holder.cancel();
        reply("first's");
        reply("second's");
        first.expectValue("first's");
        second.expectValue("second's");
    }

    @Test
    void request_noSlotInTime_isRefusedAndLeavesNoTrace() {
        takeTheSlot();
        PublisherProbe<String> sending = PublisherProbe.empty();
        waiting(null, sending.flux()).subscribe(first);

        time.advanceTimeBy(SECOND.minusMillis(1));
        first.expectNoSignal();
        time.advanceTimeBy(RESOLUTION.plusMillis(1));

        first.expectError(CorrelatorFullException.class);
        sending.assertWasNotSubscribed();
        expectWaiting(0);
        assertThat(correlator.inFlight()).isOne();
        reply("holder's");
        holder.expectValue("holder's");
        assertThat(tickets).hasSize(1);
        expectIdle();
    }

    @Test
    void deadline_isCountedFromTheSlot() {
        takeTheSlot();
        waiting(SECOND, Mono.empty()).subscribe(first);
        time.advanceTimeBy(SECOND.minusMillis(100));
        holder.cancel();

        time.advanceTimeBy(SECOND.minusMillis(100));
        first.expectNoSignal();
        time.advanceTimeBy(RESOLUTION.plusMillis(150));

        first.expectError(TimeoutException.class);
        expectIdle();
    }

    @Test
    void cancel_whileWaiting_leavesNoTraceAndTheNextGetsTheSlot() {
        takeTheSlot();
        waiting.subscribe(first);
        waiting.subscribe(second);

        first.cancel();

        expectWaiting(1);
        holder.cancel();
        assertThat(tickets).hasSize(2);
        reply("reply");
        first.expectNoSignal();
        first.expectNothingLeftOver();
        second.expectValue("reply");
        expectIdle();
        assertThat(correlator.statistics().opened()).isEqualTo(2);
    }

    @Test
    void cancel_ofTheOnlyOneThatWaits_letsTheOtherFormsIn() {
        takeTheSlot();
        waiting.subscribe(first);
        first.cancel();
        expectWaiting(0);
        holder.cancel();

        correlator.request(noting(Mono.empty())).subscribe(second);

        reply("reply");
        second.expectValue("reply");
    }

    @Test
    void cancel_whenSent_freesTheSlotAndCancelsTheSending() {
        PublisherProbe<String> sending = PublisherProbe.of(Mono.never());
        takeTheSlot();
        waiting(null, sending.mono()).subscribe(first);
        holder.cancel();
        sending.assertWasSubscribed();

        first.cancel();

        sending.assertWasCancelled();
        first.expectNoSignal();
        assertThat(correlator.complete(lastTicket(), "late")).isEqualTo(ReplyResult.LATE);
        expectIdle();
    }

    @Test
    void cancel_fromInsideSend_freesTheSlot() {
        takeTheSlot();
        correlator
                .request(null, SECOND, ticket -> {
                    first.cancel();
                    return Mono.never();
                })
                .subscribe(first);

        holder.cancel();

        first.expectNoSignal();
        expectIdle();
    }

    @Test
    void badRequest_whileWaiting_signalsItAndLeavesNoTrace() {
        takeTheSlot();
        waiting.subscribe(first);
        waiting.subscribe(second);

        first.request(-1);
        first.request(-1);

        first.expectError(IllegalArgumentException.class);
        expectWaiting(1);
        holder.cancel();
        reply("reply");
        second.expectValue("reply");
        first.expectNothingLeftOver();
        expectIdle();
    }

    @Test
    void failAll_endsTheWaitAndTheRequest() {
        takeTheSlot();
        waiting.subscribe(first);
        waiting.subscribe(second);

        assertThat(correlator.failAll(CAUSE)).isEqualTo(3);

        holder.expectError(CAUSE);
        first.expectError(CAUSE);
        second.expectError(CAUSE);
        assertThat(tickets).hasSize(1);
        expectIdle();
    }

    @Test
    void dispose_endsTheWaitAndTheRequest() {
        takeTheSlot();
        waiting.subscribe(first);

        correlator.dispose();

        holder.expectError(CorrelatorClosedException.class);
        first.expectError(CorrelatorClosedException.class);
        assertThat(tickets).hasSize(1);
        expectIdle();
    }

    @Test
    void send_fails_signalsItAndTheNextGetsTheSlot() {
        takeTheSlot();
        waiting(null, Mono.error(CAUSE)).subscribe(first);
        waiting.subscribe(second);

        holder.cancel();

        first.expectError(CAUSE);
        assertThat(tickets).hasSize(3);
        reply("reply");
        second.expectValue("reply");
        expectIdle();
    }

    @Test
    void send_throws_doesNotDisturbWhoFreesTheSlot() {
        takeTheSlot();
        correlator
                .request(null, SECOND, ticket -> {
                    throw CAUSE;
                })
                .subscribe(first);

        reply("holder's");

        holder.expectValue("holder's");
        first.expectError(CAUSE);
        expectIdle();
    }

    @Test
    void repeat_waitsEachTimeBehindTheOthers() {
        takeTheSlot();
        waiting.repeat(1).subscribe(first);
        waiting.subscribe(second);
        holder.cancel();

        reply("first's");
        reply("second's");
        reply("first's again");

        assertThat(first.values()).containsExactly("first's", "first's again");
        second.expectValue("second's");
        expectIdle();
    }

    /** Each is answered from inside its send, which frees the slot for the next. */
    @Test
    void manyInARow_areSentInConstantStack() {
        int count = 10_000;
        ReactiveCorrelator<Integer> chain =
                ReactiveCorrelator.from(Correlator.builder(1).maxWaiting(count).build());
        RecordingSubscriber<Integer> holding = RecordingSubscriber.unbounded();
        chain.request(ticket -> Mono.never()).subscribe(holding);
        List<Integer> received = new ArrayList<>();
        Flux.range(0, count)
                .flatMap(
                        i -> chain.request(null, Duration.ofHours(1), ticket -> {
                            chain.complete(ticket, i);
                            return Mono.empty();
                        }),
                        count)
                .subscribe(received::add);
        assertThat(chain.statistics().waiting()).isEqualTo(count);

        holding.cancel();

        assertThat(received).hasSize(count).isSorted();
        assertThat(chain.inFlight()).isZero();
        assertThat(chain.statistics().waiting()).isZero();
    }
}
