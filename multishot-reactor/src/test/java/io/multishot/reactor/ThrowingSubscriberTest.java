package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Callback;
import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import io.multishot.correlator.Correlator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** Subscribers, callbacks and hooks that throw: what has to follow the call is done all the same. */
class ThrowingSubscriberTest {
    private static final RuntimeException CAUSE = new IllegalArgumentException("cause");
    private static final RuntimeException THROWN = new UnsupportedOperationException("thrown by the test");

    private static void raise() {
        throw THROWN;
    }

    /** The next slot of {@code senders()}, after a round whose subscriber throws. */
    @Nested
    class Senders {
        private final ReactiveReceiver<String> reactive = ReactiveReceiver.create();
        private final RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.unbounded();
        private final RecordingSubscriber<String> one = RecordingSubscriber.<String>unbounded()
                .onNextDo(value -> raise())
                .onErrorDo(error -> raise());
        private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();
        private final RecordingSubscriber<String> next = RecordingSubscriber.unbounded();

        private void receiveInTheFirstRound() {
            reactive.senders().subscribe(slots);
            reactive.receive().subscribe(one);
        }

        private void expectNextRound() {
            assertThat(slots.values()).hasSize(2);
            assertThat(slots.values().get(1).send("next")).isTrue();
            reactive.receive().subscribe(next);
            next.expectValue("next");
        }

        static Stream<Named<Consumer<Senders>>> endings() {
            return Stream.of(
                    Named.of("send", test -> test.slots.values().get(0).send("value")),
                    Named.of("close", test -> test.slots.values().get(0).close()),
                    Named.of("fail", test -> test.slots.values().get(0).fail(CAUSE)),
                    Named.of("revoke", test -> test.reactive.receiver().revoke()));
        }

        @ParameterizedTest
        @MethodSource("endings")
        void end_subscriberThrows_theNextSlotIsSignalled(Consumer<Senders> ending) {
            receiveInTheFirstRound();
            assertThatThrownBy(() -> ending.accept(this)).isSameAs(THROWN);
            assertThat(one.signals()).hasSize(1);
            expectNextRound();
        }

        @Test
        void onComplete_throws_theNextSlotIsSignalled() {
            reactive.senders().subscribe(slots);
            reactive.receive().subscribe(patient.onCompleteDo(ThrowingSubscriberTest::raise));
            patient.request(1);
            assertThatThrownBy(() -> slots.values().get(0).send("value")).isSameAs(THROWN);
            patient.expectValue("value");
            expectNextRound();
        }

        /** As after a cancel that meets the failure on its way. */
        @Test
        @SuppressWarnings("unchecked") // the subscriber was subscribed to a receive of strings
        void dropOfACancelledReceive_throws_theNextSlotIsSignalled() {
            reactive.senders().subscribe(slots);
            slots.values().get(0).fail(CAUSE);
            reactive.receive().subscribe(patient.onDropDo(error -> raise()));
            patient.cancel();
            OutcomeSubscription<String> cancelled = (OutcomeSubscription<String>) patient.subscription();
            assertThatThrownBy(() -> cancelled.receiveFrom(reactive.receiver())).isSameAs(THROWN);
            patient.expectNoSignal();
            assertThat(patient.droppedErrors()).containsExactly(CAUSE);
            expectNextRound();
        }

        @Test
        void onError_throwsWhenDisposed_sendersComplete() {
            receiveInTheFirstRound();
            assertThatThrownBy(reactive::dispose).isSameAs(THROWN);
            slots.expectCompleteAfter(1);
        }

        @Test
        void hookOfTheLiveSender_throwsWhenDisposed_sendersComplete() {
            reactive.senders().subscribe(slots);
            slots.values().get(0).onAbandoned(ThrowingSubscriberTest::raise);
            assertThatThrownBy(reactive::dispose).isSameAs(THROWN);
            slots.expectCompleteAfter(1);
        }

        @Test
        void hookOfACancelledExchange_throws_theNextSlotIsSignalled() {
            reactive.exchange(sender -> {
                        sender.onAbandoned(ThrowingSubscriberTest::raise);
                        reactive.senders().subscribe(slots);
                    })
                    .subscribe(one);
            slots.expectNoSignal();
            assertThatThrownBy(one::cancel).isSameAs(THROWN);
            assertThat(slots.values()).hasSize(1);
        }

