package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.util.RaceTestUtils;

/**
 * What two threads may do at the same moment. Each test plays many rounds, each on a channel of its own, and checks the
 * whole account of each: nothing lost, nothing doubled, nobody left waiting.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReactiveReceiverRaceTest {
    private static final int ROUNDS = 3_000;

    private static final int DENSE_ROUNDS = 30_000;

    /** For a machine that has other things to do. */
    private static final int PATIENCE_SECONDS = 30;

    /** Shifts the sides of a race against each other, a little further each round. */
    private static final int SHIFTS = 32;

    private static void race(int round, Runnable one, Runnable other) {
        AtomicInteger missing = new AtomicInteger(2);
        onTwoThreads(() -> together(missing, shift(round), one), () -> together(missing, -shift(round), other));
    }

    /** A race on each channel, on the same two threads: dense enough for a window of a few instructions. */
    private static void races(List<Channel> channels, Consumer<Channel> both) {
        List<AtomicInteger> missing =
                channels.stream().map(channel -> new AtomicInteger(2)).toList();
        onTwoThreads(
                () -> {
                    for (int round = 0; round < channels.size(); round++) {
                        Channel channel = channels.get(round);
                        together(missing.get(round), shift(round), () -> both.accept(channel));
                    }
                },
                () -> {
                    for (int round = 0; round < channels.size(); round++) {
                        Channel channel = channels.get(round);
                        together(missing.get(round), -shift(round), () -> both.accept(channel));
                    }
                });
    }

    private static void onTwoThreads(Runnable one, Runnable other) {
        RaceTestUtils.race(PATIENCE_SECONDS, Schedulers.boundedElastic(), one, other);
    }

    private static int shift(int round) {
        return round % SHIFTS - SHIFTS / 2;
    }

    /** Starts closer together than two threads that are woken one after the other. */
    private static void together(AtomicInteger missing, int shift, Runnable side) {
        missing.decrementAndGet();
        for (int spins = 0; missing.get() > 0; spins++) {
            if (spins < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        delayed(shift, side);
    }

    private static void delayed(int spins, Runnable side) {
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
        side.run();
    }

    /** One channel and who takes part, fresh for each round. */
    private static final class Channel {
        final Receiver<String> receiver = new Receiver<>();
        final ReactiveReceiver<String> reactive = ReactiveReceiver.from(receiver);
        final Mono<String> receive = reactive.receive();
        final List<Sender<String>> handedOut = new CopyOnWriteArrayList<>();
        final Mono<String> exchange = reactive.exchange(handedOut::add);
        final RecordingSubscriber<String> one = RecordingSubscriber.unbounded();
        final RecordingSubscriber<String> other = RecordingSubscriber.unbounded();
        final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

        /** The sides of a race return what they were told. */
        final AtomicBoolean sent = new AtomicBoolean();

        /** Receives after the race, and expects to be alone. */
        final RecordingSubscriber<String> afterwards = RecordingSubscriber.unbounded();

        void send(Sender<String> sender) {
            sent.set(sender.send("value"));
        }

        /** How often the value of the race came out, wherever. */
        int copiesOfValue() {
            int copies = 0;
            for (RecordingSubscriber<String> each : List.of(one, other, patient, afterwards)) {
                copies += (int) each.signals().stream().filter(Signal::isOnNext).count()
                        + each.discarded().size();
            }
            return copies;
        }
    }

    @Nested
    class Receive {
        @Test
        void request_vsCancel_leavesNobodyWaiting() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();
                channel.receive.subscribe(channel.patient);

                race(round, () -> channel.patient.request(1), channel.patient::cancel);

                assertThat(channel.reactive).hasToString("ReactiveReceiver[open]");
                channel.receive.subscribe(channel.afterwards);
                sender.send("value");
                channel.afterwards.expectValue("value");
                channel.patient.expectNoSignal();
                channel.patient.expectNothingLeftOver();
            }
        }

        @Test
        void request_vsCancelWithValueThere_losesNothing() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.receiver.sender().send("value");
                channel.receive.subscribe(channel.patient);

                race(round, () -> channel.patient.request(1), channel.patient::cancel);

                channel.receive.subscribe(channel.afterwards);
                assertThat(channel.copiesOfValue()).isEqualTo(1);
            }
        }

        @Test
        void send_vsCancel_valueIsDeliveredOrStaysOrIsDiscarded() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();
                channel.receive.subscribe(channel.one);

                race(round, () -> channel.send(sender), channel.one::cancel);

                assertThat(channel.sent).isTrue();
                channel.receive.subscribe(channel.afterwards);
                assertThat(channel.copiesOfValue()).isEqualTo(1);
                if (!channel.afterwards.hasValue()) {
                    channel.afterwards.expectError(SenderClosedException.class);
                }
            }
        }

        @Test
        void fail_vsCancel_causeIsSignalledOrStaysOrIsDropped() {
            RuntimeException cause = new RuntimeException("cause");
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();
                channel.receive.subscribe(channel.one);

                race(round, () -> sender.fail(cause), channel.one::cancel);

                channel.receive.subscribe(channel.afterwards);
                int copies = (channel.one.hasError(RuntimeException.class) ? 1 : 0)
                        + channel.one.droppedErrors().size()
                        + (channel.afterwards.signals().contains(Signal.<String>error(cause)) ? 1 : 0);
                assertThat(copies).isEqualTo(1);
            }
        }

        @Test
        void send_vsDispose_endsTheSubscriptionOnce() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();
                channel.receive.subscribe(channel.one);

                race(round, () -> channel.send(sender), channel.reactive::dispose);

                if (channel.sent.get()) {
                    channel.one.expectValue("value");
                } else {
                    channel.one.expectError(SenderClosedException.class);
                }
                channel.one.expectNothingLeftOver();
            }
        }

        @Test
        void subscribe_vsSend_receivesTheValue() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();

                race(round, () -> channel.receive.subscribe(channel.one), () -> channel.send(sender));

                assertThat(channel.sent).isTrue();
                channel.one.expectValue("value");
            }
        }

        @Test
        void subscribe_vsDispose_endsTheSubscription() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();

                race(round, () -> channel.receive.subscribe(channel.one), channel.reactive::dispose);

                channel.one.expectError(SenderClosedException.class);
                assertThat(sender.send("late")).isFalse();
            }
        }

        @Test
        void cancel_vsDispose_leavesNobodyWaiting() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();
                channel.receive.subscribe(channel.one);

                race(round, channel.one::cancel, channel.reactive::dispose);

                if (!channel.one.signals().isEmpty()) {
                    channel.one.expectError(SenderClosedException.class);
                }
                assertThat(sender.isOpen()).isFalse();
                assertThat(sender.send("late")).isFalse();
                channel.one.expectNothingLeftOver();
            }
        }

        @Test
        void subscribe_vsSubscribeWithValueThere_oneReceivesIt() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.receiver.sender().send("value");

                race(
                        round,
                        () -> channel.receive.subscribe(channel.one),
                        () -> channel.receive.subscribe(channel.other));

                RecordingSubscriber<String> winner = channel.one.hasValue() ? channel.one : channel.other;
                RecordingSubscriber<String> loser = winner == channel.one ? channel.other : channel.one;
                winner.expectValue("value");
                loser.expectError(SenderClosedException.class);
            }
        }

        @Test
        void subscribe_vsSubscribeWhileOpen_oneWaitsTheOtherIsRefused() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();

                race(
                        round,
                        () -> channel.receive.subscribe(channel.one),
                        () -> channel.receive.subscribe(channel.other));

                RecordingSubscriber<String> loser = channel.one.signals().isEmpty() ? channel.other : channel.one;
                RecordingSubscriber<String> winner = loser == channel.one ? channel.other : channel.one;
                loser.expectError(IllegalStateException.class);
                winner.expectNoSignal();
                assertThat(sender.send("value")).isTrue();
                winner.expectValue("value");
            }
        }

        /**
         * See {@link Exchange#request_vsSubscriptionThroughConcat_asksOnce}: this need not be the subscriber's fault.
         */
        @Test
        void request_vsRequest_waitsOnce() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> sender = channel.receiver.sender();
                channel.receive.subscribe(channel.patient);

                race(round, () -> channel.patient.request(1), () -> channel.patient.request(1));

                channel.patient.expectNoSignal();
                assertThat(sender.send("value")).isTrue();
                channel.patient.expectValue("value");
            }
        }

        @Test
        void request_vsRequestWithValueThere_signalsOnce() {
            List<Channel> channels = Stream.generate(Channel::new)
                    .limit(DENSE_ROUNDS)
                    .peek(channel -> channel.receiver.sender().send("value"))
                    .peek(channel -> channel.receive.subscribe(channel.patient))
                    .toList();

            races(channels, channel -> channel.patient.request(1));

            for (Channel channel : channels) {
                channel.patient.expectValue("value");
            }
        }
    }

    @Nested
    class Exchange {
        @Test
        void request_vsCancel_leavesNoLiveSender() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.exchange.subscribe(channel.patient);

                race(round, () -> channel.patient.request(1), channel.patient::cancel);

                assertThat(channel.receiver.hasLiveSender()).isFalse();
                assertThat(channel.handedOut).hasSizeLessThan(2).noneMatch(Sender::isOpen);
                channel.patient.expectNoSignal();
                channel.exchange.subscribe(channel.afterwards);
                channel.afterwards.expectNoSignal();
            }
        }

        @Test
        void send_vsCancel_valueIsSeenExactlyIfItWasSent() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.exchange.subscribe(channel.one);
                Sender<String> sender = channel.handedOut.get(0);

                race(round, () -> channel.send(sender), channel.one::cancel);

                assertThat(channel.copiesOfValue()).isEqualTo(channel.sent.get() ? 1 : 0);
                assertThat(channel.receiver.hasLiveSender()).isFalse();
                channel.exchange.subscribe(channel.afterwards);
                channel.afterwards.expectNoSignal();
                channel.afterwards.expectNothingLeftOver();
            }
        }

        @Test
        void send_vsDispose_endsTheSubscriptionOnce() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.exchange.subscribe(channel.one);
                Sender<String> sender = channel.handedOut.get(0);

                race(round, () -> channel.send(sender), channel.reactive::dispose);

                if (channel.sent.get()) {
                    channel.one.expectValue("value");
                } else {
                    channel.one.expectError(SenderClosedException.class);
                }
            }
        }

        @Test
        void subscribe_vsDispose_endsTheSubscription() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();

                race(round, () -> channel.exchange.subscribe(channel.one), channel.reactive::dispose);

                assertThat(channel.one.hasError(SenderClosedException.class)
                                || channel.one.hasError(IllegalStateException.class))
                        .as(() -> "ended: " + channel.one.signals())
                        .isTrue();
                assertThat(channel.handedOut).hasSizeLessThan(2).noneMatch(Sender::isOpen);
            }
        }

        @Test
        void cancel_vsDispose_leavesNobodyWaiting() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.exchange.subscribe(channel.one);

                race(round, channel.one::cancel, channel.reactive::dispose);

                if (!channel.one.signals().isEmpty()) {
                    channel.one.expectError(SenderClosedException.class);
                }
                assertThat(channel.handedOut.get(0).send("late")).isFalse();
            }
        }

        @Test
        void exchange_vsExchangeUnanswered_onlyOneAsks() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();

                race(
                        round,
                        () -> channel.exchange.subscribe(channel.one),
                        () -> channel.exchange.subscribe(channel.other));

                assertThat(channel.handedOut).hasSize(1);
                RecordingSubscriber<String> loser = channel.one.signals().isEmpty() ? channel.other : channel.one;
                RecordingSubscriber<String> winner = loser == channel.one ? channel.other : channel.one;
                loser.expectError(IllegalStateException.class);
                winner.expectNoSignal();
                assertThat(channel.handedOut.get(0).send("value")).isTrue();
                winner.expectValue("value");
                assertThat(channel.receiver.hasLiveSender()).isFalse();
            }
        }

        @Test
        void exchange_vsExchangeAnsweredAtOnce_eachIsAnsweredOrRefused() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Mono<String> answered = channel.reactive.exchange(sender -> {
                    channel.handedOut.add(sender);
                    sender.send("value");
                });

                race(round, () -> answered.subscribe(channel.one), () -> answered.subscribe(channel.other));

                int values = 0;
                for (RecordingSubscriber<String> each : List.of(channel.one, channel.other)) {
                    if (each.hasValue()) {
                        each.expectValue("value");
                        values++;
                    } else {
                        each.expectError(IllegalStateException.class);
                    }
                    each.expectNothingLeftOver();
                }
                assertThat(values).isPositive().isEqualTo(channel.handedOut.size());
                assertThat(channel.receiver.hasLiveSender()).isFalse();
            }
        }

        /** Two exchanges that both find an unread value: it is discarded once. */
        @Test
        void exchange_vsExchangeWithUnreadValue_discardsItOnce() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.receiver.sender().send("unread");

                race(
                        round,
                        () -> channel.exchange.subscribe(channel.one),
                        () -> channel.exchange.subscribe(channel.other));

                assertThat(channel.handedOut).hasSize(1);
                assertThat(channel.one.discarded().size()
                                + channel.other.discarded().size())
                        .isEqualTo(1);
            }
        }

        /** The receives go on until one of them finds the round: the exchange waits in it already. */
        @Test
        void exchange_vsReceives_exchangeIsAnsweredAndReceivesAreRefused() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Impatient receives = new Impatient();

                race(round, () -> channel.exchange.subscribe(channel.one), () -> receives.untilThereIsARound(channel));

                assertThat(receives.error).isInstanceOf(IllegalStateException.class);
                assertThat(channel.handedOut).hasSize(1);
                assertThat(channel.handedOut.get(0).send("value")).isTrue();
                channel.one.expectValue("value");
                assertThat(channel.receiver.hasLiveSender()).isFalse();
            }
        }

        /** The round of before ends at the moment when the exchange looks at it. */
        @Test
        void exchange_vsSendOfEarlierRound_valueStaysOrIsDiscarded() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sender<String> earlier = channel.receiver.sender();

                race(round, () -> channel.exchange.subscribe(channel.one), () -> channel.send(earlier));

                assertThat(channel.sent).isTrue();
                if (channel.handedOut.isEmpty()) {
                    channel.one.expectError(IllegalStateException.class);
                    channel.receive.subscribe(channel.afterwards);
                    channel.afterwards.expectValue("value");
                } else {
                    assertThat(channel.one.discarded()).containsExactly("value");
                    channel.one.expectNoSignal();
                }
            }
        }

        @Test
        void request_vsCancelWhileAnotherWaits_isSilentOrRefused() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.exchange.subscribe(channel.one);
                channel.exchange.subscribe(channel.patient);

                race(round, () -> channel.patient.request(1), channel.patient::cancel);

                if (!channel.patient.signals().isEmpty()) {
                    channel.patient.expectError(IllegalStateException.class);
                }
                assertThat(channel.handedOut).hasSize(1);
                assertThat(channel.handedOut.get(0).send("value")).isTrue();
                channel.one.expectValue("value");
            }
        }

        @Test
        void exchange_vsReceiveWithUnreadValue_oneOfThemGetsIt() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                channel.receiver.sender().send("unread");

                race(
                        round,
                        () -> channel.exchange.subscribe(channel.one),
                        () -> channel.receive.subscribe(channel.other));

                assertThat(channel.copiesOfValue()).isEqualTo(1);
            }
        }

        /**
         * The subscriber keeps every rule here. It is concat, as repeat and retry, that requests on the thread that
         * subscribes what was requested before, while it hands a further request on from another thread.
         */
        @Test
        void request_vsSubscriptionThroughConcat_asksOnce() {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = new Channel();
                Sinks.One<String> first = Sinks.one();
                Flux.concat(first.asMono(), channel.exchange).subscribe(channel.patient);
                channel.patient.request(2);

                int shift = round % SHIFTS;
                race(0, () -> first.tryEmitValue("first"), () -> {
                    while (!channel.patient.hasValue()) {
                        Thread.onSpinWait();
                    }
                    delayed(shift, () -> channel.patient.request(1));
                });

                assertThat(channel.handedOut).hasSize(1);
                assertThat(channel.patient.signals()).containsExactly(Signal.next("first"));
                assertThat(channel.handedOut.get(0).send("value")).isTrue();
                assertThat(channel.patient.signals())
                        .containsExactly(Signal.next("first"), Signal.next("value"), Signal.complete());
            }
        }

        @Test
        void request_vsRequest_asksOnce() {
            List<Channel> channels = Stream.generate(Channel::new)
                    .limit(DENSE_ROUNDS)
                    .peek(channel -> channel.exchange.subscribe(channel.patient))
                    .toList();

            races(channels, channel -> channel.patient.request(1));

            for (Channel channel : channels) {
                assertThat(channel.handedOut).hasSize(1);
                channel.patient.expectNoSignal();
                assertThat(channel.handedOut.get(0).send("value")).isTrue();
                channel.patient.expectValue("value");
            }
        }
    }

    /** Receives again at once as long as there is no round; does little, so that it does it often. */
    private static final class Impatient implements CoreSubscriber<String> {
        /** Null while one waits. */
        volatile @Nullable Throwable error;

        void untilThereIsARound(Channel channel) {
            do {
                error = null;
                channel.receive.subscribe(this);
            } while (error instanceof SenderClosedException);
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(String value) {
            throw new AssertionError("received " + value);
        }

        @Override
        public void onError(Throwable thrown) {
            error = thrown;
        }

        @Override
        public void onComplete() {}
    }
}
