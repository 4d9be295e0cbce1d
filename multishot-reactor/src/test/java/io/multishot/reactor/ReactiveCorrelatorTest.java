package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import io.multishot.correlator.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** {@link ReactiveCorrelator}: each sentence that it says of {@code request}, in a table of one slot. */
class ReactiveCorrelatorTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A deadline may be told later by that. */
    private static final Duration RESOLUTION = Duration.ofMillis(50);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Correlator<String> core =
            ReactiveCorrelator.timer(time, Correlator.builder(1)).build();
    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.from(core);

    /** The tickets that were handed out, in order. */
    private final List<Long> tickets = new ArrayList<>();

    /** Sent at once, and answered by the test. */
    private final Mono<String> request = correlator.request(noting(Mono.empty()));

    private final RecordingSubscriber<String> subscriber = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    /** For the subscription that comes after the one that a test is about. */
    private final RecordingSubscriber<String> next = RecordingSubscriber.unbounded();

    private LongFunction<Publisher<?>> noting(@Nullable Publisher<?> sending) {
        return ticket -> {
            tickets.add(ticket);
            return sending;
        };
    }

    private LongFunction<Publisher<?>> noting(Runnable action, Publisher<?> sending) {
        return ticket -> {
            tickets.add(ticket);
            action.run();
            return sending;
        };
    }

    private long ticket(int number) {
        assertThat(tickets).hasSizeGreaterThanOrEqualTo(number);
        return tickets.get(number - 1);
    }

    /** The slot is free, and the books balance. */
    private void expectIdle() {
        assertThat(correlator.inFlight()).as("in flight").isZero();
        CorrelatorStatistics counts = correlator.statistics();
        assertThat(counts.opened())
                .as("opened, of %s", counts)
                .isEqualTo(counts.delivered() + counts.failed() + counts.timedOut() + counts.cancelled());
    }

    /** The first request is over and its ticket dead, and the next request gets the slot. */
    private void expectSlotFreeAndReplyLate() {
        expectIdle();
        assertThat(correlator.complete(ticket(1), "late")).isEqualTo(ReplyResult.LATE);
        expectNextRequestIsClean();
    }

    private void expectNextRequestIsClean() {
        int number = tickets.size() + 1;
        request.subscribe(next);
        next.expectNoSignal();
        assertThat(tickets).doesNotHaveDuplicates();
        assertThat(correlator.complete(ticket(number), "clean")).isEqualTo(ReplyResult.DELIVERED);
        next.expectValue("clean");
        expectIdle();
    }

    @Nested
    class Reply {
        /** Where the reply comes from inside. */
        static Stream<Named<BiFunction<Runnable, Publisher<?>, Publisher<?>>>> places() {
            return Stream.of(
                    Named.of("send", (reply, never) -> {
                        reply.run();
                        return never;
                    }),
                    Named.of("callable", (reply, never) -> Mono.fromRunnable(reply)),
                    Named.of(
                            "ordinary publisher",
                            (reply, never) -> Mono.defer(() -> {
                                reply.run();
                                return Mono.never();
                            })));
        }

        @ParameterizedTest
        @MethodSource("places")
        void request_answeredFromInside_signalsTheReply(BiFunction<Runnable, Publisher<?>, Publisher<?>> place) {
            List<ReplyResult> results = new ArrayList<>();

            correlator
                    .request(ticket ->
                            place.apply(() -> results.add(correlator.complete(ticket, "reply")), Mono.never()))
                    .subscribe(subscriber);

            assertThat(results).containsExactly(ReplyResult.DELIVERED);
            subscriber.expectValue("reply");
            expectIdle();
        }

        /** The failures that {@code send} may bring about itself, before it returns. */
        static Stream<Arguments> failuresFromInside() {
            return Stream.of(
                    Arguments.of(CAUSE.getClass(), (ObjLongConsumer<ReactiveCorrelator<String>>)
                            (correlator, ticket) -> correlator.fail(ticket, CAUSE)),
                    Arguments.of(CAUSE.getClass(), (ObjLongConsumer<ReactiveCorrelator<String>>)
                            (correlator, ticket) -> correlator.failAll(CAUSE)),
                    Arguments.of(CorrelatorClosedException.class, (ObjLongConsumer<ReactiveCorrelator<String>>)
                            (correlator, ticket) -> correlator.dispose()));
        }

        @ParameterizedTest
        @MethodSource("failuresFromInside")
        void request_failedFromInsideSend_signalsItAndDoesNotSubscribe(
                Class<? extends Throwable> error, ObjLongConsumer<ReactiveCorrelator<String>> failure) {
            PublisherProbe<String> sending = PublisherProbe.empty();
            correlator
                    .request(ticket -> {
                        failure.accept(correlator, ticket);
                        return sending.flux();
                    })
                    .subscribe(subscriber);

            subscriber.expectError(error);
            sending.assertWasNotSubscribed();
            expectIdle();
        }

        @Test
        void reply_byTextAndBytes_reachesTheRequest() {
            request.repeat(1).subscribe(subscriber);
            assertThat(correlator.complete("no ticket", "reply")).isEqualTo(ReplyResult.UNKNOWN);
            assertThat(correlator.complete(new byte[7], "reply")).isEqualTo(ReplyResult.UNKNOWN);
            assertThat(correlator.complete(Ticket.toHex(ticket(1)), "text")).isEqualTo(ReplyResult.DELIVERED);
            assertThat(correlator.complete(Ticket.toBytes(ticket(2)), "bytes")).isEqualTo(ReplyResult.DELIVERED);

            assertThat(subscriber.values()).containsExactly("text", "bytes");
        }

        @Test
        void failure_byTextAndBytes_reachesTheRequest() {
            request.subscribe(subscriber);
            assertThat(correlator.fail("no ticket", CAUSE)).isEqualTo(ReplyResult.UNKNOWN);
            assertThat(correlator.fail(new byte[7], CAUSE)).isEqualTo(ReplyResult.UNKNOWN);
            assertThat(correlator.fail(Ticket.toHex(ticket(1)), CAUSE)).isEqualTo(ReplyResult.DELIVERED);
            request.subscribe(next);
            assertThat(correlator.fail(Ticket.toBytes(ticket(2)), CAUSE)).isEqualTo(ReplyResult.DELIVERED);

            subscriber.expectError(CAUSE);
            next.expectError(CAUSE);
        }

        @Test
        void retry_opensARequestEachTime() {
            StepVerifier.create(correlator
                            .request(ticket -> {
                                tickets.add(ticket);
                                if (tickets.size() < 3) {
                                    correlator.fail(ticket, CAUSE);
                                } else {
                                    correlator.complete(ticket, "reply");
                                }
                                return Mono.empty();
                            })
                            .retry(2))
                    .expectNext("reply")
                    .verifyComplete();
            assertThat(tickets).hasSize(3).doesNotHaveDuplicates();
            expectIdle();
        }
    }

    @Nested
    class Refused {
        @Test
        void request_disposedBeforeItIsRequested_isRefused() {
            request.subscribe(patient);
            correlator.dispose();
            patient.expectNoSignal();

            patient.request(1);

            patient.expectError(IllegalStateException.class);
            assertThat(tickets).isEmpty();
        }

        @Test
        @SuppressWarnings("NullAway") // the point
        void request_nulls_areRefusedAtOnce() {
            LongFunction<Publisher<?>> send = ticket -> Mono.empty();
            assertThatNullPointerException()
                    .isThrownBy(() -> correlator.request(null))
                    .withMessage("send");
            assertThatNullPointerException()
                    .isThrownBy(() -> correlator.request(null, send))
                    .withMessage("timeout");
            assertThatNullPointerException()
                    .isThrownBy(() -> correlator.request(SECOND, null))
                    .withMessage("send");
            assertThatNullPointerException()
                    .isThrownBy(() -> correlator.request(SECOND, null, send))
                    .withMessage("maxWait");
            assertThatNullPointerException()
                    .isThrownBy(() -> correlator.request(SECOND, SECOND, null))
                    .withMessage("send");
        }

        @Test
        @SuppressWarnings("NullAway") // the point
        void reply_null_isRefusedAndTheRequestGoesOn() {
            request.subscribe(subscriber);

            assertThatNullPointerException().isThrownBy(() -> correlator.complete(ticket(1), null));
            assertThatNullPointerException().isThrownBy(() -> correlator.fail(ticket(1), null));
            assertThatNullPointerException().isThrownBy(() -> correlator.failAll((Throwable) null));

            correlator.complete(ticket(1), "reply");
            subscriber.expectValue("reply");
        }
    }

    /** What {@code send} does goes wrong before there is a reply. */
    @Nested
    class SendFails {
        static Stream<Arguments> failing() {
            AssertionError error = new AssertionError("no exception");
            return Stream.of(
                    Arguments.of("throws", CAUSE, (LongFunction<Publisher<?>>) ticket -> {
                        throw CAUSE;
                    }),
                    Arguments.of("throws an Error", error, (LongFunction<Publisher<?>>) ticket -> {
                        throw error;
                    }),
                    Arguments.of("Mono.error", CAUSE, (LongFunction<Publisher<?>>) ticket -> Mono.error(CAUSE)),
                    Arguments.of(
                            "Mono.error of an Error", error, (LongFunction<Publisher<?>>) ticket -> Mono.error(error)),
                    Arguments.of("Flux.error", CAUSE, (LongFunction<Publisher<?>>) ticket -> Flux.error(CAUSE)),
                    Arguments.of("ordinary error", CAUSE, (LongFunction<Publisher<?>>)
                            ticket -> Mono.error(CAUSE).hide()),
                    Arguments.of(
                            "callable throws", CAUSE, (LongFunction<Publisher<?>>) ticket -> Mono.fromCallable(() -> {
                                throw CAUSE;
                            })),
                    Arguments.of(
                            "subscribe throws", CAUSE, (LongFunction<Publisher<?>>) ticket -> (Publisher<Object>) s -> {
                                throw CAUSE;
                            }));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("failing")
        void send_fails_freesTheSlotAndSignalsIt(String how, Throwable error, LongFunction<Publisher<?>> send) {
            correlator
                    .request(ticket -> {
                        tickets.add(ticket);
                        return send.apply(ticket);
                    })
                    .subscribe(subscriber);

            subscriber.expectError(error);
            subscriber.expectNothingLeftOver();
            assertThat(correlator.statistics().cancelled()).isOne();
            expectSlotFreeAndReplyLate();
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("failing")
        void send_failsAfterItAnswered_signalsTheReplyAndDropsTheError(
                String how, Throwable error, LongFunction<Publisher<?>> send) {
            correlator
                    .request(ticket -> {
                        correlator.complete(ticket, "reply");
                        return send.apply(ticket);
                    })
                    .subscribe(subscriber);

            subscriber.expectValue("reply");
            expectIdle();
            if (how.startsWith("throws")) { // what it returns is not subscribed to any more
                assertThat(subscriber.droppedErrors()).containsExactly(error);
            }
        }

        @Test
        void send_returnsNull_freesTheSlotAndSignalsIt() {
            correlator.request(noting(null)).subscribe(subscriber);

            assertThat(subscriber.expectError(NullPointerException.class)).hasMessageContaining("return Mono.empty()");
            expectSlotFreeAndReplyLate();
        }
    }

    /** What {@code send} returns. */
    @Nested
    class Sending {
        @Test
        void sending_isSubscribedToOnceAndRequestedInFull() {
            PublisherProbe<String> probe = PublisherProbe.of(Mono.never());
            TestPublisher<String> sending = TestPublisher.create();
            correlator.request(noting(sending)).subscribe(subscriber);
            sending.assertMinRequested(Long.MAX_VALUE);
            subscriber.cancel();

            correlator.request(noting(probe.flux())).subscribe(next);

            assertThat(probe.subscribeCount()).isOne();
        }

        static Stream<Publisher<String>> elements() {
            return Stream.of(Flux.just("a").hide(), Mono.fromCallable(() -> "a"));
        }

        @ParameterizedTest
        @MethodSource("elements")
        void sending_elements_areDiscarded(Publisher<String> sending) {
            correlator.request(noting(sending)).subscribe(subscriber);

            subscriber.expectNoSignal();
            assertThat(subscriber.discarded()).containsExactly("a");
            correlator.complete(ticket(1), "reply");
            subscriber.expectValue("reply");
        }

        @Test
        void sending_elementsAfterTheReply_areDiscarded() {
            TestPublisher<String> sending = TestPublisher.create();
            correlator.request(noting(sending)).subscribe(subscriber);
            correlator.complete(ticket(1), "reply");

            sending.next("a");

            subscriber.expectValue("reply");
            assertThat(subscriber.discarded()).containsExactly("a");
        }

        @Test
        void cancel_fromInsideSend_doesNotSubscribeToTheSending() {
            PublisherProbe<String> sending = PublisherProbe.empty();
            correlator.request(noting(() -> patient.cancel(), sending.flux())).subscribe(patient);

            patient.request(1);

            sending.assertWasNotSubscribed();
            patient.expectNoSignal();
            expectSlotFreeAndReplyLate();
        }

        @Test
        void sending_seesTheContextOfTheSubscription() {
            List<String> seen = new ArrayList<>();
            correlator
                    .request(noting(Mono.deferContextual(context -> {
                        seen.add(context.get("who"));
                        return Mono.empty();
                    })))
                    .contextWrite(Context.of("who", "me"))
                    .subscribe(subscriber);

            assertThat(seen).containsExactly("me");
        }
    }

    @Nested
    class Deadline {
        @Test
        void request_notAnsweredInTime_endsWithTimeout() {
            correlator.request(SECOND, noting(Mono.empty())).subscribe(subscriber);

            time.advanceTimeBy(SECOND.minusMillis(1));
            subscriber.expectNoSignal();
            assertThat(correlator.inFlight()).isOne();
            time.advanceTimeBy(RESOLUTION.plusMillis(1));

            assertThat(subscriber.expectError(TimeoutException.class))
                    .hasMessageContaining(Ticket.toHex(ticket(1)))
                    .hasMessageContaining("PT1S");
            assertThat(correlator.statistics().timedOut()).isOne();
            expectSlotFreeAndReplyLate();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void request_noTimeAtAll_endsWithTheNextSweep(long millis) {
            correlator.request(Duration.ofMillis(millis), noting(Mono.empty())).subscribe(subscriber);
            subscriber.expectNoSignal();
            assertThat(tickets).hasSize(1);

            time.advanceTimeBy(RESOLUTION);

            subscriber.expectError(TimeoutException.class);
            expectSlotFreeAndReplyLate();
        }

        @Test
        void request_withoutTimeout_waitsAsLongAsItTakes() {
            request.subscribe(subscriber);

            time.advanceTimeBy(Duration.ofHours(1));

            subscriber.expectNoSignal();
            correlator.complete(ticket(1), "reply");
            subscriber.expectValue("reply");
        }

        @Test
        void request_notRequested_hasNoDeadlineYet() {
            correlator.request(SECOND, noting(Mono.empty())).subscribe(patient);
            time.advanceTimeBy(SECOND.multipliedBy(10));

            patient.request(1);
            time.advanceTimeBy(SECOND.minusMillis(1));
            patient.expectNoSignal();
            time.advanceTimeBy(RESOLUTION);

            patient.expectError(TimeoutException.class);
        }

        @Test
        void scheduler_hasNoTaskWhileNothingIsInFlight() {
            correlator.request(SECOND, noting(Mono.empty())).subscribe(subscriber);
            assertThat(time.getScheduledTaskCount()).isOne();
            correlator.complete(ticket(1), "reply");

            time.advanceTimeBy(RESOLUTION);
            long tasks = time.getScheduledTaskCount();
            time.advanceTimeBy(SECOND);

            assertThat(time.getScheduledTaskCount()).isEqualTo(tasks);
        }

        @Test
        void withCapacity_andScheduler_timesOutByIt() {
            ReactiveCorrelator<String> other = ReactiveCorrelator.withCapacity(7, time);
            other.request(SECOND, ticket -> Mono.never()).subscribe(subscriber);

            time.advanceTimeBy(SECOND.plus(RESOLUTION));

            subscriber.expectError(TimeoutException.class);
            assertThat(other.capacity()).isEqualTo(7);
        }

        @Test
        @SuppressWarnings("NullAway") // the point
        void nulls_areRefused() {
            assertThatNullPointerException()
                    .isThrownBy(() -> ReactiveCorrelator.withCapacity(1, null))
                    .withMessage("scheduler");
            assertThatNullPointerException()
                    .isThrownBy(() -> ReactiveCorrelator.timer(null, Correlator.builder(1)))
                    .withMessage("scheduler");
            assertThatNullPointerException()
                    .isThrownBy(() -> ReactiveCorrelator.from(null))
                    .withMessage("correlator");
        }
    }

    @Nested
    class SubscriberThrows {
        /** Then it is what {@code send} throws, after the reply. */
        @Test
        void onNext_throwsInsideSend_isDropped() {
            correlator
                    .request(ticket -> {
                        correlator.complete(ticket, "reply");
                        return Mono.empty();
                    })
                    .subscribe(subscriber.onNextDo(value -> {
                        throw CAUSE;
                    }));

            assertThat(subscriber.signals()).hasSize(1);
            assertThat(subscriber.droppedErrors()).containsExactly(CAUSE);
            expectNextRequestIsClean();
        }

        @Test
        void onError_throwsAtARefusal_reachesWhoRequests() {
            request.subscribe(patient.onErrorDo(error -> {
                throw CAUSE;
            }));
            correlator.dispose();

            assertThatThrownBy(() -> patient.request(1)).isSameAs(CAUSE);

            assertThat(patient.signals()).hasSize(1);
        }
    }

    @Nested
    class Observed {
        @Test
        void scan_ofTheCorrelator_tellsHowFullItIs() {
            request.subscribe(subscriber);

            assertThat(correlator.scan(Attr.CAPACITY)).isOne();
            assertThat(correlator.scan(Attr.BUFFERED)).isOne();
            assertThat(correlator.scan(Attr.RUN_STYLE)).isEqualTo(Attr.RunStyle.ASYNC);
            assertThat(correlator.scan(Attr.TERMINATED)).isFalse();
            assertThat(correlator.scanUnsafe(Attr.PARENT)).isNull();

            correlator.dispose();
            assertThat(correlator.scan(Attr.TERMINATED)).isTrue();
            assertThat(correlator.scan(Attr.BUFFERED)).isZero();
        }

        @Test
        void toString_tellsHowFullItIs() {
            request.subscribe(subscriber);
            assertThat(correlator).hasToString("ReactiveCorrelator[1 of 1 in flight]");

            correlator.dispose();
            assertThat(correlator).hasToString("ReactiveCorrelator[closed, 0 of 1 in flight]");
        }

        @Test
        void from_sharesTheTable() throws Exception {
            assertThat(correlator.capacity()).isEqualTo(core.capacity());
            request.subscribe(subscriber);
            assertThat(core.inFlight()).isOne();
            assertThatThrownBy(core::open).isInstanceOf(CorrelatorFullException.class);

            assertThat(core.complete(ticket(1), "by the core")).isEqualTo(ReplyResult.DELIVERED);
            subscriber.expectValue("by the core");

            Pending<String> pending = core.open();
            assertThat(correlator.inFlight()).isOne();
            assertThat(correlator.complete(pending.ticket(), "by us")).isEqualTo(ReplyResult.DELIVERED);
            assertThat(pending.receive()).isEqualTo("by us");
            assertThat(correlator.statistics()).isEqualTo(core.statistics());
        }

        @Test
        void statistics_countWhatBecameOfEach() {
            request.subscribe(subscriber);
            request.subscribe(next);
            correlator.complete(ticket(1), "reply");
            correlator.complete(ticket(1), "again");
            request.subscribe(patient);
            patient.request(1);
            correlator.complete(ticket(1), "late");
            patient.cancel();
            correlator.complete("?", "unknown");

            assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 2, 1, 0, 0, 1, 1, 1, 1, 1));
        }

        @Test
        void withCapacity_usualSettings() {
            ReactiveCorrelator<String> usual = ReactiveCorrelator.withCapacity(3);
            assertThat(usual.capacity()).isEqualTo(3);
            assertThatThrownBy(() -> ReactiveCorrelator.withCapacity(0)).isInstanceOf(IllegalArgumentException.class);
            StepVerifier.create(usual.request(ticket -> Mono.fromRunnable(() -> usual.complete(ticket, "reply"))))
                    .expectNext("reply")
                    .verifyComplete();
        }
    }
}
