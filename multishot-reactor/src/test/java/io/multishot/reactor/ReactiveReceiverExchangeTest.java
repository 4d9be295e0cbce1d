package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** {@link ReactiveReceiver#exchange}: a round for each subscription, and a cancel that revokes it. */
class ReactiveReceiverExchangeTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final Receiver<String> receiver = new Receiver<>();
    private final ReactiveReceiver<String> reactive = ReactiveReceiver.from(receiver);

    /** The senders that were handed out, in order. */
    private final List<Sender<String>> handedOut = new ArrayList<>();

    private final Mono<String> exchange = reactive.exchange(handedOut::add);
    private final RecordingSubscriber<String> subscriber = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    /** For the subscription that comes after the one that a test is about. */
    private final RecordingSubscriber<String> next = RecordingSubscriber.unbounded();

    private Sender<String> sender(int round) {
        assertThat(handedOut).hasSizeGreaterThanOrEqualTo(round);
        return handedOut.get(round - 1);
    }

    private void expectNextSubscriptionStartsClean() {
        int round = handedOut.size() + 1;
        exchange.subscribe(next);
        next.expectNoSignal();
        assertThat(sender(round).send("clean")).isTrue();
        next.expectValue("clean");
    }

    @Nested
    class Answer {
        static Stream<Named<BiConsumer<ReactiveReceiver<String>, Sender<String>>>> endingsFromInside() {
            return Stream.of(
                    Named.of("close", (reactive, sender) -> sender.close()),
                    Named.of("dispose", (reactive, sender) -> reactive.dispose()));
        }

        @ParameterizedTest
        @MethodSource("endingsFromInside")
        void exchange_endedFromInside_signalsSenderClosed(BiConsumer<ReactiveReceiver<String>, Sender<String>> end) {
            reactive.exchange(sender -> end.accept(reactive, sender)).subscribe(subscriber);

            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void exchange_revoked_signalsSenderClosed() {
            exchange.subscribe(subscriber);

            receiver.revoke();

            subscriber.expectError(SenderClosedException.class);
            assertThat(sender(1).send("late")).isFalse();
            expectNextSubscriptionStartsClean();
        }

        @Test
        void exchange_eachSubscription_opensARoundOfItsOwn() {
            exchange.subscribe(subscriber);
            sender(1).send("first");
            exchange.subscribe(next);

            assertThat(sender(1).send("stale")).isFalse();
            sender(1).close();
            assertThat(sender(2).send("second")).isTrue();

            assertThat(sender(2)).isNotSameAs(sender(1));
            subscriber.expectValue("first");
            next.expectValue("second");
        }
    }

    @Nested
    class Refused {
        @Test
        void exchange_coreRoundOpen_isRefusedAndDisturbsNothing() {
            Sender<String> sender = receiver.sender();

            exchange.subscribe(subscriber);

            subscriber.expectError(IllegalStateException.class);
            assertThat(handedOut).isEmpty();
            assertThat(sender.send("value")).isTrue();
            reactive.receive().subscribe(next);
            next.expectValue("value");
        }

        @Test
        void exchange_fromInsideTheConsumerOfAnother_isRefused() {
            reactive.exchange(sender -> {
                        exchange.subscribe(next);
                        sender.send("answer");
                    })
                    .subscribe(subscriber);

            next.expectError(IllegalStateException.class);
            subscriber.expectValue("answer");
            assertThat(handedOut).isEmpty();
        }

        /** The hook runs just before the round is opened. */
        @Test
        void exchange_insideAnothersDiscard_opensFirstAndTheOtherIsRefused() {
            receiver.sender().send("unread");
            exchange.subscribe(patient.onDiscardDo(unread -> exchange.subscribe(next)));

            patient.request(1);

            patient.expectError(IllegalStateException.class);
            assertThat(handedOut).hasSize(1);
            assertThat(sender(1).send("answer")).isTrue();
            next.expectValue("answer");
        }

        @Test
        void receive_whileExchangeWaits_isRefusedAndDisturbsNothing() {
            exchange.subscribe(subscriber);

            reactive.receive().subscribe(next);

            next.expectError(IllegalStateException.class);
            sender(1).send("answer");
            subscriber.expectValue("answer");
        }
    }

    @Nested
    class Cancel {
        /** The hook runs just before the round is opened: the cancel comes before there is a round to revoke. */
        @Test
        void cancel_whileOpening_revokesTheRoundAndAsksNobody() {
            receiver.sender().send("unread");
            exchange.subscribe(patient.onDiscardDo(unread -> patient.cancel()));

            patient.request(1);

            patient.expectNoSignal();
            assertThat(handedOut).isEmpty();
            assertThat(receiver.hasLiveSender()).isFalse();
            expectNextSubscriptionStartsClean();
        }

        /** As if the receiver were disposed between the opening and the hand-out: a round that is over asks nobody. */
        @Test
        void close_justBeforeTheHandOut_asksNobody() {
            exchange.subscribe(patient);

            subscription(patient).onClosed();
            subscription(patient).begin();

            patient.expectError(SenderClosedException.class);
            assertThat(handedOut).isEmpty();
        }
    }

    @Nested
    class UnreadOutcome {
        @Test
        void exchange_unreadValue_discardsIt() {
            receiver.sender().send("unread");

            exchange.subscribe(subscriber);

            assertThat(subscriber.discarded()).containsExactly("unread");
            subscriber.expectNoSignal();
            sender(1).send("answer");
            subscriber.expectValue("answer");
            assertThat(subscriber.discarded()).containsExactly("unread");
        }

        @Test
        void exchange_unreadFailure_dropsIt() {
            receiver.sender().fail(CAUSE);

            exchange.subscribe(subscriber);

            assertThat(subscriber.droppedErrors()).containsExactly(CAUSE);
            subscriber.expectNoSignal();
            sender(1).fail(CAUSE);
            subscriber.expectError(CAUSE);
        }

        @Test
        void exchange_unreadClose_isForgotten() {
            receiver.sender().close();

            exchange.subscribe(subscriber);

            subscriber.expectNothingLeftOver();
            subscriber.expectNoSignal();
            sender(1).close();
            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void doOnDiscard_unreadValue_isHandedIt() {
            List<String> discarded = new ArrayList<>();
            receiver.sender().send("unread");

            exchange.doOnDiscard(String.class, discarded::add).subscribe(subscriber);

            assertThat(discarded).containsExactly("unread");
        }

        @Test
        void exchange_notRequested_leavesUnreadValue() {
            receiver.sender().send("unread");

            exchange.subscribe(patient);

            patient.expectNothingLeftOver();
            assertThat(receiver.tryReceive()).isEqualTo("unread");
        }
    }

    @Nested
    class Composition {
        private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

        @AfterEach
        void disposeTime() {
            time.dispose();
        }

        @Test
        void repeat_aThousandRounds_onOneChannel() {
            StepVerifier.create(reactive.exchange(sender -> {
                                handedOut.add(sender);
                                sender.send("answer " + handedOut.size());
                            })
                            .repeat(1_000))
                    .expectNextSequence(IntStream.rangeClosed(1, 1_001)
                            .mapToObj(round -> "answer " + round)
                            .toList())
                    .verifyComplete();
            assertThat(handedOut).hasSize(1_001).doesNotHaveDuplicates();
        }

        @Test
        void exchange_fromInsideOnNextOfSynchronousAnswer_opensTheNextRound() {
            Mono<String> synchronous = reactive.exchange(sender -> {
                handedOut.add(sender);
                sender.send("answer " + handedOut.size());
            });

            synchronous.doOnNext(value -> synchronous.subscribe(next)).subscribe(subscriber);

            subscriber.expectValue("answer 1");
            next.expectValue("answer 2");
        }

        @Test
        void subscribeOnAndPublishOn_answerFromThirdThread_isDelivered() {
            Mono<String> scheduled = reactive.exchange(
                            sender -> Schedulers.boundedElastic().schedule(() -> sender.send("answer")))
                    .subscribeOn(Schedulers.parallel())
                    .publishOn(Schedulers.single());

            StepVerifier.create(scheduled.repeat(100))
                    .expectNextCount(101)
                    .expectComplete()
                    .verify(Duration.ofSeconds(30));
        }

        @Test
        void zip_twoChannels_joinsTheAnswers() {
            List<ReactiveReceiver<String>> channels = channels(2);

            Mono.zip(channels.get(0).exchange(handedOut::add), channels.get(1).exchange(handedOut::add), String::concat)
                    .subscribe(subscriber);
            sender(2).send("b");
            subscriber.expectNoSignal();
            sender(1).send("a");

            subscriber.expectValue("ab");
        }

        @Test
        void zip_oneFails_revokesTheOther() {
            List<ReactiveReceiver<String>> channels = channels(2);

            Mono.zip(channels.get(0).exchange(handedOut::add), channels.get(1).exchange(handedOut::add), String::concat)
                    .subscribe(subscriber);
            sender(2).fail(CAUSE);

            subscriber.expectError(CAUSE);
            assertThat(sender(1).isOpen()).isFalse();
        }

        private List<ReactiveReceiver<String>> channels(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> ReactiveReceiver.<String>create())
                    .toList();
        }
    }

    @SuppressWarnings("unchecked") // every subscription of this test is to a String
    private static OutcomeSubscription<String> subscription(RecordingSubscriber<String> subscriber) {
        return (OutcomeSubscription<String>) subscriber.subscription();
    }
}