        /** A slot that its subscriber threw at was handed out, and counts. */
        @Test
        void onNextOfSenders_throws_isNotSignalledMoreThanItRequested() {
            RecordingSubscriber<Sender<String>> few = RecordingSubscriber.patient();
            reactive.senders().subscribe(few.onNextDo(sender -> raise()));
            assertThatThrownBy(() -> few.request(1)).isSameAs(THROWN);
            few.values().get(0).send("value");
            reactive.receive().subscribe(next);
            next.expectValue("value");
            assertThat(few.values()).hasSize(1);
        }

        @Test
        void onError_throwsAtABadRequest_anotherMaySubscribe() {
            RecordingSubscriber<Sender<String>> unruly = RecordingSubscriber.patient();
            reactive.senders().subscribe(unruly.onErrorDo(error -> raise()));
            assertThatThrownBy(() -> unruly.request(0)).isSameAs(THROWN);
            reactive.senders().subscribe(slots);
            assertThat(slots.values()).hasSize(1);
            unruly.request(0);
            unruly.expectError(IllegalArgumentException.class);
        }
    }

    @Nested
    class UpstreamOfASender {
        private final Receiver<String> receiver = new Receiver<>();
        private final Sender<String> sender = receiver.sender();
        private final TestPublisher<String> work = TestPublisher.create();
        private final TestPublisher<String> unruly =
                TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        private final List<Object> dropped = new ArrayList<>();
        private final CoreSubscriber<String> subscriber = ReactiveReceiver.subscriberOf(
                sender,
                Context.of(
                        "reactor.onErrorDropped.local", (Consumer<Throwable>) dropped::add,
                        "reactor.onNextDropped.local", (Consumer<Object>) dropped::add));

        private void receiveThen(Runnable action) {
            receiver.receive(new Callback<String>() {
                @Override
                protected void onValue(String value) {
                    action.run();
                }

                @Override
                protected void onClosed() {
                    action.run();
                }

                @Override
                protected void onFailure(Throwable cause) {
                    action.run();
                }
            });
        }

        private void recycleAndThrow() {
            receiver.recycle(sender);
            throw THROWN;
        }

        private void expectNextRoundUntouched() {
            assertThat(sender.isOpen()).isTrue();
            assertThat(receiver.hasOutcome()).isFalse();
        }

        @Test
        void callback_throwsAtTheValue_upstreamIsCancelled() {
            receiveThen(ThrowingSubscriberTest::raise);
            unruly.subscribe(subscriber);
            assertThatThrownBy(() -> unruly.next("value")).isSameAs(THROWN);
            unruly.assertCancelled();
        }

        @Test
        void callback_throwsAtTheRefusalOfAHookedSender_upstreamIsCancelled() {
            receiveThen(ThrowingSubscriberTest::raise);
            sender.onAbandoned(() -> {});
            assertThatThrownBy(() -> work.subscribe(subscriber)).isSameAs(THROWN);
            work.assertCancelled();
        }

        @Test
        void callback_recyclesAndThrowsAtTheValue_whatFollowsIsDropped() {
            receiveThen(this::recycleAndThrow);
            unruly.subscribe(subscriber);
            assertThatThrownBy(() -> subscriber.onNext("value")).isSameAs(THROWN);
            subscriber.onNext("second");
            subscriber.onError(THROWN);
            subscriber.onComplete();
            assertThat(dropped).containsExactly("second", THROWN);
            expectNextRoundUntouched();
        }

        static Stream<Named<Consumer<CoreSubscriber<String>>>> ends() {
            return Stream.of(
                    Named.of("failure", subscriber -> subscriber.onError(CAUSE)),
                    Named.of("close", subscriber -> subscriber.onComplete()));
        }

        @ParameterizedTest
        @MethodSource("ends")
        void callback_recyclesAndThrowsAtAnEnd_whatFollowsIsDropped(Consumer<CoreSubscriber<String>> end) {
            receiveThen(this::recycleAndThrow);
            unruly.subscribe(subscriber);
            assertThatThrownBy(() -> end.accept(subscriber)).isSameAs(THROWN);
            subscriber.onError(THROWN);
            assertThat(dropped).containsExactly(THROWN);
            expectNextRoundUntouched();
        }

