package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class ReactiveReceiverSendersTest {
    private static final int MILLION = 1_000_000;

    private final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
    private final RecordingSubscriber<Sender<Integer>> slots = RecordingSubscriber.patient();

    private RecordingSubscriber<Integer> receive() {
        RecordingSubscriber<Integer> subscriber = RecordingSubscriber.unbounded();
        receiver.receive().subscribe(subscriber);
        return subscriber;
    }

    private Sender<Integer> slot(int index) {
        return slots.values().get(index);
    }

    @Nested
    class Demand {
        @Test
        void noRequest_opensNoRound() {
            receiver.senders().subscribe(slots);
            slots.expectNoSignal();
            assertThat(receiver.receiver().hasLiveSender()).isFalse();
        }

        @Test
        void requestOfMany_oneSenderIsLiveAtATime() {
            receiver.senders().subscribe(slots);
            slots.request(3);
            assertThat(slots.values()).hasSize(1);
            assertThat(slot(0).send(1)).isTrue();
            assertThat(slots.values()).hasSize(1);
            receive().expectValue(1);
            assertThat(slots.values()).hasSize(2);
            assertThat(slot(0).send(9)).isFalse();
            assertThat(slot(1).send(2)).isTrue();
            receive().expectValue(2);
            assertThat(slots.values()).hasSize(3);
            slot(2).send(3);
            receive().expectValue(3);
            assertThat(slots.values()).hasSize(3);
        }

        @Test
        void requestLater_opensTheNextRoundThen() {
            receiver.senders().subscribe(slots);
            slots.request(1);
            slot(0).send(1);
            receive().expectValue(1);
            assertThat(slots.values()).hasSize(1);
            slots.request(1);
            assertThat(slots.values()).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1, Long.MIN_VALUE})
        void badRequest_endsWithIllegalArgument(long n) {
            receiver.senders().subscribe(slots);
            slots.request(1);
            slots.request(n);
            slots.expectLastError(IllegalArgumentException.class, "3.9");
            slots.request(n);
            slots.request(1);
            assertThat(slots.values()).hasSize(1);
            assertThat(slot(0).send(1)).isTrue();
            receive().expectValue(1);
            receiver.senders().subscribe(RecordingSubscriber.unbounded());
            assertThat(receiver.receiver().hasLiveSender()).isTrue();
        }

        @Test
        void eachEnding_opensTheNextRound() {
            receiver.senders().subscribe(slots);
            slots.request(10);
            slot(0).close();
            receive().expectError(SenderClosedException.class);
            slot(1).fail(new IllegalStateException("failed"));
            receive().expectLastError(IllegalStateException.class, "failed");
            RecordingSubscriber<Integer> waiting = receive();
            receiver.receiver().revoke();
            waiting.expectError(SenderClosedException.class);
            assertThat(slots.values()).hasSize(4);
        }
    }

    @Nested
    class ReceiveWaits {
        @Test
        void noRoundYet_waitsForTheNext() {
            receiver.senders().subscribe(slots);
            RecordingSubscriber<Integer> waiting = receive();
            waiting.expectNoSignal();
            slots.request(1);
            slot(0).send(1);
            waiting.expectValue(1);
        }

        @Test
        void second_isRefusedAndDisturbsNothing() {
            receiver.senders().subscribe(slots);
            RecordingSubscriber<Integer> waiting = receive();
            receive().expectLastError(IllegalStateException.class, "another receive waits");
            slots.request(1);
            receive().expectLastError(IllegalStateException.class, "another receive waits");
            slot(0).send(1);
            waiting.expectValue(1);
        }

        @Test
        void cancelledBeforeTheRound_leavesItToTheNextReceive() {
            receiver.senders().subscribe(slots);
            RecordingSubscriber<Integer> waiting = receive();
            waiting.cancel();
            RecordingSubscriber<Integer> next = receive();
            slots.request(1);
            slot(0).send(1);
            next.expectValue(1);
            waiting.expectNoSignal();
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void cancelled_dropsTheReferenceToTheSubscriber(boolean inTheRound) {
            receiver.senders().subscribe(slots);
            Garbage.expectCollected(() -> receiveAndCancel(inTheRound));
            slots.request(1);
            assertThat(slot(0).isOpen()).isTrue();
        }

        private Object receiveAndCancel(boolean inTheRound) {
            RecordingSubscriber<Integer> cancelled = receive();
            if (inTheRound) {
                slots.request(1);
            }
            cancelled.cancel();
            return cancelled;
        }

        @Test
        void badRequestWhileWaitingForARound_endsIt() {
            receiver.senders().subscribe(slots);
            RecordingSubscriber<Integer> waiting = receive();
            waiting.request(-1);
            waiting.expectLastError(IllegalArgumentException.class, "3.9");
            slots.request(1);
            slot(0).send(1);
            receive().expectValue(1);
        }

        @Test
        void exchange_isRefused() {
            receiver.senders().subscribe(slots);
            AtomicInteger calls = new AtomicInteger();
            StepVerifier.create(receiver.exchange(sender -> calls.incrementAndGet()))
                    .verifyErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("senders()"));
            assertThat(calls).hasValue(0);
            slots.cancel();
            StepVerifier.create(receiver.exchange(sender -> sender.send(1)))
                    .expectNext(1)
                    .verifyComplete();
        }
    }

    @Nested
    class End {
        @Test
        void dispose_completes() {
            receiver.senders().subscribe(slots);
            slots.request(1);
            RecordingSubscriber<Integer> waiting = receive();
            receiver.dispose();
            slots.expectCompleteAfter(1);
            waiting.expectError(SenderClosedException.class);
            assertThat(slot(0).send(1)).isFalse();
        }

        @Test
        void disposeWhileAReceiveWaitsForARound_endsBoth() {
            receiver.senders().subscribe(slots);
            RecordingSubscriber<Integer> waiting = receive();
            receiver.dispose();
            slots.expectCompleteAfter(0);
            waiting.expectError(SenderClosedException.class);
        }

        @Test
        void disposedBefore_completesAtOnce() {
            receiver.dispose();
            StepVerifier.create(receiver.senders()).verifyComplete();
        }

        @Test
        void cancel_leavesTheSenderThatWasSignalled() {
            receiver.senders().subscribe(slots);
            slots.request(5);
            RecordingSubscriber<Integer> waiting = receive();
            slots.cancel();
            assertThat(slot(0).send(1)).isTrue();
            waiting.expectValue(1);
            assertThat(slots.values()).hasSize(1);
            receive().expectError(SenderClosedException.class);
        }

        @Test
        void cancel_dropsTheReferenceToTheSubscriber() {
            Garbage.expectCollected(this::subscribeAndCancel);
            receiver.senders().subscribe(slots);
            slots.request(1);
            assertThat(slot(0).isOpen()).isTrue();
        }

        private Object subscribeAndCancel() {
            RecordingSubscriber<Sender<Integer>> cancelled = RecordingSubscriber.patient();
            receiver.senders().subscribe(cancelled);
            cancelled.cancel();
            return cancelled;
        }

        @Test
        void cancelWhileAReceiveWaitsForARound_endsIt() {
            receiver.senders().subscribe(slots);
            RecordingSubscriber<Integer> waiting = receive();
            slots.cancel();
            slots.cancel();
            waiting.expectError(SenderClosedException.class);
        }

        @Test
        void cancelFromInsideOnNext_opensNoFurtherRound() {
            List<Sender<Integer>> taken = new ArrayList<>();
            receiver.senders().take(1).subscribe(taken::add);
            taken.get(0).send(1);
            receive().expectValue(1);
            assertThat(receiver.receiver().hasLiveSender()).isFalse();
        }

        @Test
        void secondSubscriber_isRefused() {
            receiver.senders().subscribe(slots);
            StepVerifier.create(receiver.senders())
                    .verifyErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("has a subscriber already"));
            slots.request(1);
            assertThat(slot(0).isOpen()).isTrue();
        }

        @Test
        void subscriberAfterCancel_beginsWhenTheOpenRoundWasReceived() {
            receiver.senders().subscribe(slots);
            slots.request(1);
            slots.cancel();
            RecordingSubscriber<Sender<Integer>> next = RecordingSubscriber.unbounded();
            receiver.senders().subscribe(next);
            next.expectNoSignal();
            slot(0).send(1);
            next.expectNoSignal();
            receive().expectValue(1);
            assertThat(next.values()).hasSize(1);
            next.values().get(0).send(2);
            receive().expectValue(2);
        }

        @Test
        void roundOpenedAtTheReceiver_isWaitedForAndNotDiscarded() {
            Receiver<Integer> core = receiver.receiver();
            core.sender().send(7);
            receiver.senders().subscribe(slots);
            slots.request(1);
            slots.expectNoSignal();
            receive().expectValue(7);
            assertThat(slots.values()).hasSize(1);
        }

        @Test
        void exchangeUnderWay_isWaitedFor() {
            AtomicInteger answers = new AtomicInteger();
            List<Sender<Integer>> asked = new ArrayList<>();
            Disposable exchange = receiver.exchange(asked::add).subscribe(answers::set);
            receiver.senders().subscribe(slots);
            slots.request(1);
            slots.expectNoSignal();
            exchange.dispose();
            assertThat(asked.get(0).send(1)).isFalse();
            assertThat(slots.values()).hasSize(1);
        }
    }

    @Nested
    class Loops {
        @Test
        void synchronousLoop_sendersFirst_aMillionRounds() {
            receiver.senders().subscribe(sender -> sender.send(1));
            assertThat(receiver.receive()
                            .repeat(MILLION - 1)
                            .reduce(0, Integer::sum)
                            .block())
                    .isEqualTo(MILLION);
        }

        @Test
        void synchronousLoop_receiveFirst_aMillionRounds() {
            AtomicLong sum = new AtomicLong();
            AtomicInteger next = new AtomicInteger();
            Sender<Integer> first = receiver.receiver().sender();
            receiver.receive().repeat().subscribe(sum::addAndGet, error -> {});
            receiver.senders().take(MILLION).subscribe(sender -> sender.send(next.incrementAndGet()));
            first.send(0);
            assertThat(sum).hasValue(MILLION * (MILLION + 1L) / 2);
        }

        @Test
        void acrossThreads_everyValueInOrder() {
            AtomicInteger next = new AtomicInteger();
            Disposable producer = receiver.senders()
                    .publishOn(Schedulers.parallel(), 1)
                    .subscribe(sender -> sender.send(next.incrementAndGet()));
            StepVerifier.create(receiver.receive().repeat(9_999).publishOn(Schedulers.single()))
                    .expectNextSequence(IntStream.rangeClosed(1, 10_000).boxed().toList())
                    .expectComplete()
                    .verify(Duration.ofSeconds(50));
            producer.dispose();
        }
    }

    @Test
    void scan_tellsTheAttributes() {
        receiver.senders().subscribe(slots);
        Scannable subscription = Scannable.from(slots.subscription());
        assertThat(subscription.scan(Scannable.Attr.PARENT)).isSameAs(receiver);
        assertThat(subscription.scanUnsafe(Scannable.Attr.ACTUAL)).isSameAs(slots);
        assertThat(subscription.scan(Scannable.Attr.PREFETCH)).isZero();
        assertThat(subscription.scan(Scannable.Attr.RUN_STYLE)).isEqualTo(Scannable.Attr.RunStyle.ASYNC);
        assertThat(subscription.scan(Scannable.Attr.TERMINATED)).isFalse();
        slots.request(1);
        slots.request(4);
        assertThat(subscription.scan(Scannable.Attr.REQUESTED_FROM_DOWNSTREAM)).isEqualTo(4);
        receiver.dispose();
        assertThat(subscription.scan(Scannable.Attr.TERMINATED)).isTrue();
        slots.cancel();
        assertThat(subscription.scan(Scannable.Attr.CANCELLED)).isTrue();
        assertThat(Scannable.from(receiver.senders()).scan(Scannable.Attr.RUN_STYLE))
                .isEqualTo(Scannable.Attr.RunStyle.ASYNC);
        assertThat(Scannable.from(receiver.senders().name("slots")).name()).isEqualTo("slots");
    }

    @Test
    @SuppressWarnings("NullAway") // the point
    void nullSender_isRefused() {
        assertThatThrownBy(() -> ReactiveReceiver.subscriberOf(null)).isInstanceOf(NullPointerException.class);
    }
}
