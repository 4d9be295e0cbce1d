package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** {@link ReactiveReceiver#receive()}: one outcome for each subscription, and a cancel that loses nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
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

        @Test
        void receive_valueLater_signalsValue() {
            Sender<String> sender = receiver.sender();

            receive.subscribe(subscriber);
            subscriber.expectNoSignal();

            assertThat(sender.send("value")).isTrue();
            subscriber.expectValue("value");
            subscriber.expectNothingLeftOver();
        }

        @Test
        void receive_closedBefore_signalsSenderClosed() {
            receiver.sender().close();

            receive.subscribe(subscriber);

            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void receive_closedLater_signalsSenderClosed() {
            Sender<String> sender = receiver.sender();

            receive.subscribe(subscriber);
            sender.close();

            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void receive_failedBefore_signalsTheCauseItself() {
            receiver.sender().fail(CAUSE);

            receive.subscribe(subscriber);

            subscriber.expectError(CAUSE);
        }

        @Test
        void receive_failedLater_signalsTheCauseItself() {
            Sender<String> sender = receiver.sender();

            receive.subscribe(subscriber);
            sender.fail(CAUSE);

            subscriber.expectError(CAUSE);
            subscriber.expectNothingLeftOver();
        }

        @Test
        void receive_failedByIllegalState_signalsTheCauseOnce() {
            IllegalStateException cause = new IllegalStateException("the sender's own");
            receiver.sender().fail(cause);

            receive.subscribe(subscriber);

            subscriber.expectError(cause);
        }

        @Test
        void receive_revokedBefore_signalsSenderClosed() {
            receiver.sender();
            receiver.revoke();

            receive.subscribe(subscriber);

            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void receive_revokedWhileWaiting_signalsSenderClosed() {
            receiver.sender();

            receive.subscribe(subscriber);
            receiver.revoke();

            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void receive_noRoundYet_signalsSenderClosed() {
            receive.subscribe(subscriber);

            subscriber.expectError(SenderClosedException.class);
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
        void receive_disposedWhileWaiting_signalsSenderClosed() {
            Sender<String> sender = receiver.sender();

            receive.subscribe(subscriber);
            reactive.dispose();

            subscriber.expectError(SenderClosedException.class);
            assertThat(sender.send("late")).isFalse();
        }

        @Test
        void receive_disposedBefore_signalsSenderClosed() {
            receiver.sender().send("unread");
            reactive.dispose();

            receive.subscribe(subscriber);

            subscriber.expectError(SenderClosedException.class);
        }

        @Test
        void receive_disposedBeforeAndNothingRequested_signalsSenderClosed() {
            reactive.dispose();

            receive.subscribe(patient);

            patient.expectError(SenderClosedException.class);
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
        void request_notYet_doesNotWait() {
            Sender<String> sender = receiver.sender();

            receive.subscribe(patient);
            receive.subscribe(next);
            sender.send("value");

            patient.expectNoSignal();
            next.expectValue("value");
        }

        @Test
        void request_unbounded_signalsOnce() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(patient);

            patient.request(Long.MAX_VALUE);
            sender.send("value");

            patient.expectValue("value");
        }

        @Test
        void request_againWhileWaiting_goesOnWaiting() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(patient);

            patient.request(1);
            patient.request(1);
            patient.request(Long.MAX_VALUE);
            patient.expectNoSignal();
            sender.send("value");

            patient.expectValue("value");
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

        @Test
        void request_againFromOnNext_isIgnored() {
            receiver.sender().send("value");
            receive.subscribe(patient.onNextDo(value -> patient.request(1)));

            patient.request(1);

            patient.expectValue("value");
        }

        @Test
        void request_afterCancel_takesNothing() {
            receiver.sender().send("value");
            receive.subscribe(patient);

            patient.cancel();
            patient.request(1);

            patient.expectNoSignal();
            assertThat(receiver.tryReceive()).isEqualTo("value");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1, Long.MIN_VALUE})
        void request_notPositive_signalsIllegalArgumentAndTakesNothing(long n) {
            receiver.sender().send("value");
            receive.subscribe(patient);

            patient.request(n);

            assertThat(patient.expectError(IllegalArgumentException.class))
                    .hasMessageContaining("§3.9")
                    .hasMessageContaining(String.valueOf(n));
            receive.subscribe(next);
            next.expectValue("value");
        }

        @Test
        void request_notPositiveTwice_signalsOnce() {
            receiver.sender().send("value");
            receive.subscribe(patient);

            patient.request(0);
            patient.request(-1);

            patient.expectError(IllegalArgumentException.class);
        }

        @Test
        void request_goodAfterBad_takesNothing() {
            receiver.sender().send("value");
            receive.subscribe(patient);

            patient.request(0);
            patient.request(1);

            patient.expectError(IllegalArgumentException.class);
            assertThat(receiver.tryReceive()).isEqualTo("value");
        }

        @Test
        void request_notPositiveWhileWaiting_endsTheWaitAndLeavesTheRound() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);

            subscriber.request(-1);
            subscriber.request(-1);

            subscriber.expectError(IllegalArgumentException.class);
            receive.subscribe(next);
            assertThat(sender.send("value")).isTrue();
            next.expectValue("value");
            subscriber.expectNothingLeftOver();
        }

        /** The sender has taken the subscription out, then comes the bad request, then the value. */
        @Test
        void request_notPositiveWithValueOnItsWay_signalsTheValueOnly() {
            receiver.sender();
            receive.subscribe(subscriber);
            assertThat(subscription(subscriber).end()).isTrue();

            subscriber.request(-1);
            subscription(subscriber).onValue("value");

            subscriber.expectValue("value");
        }

        @Test
        void request_notPositiveAfterValue_signalsNothingMore() {
            receiver.sender().send("value");
            receive.subscribe(subscriber);

            subscriber.request(0);

            subscriber.expectValue("value");
        }

        @Test
        void request_notPositiveAfterCancel_signalsNothing() {
            receiver.sender();
            receive.subscribe(patient);

            patient.cancel();
            patient.request(0);

            patient.expectNoSignal();
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
        void cancel_whileWaiting_letsAnotherWaitAtOnce() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);

            subscriber.cancel();
            receive.subscribe(next);
            sender.send("value");

            subscriber.expectNoSignal();
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
        void cancel_again_leavesLaterSubscription() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);
            subscriber.cancel();
            receive.subscribe(next);

            subscriber.cancel();
            sender.send("value");

            next.expectValue("value");
        }

        @Test
        void cancel_afterValue_leavesLaterRound() {
            receiver.sender().send("first");
            receive.subscribe(subscriber);
            Sender<String> sender = receiver.sender();
            receive.subscribe(next);

            subscriber.cancel();

            assertThat(sender.send("second")).isTrue();
            subscriber.expectValue("first");
            next.expectValue("second");
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

        @Test
        void cancel_fromOnNext_suppressesOnComplete() {
            receiver.sender().send("value");
            receive.subscribe(patient.onNextDo(value -> patient.cancel()));

            patient.request(1);

            assertThat(patient.signals()).containsExactly(Signal.next("value"));
        }

        /** The request has passed its check, then comes the cancel, then the registration. */
        @Test
        void cancel_justBeforeRegistration_leavesNobodyWaiting() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(patient);

            patient.cancel();
            subscription(patient).begin();

            assertThat(reactive).hasToString("ReactiveReceiver[open]");
            receive.subscribe(next);
            sender.send("value");
            patient.expectNoSignal();
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

        /** The same, when another one waits: the refusal concerns nobody any more, least of all who requests. */
        @Test
        void cancel_justBeforeRefusal_isSilent() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(next);
            receive.subscribe(patient);

            patient.cancel();
            subscription(patient).begin();

            patient.expectNoSignal();
            sender.send("value");
            next.expectValue("value");
        }

        /** The sender has taken the subscription out, then comes the cancel, then the value. */
        @Test
        void cancel_valueOnItsWay_discardsIt() {
            receive.subscribe(patient);

            patient.cancel();
            subscription(patient).onValue("value");

            patient.expectNoSignal();
            assertThat(patient.discarded()).containsExactly("value");
        }

        @Test
        void cancel_failureOnItsWay_dropsIt() {
            receive.subscribe(patient);

            patient.cancel();
            subscription(patient).onFailure(CAUSE);

            patient.expectNoSignal();
            assertThat(patient.droppedErrors()).containsExactly(CAUSE);
        }

        @Test
        void cancel_closeOnItsWay_signalsNothing() {
            receive.subscribe(patient);

            patient.cancel();
            subscription(patient).onClosed();

            patient.expectNoSignal();
            patient.expectNothingLeftOver();
        }
    }

    @Nested
    class SecondSubscription {
        @Test
        void receive_whileAnotherWaits_isRefusedAndDisturbsNothing() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);

            receive.subscribe(next);
            reactive.receive().subscribe(patient);
            patient.request(1);

            next.expectError(IllegalStateException.class);
            patient.expectError(IllegalStateException.class);
            subscriber.expectNoSignal();
            assertThat(sender.send("value")).isTrue();
            subscriber.expectValue("value");
        }

        @Test
        void cancel_refusedOne_leavesTheFirstWaiting() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber);
            receive.subscribe(next);

            next.cancel();

            assertThat(sender.send("value")).isTrue();
            subscriber.expectValue("value");
        }

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

        @Test
        void onNext_throwsOnSendingThread_reachesSendAndLeavesTheChannel() {
            Sender<String> sender = receiver.sender();
            receive.subscribe(subscriber.onNextDo(value -> {
                throw thrown;
            }));

            assertThatIllegalStateException()
                    .isThrownBy(() -> sender.send("value"))
                    .isSameAs(thrown);

            assertThat(subscriber.signals()).containsExactly(Signal.next("value"));
            receiver.sender().send("second");
            receive.subscribe(next);
            next.expectValue("second");
        }
    }

    @Nested
    class Composition {
        private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        private int rounds;

        @AfterEach
        void disposeTime() {
            time.dispose();
        }

        private Mono<String> receiveOfNewRound() {
            return receive.doFirst(() -> receiver.sender().send("value " + ++rounds));
        }

        @Test
        void repeat_eachTime_receivesTheNextOutcome() {
            StepVerifier.create(receiveOfNewRound().repeat(2))
                    .expectNext("value 1", "value 2", "value 3")
                    .verifyComplete();
        }

        @Test
        void repeat_tenThousandRounds_doesNotGrowTheStack() {
            StepVerifier.create(receiveOfNewRound().repeat(9_999))
                    .expectNextCount(10_000)
                    .verifyComplete();
        }

        @Test
        void retry_afterFailure_receivesTheNextOutcome() {
            Mono<String> failsFirst = receive.doFirst(() -> {
                Sender<String> sender = receiver.sender();
                if (++rounds == 1) {
                    sender.fail(CAUSE);
                } else {
                    sender.send("value");
                }
            });

            StepVerifier.create(failsFirst.retry(1)).expectNext("value").verifyComplete();
        }

        @Test
        void timeout_lateValue_reachesTheNextSubscription() {
            Sender<String> sender = receiver.sender();

            receive.timeout(Duration.ofSeconds(1), time).subscribe(subscriber);
            time.advanceTimeBy(Duration.ofSeconds(2));
            subscriber.expectError(TimeoutException.class);

            assertThat(sender.isOpen()).isTrue();
            assertThat(sender.send("late")).isTrue();
            receive.subscribe(next);
            next.expectValue("late");
            subscriber.expectNothingLeftOver();
        }

        @Test
        void timeout_valueInTime_isNotDisturbed() {
            Sender<String> sender = receiver.sender();

            receive.timeout(Duration.ofSeconds(1), time).subscribe(subscriber);
            sender.send("value");
            time.advanceTimeBy(Duration.ofSeconds(2));

            subscriber.expectValue("value");
        }

        @Test
        void receive_fromInsideOnNext_receivesTheNextRound() {
            Sender<String> first = receiver.sender();
            List<Sender<String>> opened = new ArrayList<>();
            receive.doOnNext(value -> {
                        opened.add(receiver.sender());
                        receive.subscribe(next);
                    })
                    .subscribe(subscriber);

            first.send("first");
            opened.get(0).send("second");

            subscriber.expectValue("first");
            next.expectValue("second");
        }
    }

    @Nested
    class Conventions {
        private static final String HOOK = "ReactiveReceiverReceiveTest";

        @AfterEach
        void resetHooks() {
            Hooks.resetOnEachOperator(HOOK);
        }

        @Test
        void doOnDiscard_valueOnItsWayToCancelled_isHandedIt() {
            List<String> discarded = new ArrayList<>();
            receive.doOnDiscard(String.class, discarded::add).subscribe(patient);
            OutcomeSubscription<String> subscription = subscription(Objects.requireNonNull(
                    Scannable.from(patient.subscription()).scan(Attr.PARENT)));

            patient.cancel();
            subscription.onValue("value");

            assertThat(discarded).containsExactly("value");
        }

        @Test
        void receive_underEachOperatorHook_isSeenByIt() {
            List<Publisher<?>> assembled = new ArrayList<>();
            Hooks.onEachOperator(HOOK, publisher -> {
                assembled.add(publisher);
                return publisher;
            });

            Mono<String> mono = reactive.receive();

            assertThat(assembled).hasSize(1);
            assertThat(assembled.get(0)).isSameAs(mono);
        }

        @Test
        void checkpoint_error_isMarkedByIt() {
            receive.checkpoint("at the receive").subscribe(subscriber);

            Throwable error = subscriber.expectError(SenderClosedException.class);
            assertThat(error.getSuppressed())
                    .anySatisfy(mark -> assertThat(mark).hasMessageContaining("at the receive"));
        }

        @Test
        void scan_throughARound_tellsItsState() {
            receiver.sender();
            receive.subscribe(patient);
            Scannable scannable = Scannable.from(patient.subscription());

            assertThat(scannable.scan(Attr.PARENT)).isSameAs(reactive);
            assertThat(scannable.scanUnsafe(Attr.ACTUAL)).isSameAs(patient);
            assertThat(scannable.scanUnsafe(Attr.PREFETCH)).isEqualTo(0);
            assertThat(scannable.scan(Attr.RUN_STYLE)).isEqualTo(Attr.RunStyle.ASYNC);
            assertThat(scannable.scanUnsafe(Attr.CAPACITY)).isNull();
            assertThat(scannable.scan(Attr.CANCELLED)).isFalse();
            assertThat(scannable.scan(Attr.TERMINATED)).isFalse();

            patient.cancel();
            assertThat(scannable.scan(Attr.CANCELLED)).isTrue();
            assertThat(scannable.scan(Attr.TERMINATED)).isFalse();
        }

        @Test
        void scan_afterValue_isTerminated() {
            receiver.sender().send("value");
            receive.subscribe(subscriber);

            Scannable scannable = Scannable.from(subscriber.subscription());
            assertThat(scannable.scan(Attr.TERMINATED)).isTrue();
            assertThat(scannable.scan(Attr.CANCELLED)).isFalse();
        }

        @Test
        void scan_afterError_isTerminated() {
            receive.subscribe(subscriber);

            assertThat(Scannable.from(subscriber.subscription()).scan(Attr.TERMINATED))
                    .isTrue();
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
