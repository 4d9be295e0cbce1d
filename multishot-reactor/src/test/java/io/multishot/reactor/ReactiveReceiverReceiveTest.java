package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** {@link ReactiveReceiver#receive()}: one outcome for each subscription, and a cancel that loses nothing. */
class ReactiveReceiverReceiveTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final Receiver<String> receiver = new Receiver<>();
    private final ReactiveReceiver<String> reactive = ReactiveReceiver.from(receiver);
    private final Mono<String> receive = reactive.receive();
    private final RecordingSubscriber<String> subscriber = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    /** For the subscription that comes after the one that a test is about. */
    private final RecordingSubscriber<String> next = RecordingSubscriber.unbounded();

    @Nested
    class Outcome {
        @Test
        void receive_valueThere_signalsValue() {
            receiver.sender().send("value");

            receive.subscribe(subscriber);

            subscriber.expectValue("value");
            subscriber.expectNothingLeftOver();
        }

        static Stream<Named<Consumer<Receiver<String>>>> roundsWithoutOutcome() {
            return Stream.of(
                    Named.of("none yet", receiver -> {}),
                    Named.of("closed", receiver -> receiver.sender().close()),
                    Named.of("revoked", receiver -> {
                        receiver.sender();
                        receiver.revoke();
                    }),
                    Named.of("receiver closed, value unread", receiver -> {
                        receiver.sender().send("unread");
                        receiver.close();
                    }));
        }

        @ParameterizedTest
        @MethodSource("roundsWithoutOutcome")
        void receive_noOutcomeThere_signalsSenderClosed(Consumer<Receiver<String>> before) {
            before.accept(receiver);

            receive.subscribe(subscriber);

            subscriber.expectError(SenderClosedException.class);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void receive_closedOrRevokedWhileWaiting_signalsSenderClosed(boolean revoked) {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);

            if (revoked) {
                receiver.revoke();
            } else {
                sender.close();
            }

            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void receive_failedBefore_signalsTheCauseItself() {
            receiver.sender().fail(CAUSE);

            receive.subscribe(subscriber);

            subscriber.expectError(CAUSE);
        }

        @Test
        void receive_failedByIllegalState_signalsTheCauseOnce() {
            IllegalStateException cause = new IllegalStateException("the sender's own");
            receiver.sender().fail(cause);

            receive.subscribe(subscriber);

            subscriber.expectError(cause);
        }

        @Test
        void receive_outcomeTakenBefore_signalsSenderClosed() {
            receiver.sender().send("value");

            receive.subscribe(subscriber);
            receive.subscribe(next);

            subscriber.expectValue("value");
            next.expectError(SenderClosedException.class);
        }

        @Test
        void receive_valueThatIsASubscription_isDelivered() {
            Receiver<Object> objects = new Receiver<>();
            RecordingSubscriber<Object> objectSubscriber = RecordingSubscriber.unbounded();
            receiver.sender();
            receive.subscribe(subscriber);
            Object waiter = subscriber.subscription();

            objects.sender().send(waiter);
            ReactiveReceiver.from(objects).receive().subscribe(objectSubscriber);

            objectSubscriber.expectValue(waiter);
            subscriber.expectNoSignal();
        }
    }

    @Nested
    class Request {
        @Test
        void request_notYet_takesNothing() {
            receiver.sender().send("value");
            TestSubscriber<String> unrequested =
                    TestSubscriber.builder().initialRequest(0).build();

            receive.subscribe(unrequested);

            assertThat(unrequested.isTerminated()).isFalse();
            assertThat(reactive).hasToString("ReactiveReceiver[value, not yet received]");

            unrequested.request(1);
            assertThat(unrequested.getReceivedOnNext()).containsExactly("value");
            assertThat(unrequested.isTerminatedComplete()).isTrue();
            assertThat(unrequested.getProtocolErrors()).isEmpty();
        }

        @Test
        void request_againAfterValue_takesNothingMore() {
            receiver.sender().send("first");
            receive.subscribe(subscriber);
            receiver.sender().send("second");

            subscriber.request(1);

            subscriber.expectValue("first");
            assertThat(receiver.tryReceive()).isEqualTo("second");
        }
    }

    @Nested
    class Cancel {
        @Test
        void cancel_whileWaiting_leavesLaterValueToNextSubscription() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);

            subscriber.cancel();
            assertThat(sender.isOpen()).isTrue();
            assertThat(sender.send("value")).isTrue();
            receive.subscribe(next);

            subscriber.expectNoSignal();
            subscriber.expectNothingLeftOver();
            next.expectValue("value");
        }

        @Test
        void cancel_beforeRequest_leavesValue() {
            receiver.sender().send("value");
            receive.subscribe(patient);

            patient.cancel();
            receive.subscribe(next);

            patient.expectNoSignal();
            next.expectValue("value");
        }

        @Test
        void cancel_afterValueOnRecycledSender_leavesLaterRound() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);
            sender.send("first");
            receiver.recycle(sender);
            receive.subscribe(next);

            subscriber.cancel();

            assertThat(sender.send("second")).isTrue();
            next.expectValue("second");
        }

        @Test
        void cancel_afterError_leavesLaterRound() {
            receive.subscribe(subscriber);
            Sender<String> sender = receiver.sender();
            receive.subscribe(next);

            subscriber.cancel();
            sender.send("value");

            subscriber.expectError(SenderClosedException.class);
            next.expectValue("value");
        }

        /** The same, when the value is there already and so cannot be put back. */
        @Test
        void cancel_justBeforeValueIsTaken_discardsIt() {
            receiver.sender().send("value");
            receive.subscribe(patient);

            patient.cancel();
            subscription(patient).begin();

            patient.expectNoSignal();
            assertThat(patient.discarded()).containsExactly("value");
        }
    }

    @Nested
    class SecondSubscription {
        @Test
        void receive_whileCoreReceiveWaits_isRefused() {
            Sender<String> sender = receiver.sender();
            var future = receiver.receiveAsync();

            receive.subscribe(subscriber);
            sender.send("value");

            subscriber.expectError(IllegalStateException.class);
            assertThat(future).isCompletedWithValue("value");
        }
    }

    @Nested
    class ThrowingSubscriber {
        private final IllegalStateException thrown = new IllegalStateException("the subscriber's own");

        @Test
        void onNext_throwsOnRequestingThread_reachesRequest() {
            receiver.sender().send("value");
            receive.subscribe(patient.onNextDo(value -> {
                throw thrown;
            }));

            assertThatIllegalStateException()
                    .isThrownBy(() -> patient.request(1))
                    .isSameAs(thrown);

            assertThat(patient.signals()).containsExactly(Signal.next("value"));
        }
    }

    @Nested
    class Composition {
        private int rounds;

        private Mono<String> receiveOfNewRound() {
            return receive.doFirst(() -> receiver.sender().send("value " + ++rounds));
        }

        @Test
        void repeat_tenThousandRounds_doesNotGrowTheStack() {
            StepVerifier.create(receiveOfNewRound().repeat(9_999))
                    .expectNextCount(10_000)
                    .verifyComplete();
        }
    }

    private static OutcomeSubscription<String> subscription(RecordingSubscriber<String> subscriber) {
        return subscription(subscriber.subscription());
    }

    @SuppressWarnings("unchecked") // every subscription of this test is to a String
    private static OutcomeSubscription<String> subscription(Object subscription) {
        return (OutcomeSubscription<String>) subscription;
    }
}