        @Test
        void cancelOfUpstream_throwsAtARevoke_lateSignalsLeaveTheNextRoundAlone() {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {
                    raise();
                }
            });
            assertThatThrownBy(receiver::revoke).isSameAs(THROWN);
            receiver.recycle(sender);
            subscriber.onError(CAUSE);
            assertThat(dropped).containsExactly(CAUSE);
            expectNextRoundUntouched();
        }
    }

    /** The slot of a request whose subscriber throws, in a table of one. */
    @Nested
    class Requests {
        private static final Duration HOUR = Duration.ofHours(1);

        private final Correlator<String> core = Correlator.builder(1)
                .timeSource(() -> 0)
                .maxWaiting(2)
                .sweepByCaller()
                .build();
        private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.from(core);
        private final List<Long> tickets = new ArrayList<>();
        private final TestPublisher<Void> sending = TestPublisher.create();
        private final RecordingSubscriber<String> holder = RecordingSubscriber.<String>unbounded()
                .onNextDo(value -> raise())
                .onErrorDo(error -> raise());
        private final RecordingSubscriber<String> waiting = RecordingSubscriber.unbounded();

        static Stream<Named<Consumer<Requests>>> endings() {
            return Stream.of(
                    Named.of("complete", test -> test.correlator.complete(test.tickets.get(0), "value")),
                    Named.of("fail", test -> test.correlator.fail(test.tickets.get(0), CAUSE)),
                    Named.of("bad request", test -> test.holder.request(0)),
                    Named.of("expire", test -> test.core.expire(HOUR.toNanos() / 2)));
        }

        @ParameterizedTest
        @MethodSource("endings")
        void end_subscriberThrows_theNextInTheQueueHasTheSlot(Consumer<Requests> ending) {
            correlator
                    .request(Duration.ofSeconds(1), ticket -> {
                        tickets.add(ticket);
                        return Mono.empty();
                    })
                    .subscribe(holder);
            correlator
                    .request(null, HOUR, ticket -> {
                        tickets.add(ticket);
                        return Mono.empty();
                    })
                    .subscribe(waiting);
            assertThat(tickets).hasSize(1);

            assertThatThrownBy(() -> ending.accept(this)).isSameAs(THROWN);

            assertThat(holder.signals()).hasSize(1);
            assertThat(tickets).hasSize(2);
            assertThat(core.waiting()).isZero();
            correlator.complete(tickets.get(1), "next");
            waiting.expectValue("next");
            assertThat(core.inFlight()).isZero();
        }

        static Stream<Named<Consumer<Requests>>> endingsWithoutReply() {
            return Stream.of(
                    Named.of("fail", test -> test.correlator.fail(test.tickets.get(0), CAUSE)),
                    Named.of("failAll", test -> test.correlator.failAll(CAUSE)),
                    Named.of("dispose", test -> test.correlator.dispose()),
                    Named.of("bad request", test -> test.holder.request(0)),
                    Named.of("expire", test -> test.core.expire(HOUR.toNanos())));
        }

        @ParameterizedTest
        @MethodSource("endingsWithoutReply")
        void end_subscriberThrows_theSendingIsCancelled(Consumer<Requests> ending) {
            correlator
                    .request(HOUR, ticket -> {
                        tickets.add(ticket);
                        return sending.mono();
                    })
                    .subscribe(holder);
            sending.assertNotCancelled();

            assertThatThrownBy(() -> ending.accept(this)).isSameAs(THROWN);

            sending.assertCancelled();
            assertThat(core.inFlight()).isZero();
        }
    }

    /** What a subscriber does from inside its last signal finds everything in order. */
    @Nested
    class FromInside {
        private final ReactiveReceiver<String> reactive = ReactiveReceiver.create();
        private final RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.patient();
        private final RecordingSubscriber<Sender<String>> others = RecordingSubscriber.unbounded();
        private final RecordingSubscriber<String> one = RecordingSubscriber.unbounded();

        @Test
        void sendersCancelled_receiveThatEndsSubscribesToSenders_isNotRefused() {
            reactive.senders().subscribe(slots);
            reactive.receive()
                    .subscribe(one.onErrorDo(error -> reactive.senders().subscribe(others)));
            slots.cancel();
            one.expectError(SenderClosedException.class);
            assertThat(others.values()).hasSize(1);
        }

        @Test
        void sendersRefused_resubscribesFromOnError_isNotRefused() {
            reactive.senders()
                    .subscribe(slots.onErrorDo(error -> reactive.senders().subscribe(others)));
            slots.request(-1);
            slots.expectError(IllegalArgumentException.class);
            assertThat(others.values()).hasSize(1);
        }

        @Test
        void senders_requestedFromOnSubscribe_signalAfterItReturned() {
            List<String> calls = new ArrayList<>();
            reactive.senders().subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    request(1);
                    calls.add("subscribed");
                }

                @Override
                protected void hookOnNext(Sender<String> sender) {
                    calls.add("sender");
                }
            });
            assertThat(calls).containsExactly("subscribed", "sender");
        }
    }
}
