package io.multishot.reactor;

import static io.multishot.reactor.RaceChannel.VALUE;
import static io.multishot.reactor.RaceChannel.expectClosedIfSignalled;
import static io.multishot.reactor.RaceChannel.race;
import static io.multishot.reactor.RaceChannel.raceDensely;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;

/**
 * Races two threads on {@code receive()} and {@code exchange()}. Each test plays many rounds, each on a channel of its
 * own, and checks that nothing is lost or doubled and that no subscriber waits for ever.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReactiveReceiverRaceTest {

    @Nested
    class Receive {
        @Test
        void request_vsCancel_leavesNobodyWaiting() {
            race(
                    channel -> {
                        channel.roundOpen();
                        channel.receiveSubscribed();
                    },
                    RaceChannel::request,
                    RaceChannel::cancelRequested,
                    channel -> {
                        assertThat(channel.reactive).hasToString("ReactiveReceiver[open]");
                        channel.receiveAfterwards();
                        channel.expectAnswer(channel.afterwards);
                        channel.patient.expectNoSignal();
                        channel.patient.expectNothingLeftOver();
                    });
        }

        @Test
        void request_vsCancelWithValueThere_losesNothing() {
            race(Receive::subscribedWithValueThere, RaceChannel::request, RaceChannel::cancelRequested, channel -> {
                channel.receiveAfterwards();
                assertThat(channel.copiesOfValue()).isEqualTo(1);
            });
        }

        private static void subscribedWithValueThere(RaceChannel channel) {
            channel.valueUnread();
            channel.receiveSubscribed();
        }

        @Test
        void send_vsCancel_valueIsDeliveredOrStaysOrIsDiscarded() {
            race(RaceChannel::receiveWaits, RaceChannel::send, RaceChannel::cancel, channel -> {
                assertThat(channel.sent).isTrue();
                channel.receiveAfterwards();
                assertThat(channel.copiesOfValue()).isEqualTo(1);
                if (!channel.afterwards.hasValue()) {
                    channel.afterwards.expectError(SenderClosedException.class);
                }
            });
        }

        @Test
        void fail_vsCancel_causeIsSignalledOrStaysOrIsDropped() {
            RuntimeException cause = new RuntimeException("cause");
            race(RaceChannel::receiveWaits, channel -> channel.sender().fail(cause), RaceChannel::cancel, channel -> {
                channel.receiveAfterwards();
                int copies = (channel.one.hasError(RuntimeException.class) ? 1 : 0)
                        + channel.one.droppedErrors().size()
                        + (channel.afterwards.signals().contains(Signal.<String>error(cause)) ? 1 : 0);
                assertThat(copies).isEqualTo(1);
            });
        }

        @Test
        void send_vsDispose_endsTheSubscriptionOnce() {
            race(RaceChannel::receiveWaits, RaceChannel::send, RaceChannel::dispose, channel -> {
                channel.expectValueIfSentOrElseClosed(channel.one);
                channel.one.expectNothingLeftOver();
            });
        }

        @Test
        void subscribe_vsSend_receivesTheValue() {
            race(RaceChannel::roundOpen, RaceChannel::receive, RaceChannel::send, channel -> {
                assertThat(channel.sent).isTrue();
                channel.one.expectValue(VALUE);
            });
        }

        @Test
        void subscribe_vsDispose_endsTheSubscription() {
            race(RaceChannel::roundOpen, RaceChannel::receive, RaceChannel::dispose, channel -> {
                channel.one.expectError(SenderClosedException.class);
                assertThat(channel.sender().send("late")).isFalse();
            });
        }

        @Test
        void cancel_vsDispose_leavesNobodyWaiting() {
            race(RaceChannel::receiveWaits, RaceChannel::cancel, RaceChannel::dispose, channel -> {
                expectClosedIfSignalled(channel.one);
                assertThat(channel.sender().isOpen()).isFalse();
                assertThat(channel.sender().send("late")).isFalse();
                channel.one.expectNothingLeftOver();
            });
        }

        @Test
        void subscribe_vsSubscribeWithValueThere_oneReceivesIt() {
            race(RaceChannel::valueUnread, RaceChannel::receive, RaceChannel::receiveToo, channel -> {
                channel.expectOneHasTheValue().expectError(SenderClosedException.class);
            });
        }

        @Test
        void subscribe_vsSubscribeWhileOpen_oneWaitsTheOtherIsRefused() {
            race(RaceChannel::roundOpen, RaceChannel::receive, RaceChannel::receiveToo, channel -> {
                channel.expectAnswer(channel.expectOneRefused());
            });
        }

        /** Need not be the subscriber's fault, see {@link Exchange#request_vsSubscriptionThroughConcat_asksOnce}. */
        @Test
        void request_vsRequest_waitsOnce() {
            race(
                    channel -> {
                        channel.roundOpen();
                        channel.receiveSubscribed();
                    },
                    RaceChannel::request,
                    RaceChannel::request,
                    channel -> channel.expectAnswer(channel.patient));
        }

        @Test
        void request_vsRequestWithValueThere_signalsOnce() {
            raceDensely(Receive::subscribedWithValueThere, RaceChannel::request, RaceChannel::request, channel -> {
                channel.patient.expectValue(VALUE);
            });
        }
    }

    @Nested
    class Exchange {
        @Test
        void request_vsCancel_leavesNoLiveSender() {
            race(RaceChannel::exchangeSubscribed, RaceChannel::request, RaceChannel::cancelRequested, channel -> {
                channel.expectNoLiveSender();
                assertThat(channel.asked).hasSizeLessThan(2);
                channel.patient.expectNoSignal();
                channel.exchange.subscribe(channel.afterwards);
                channel.afterwards.expectNoSignal();
            });
        }

        @Test
        void send_vsCancel_valueIsSeenExactlyIfItWasSent() {
            race(RaceChannel::exchange, RaceChannel::send, RaceChannel::cancel, channel -> {
                assertThat(channel.copiesOfValue()).isEqualTo(channel.sent.get() ? 1 : 0);
                assertThat(channel.receiver.hasLiveSender()).isFalse();
                channel.exchange.subscribe(channel.afterwards);
                channel.afterwards.expectNoSignal();
                channel.afterwards.expectNothingLeftOver();
            });
        }

        @Test
        void send_vsDispose_endsTheSubscriptionOnce() {
            race(RaceChannel::exchange, RaceChannel::send, RaceChannel::dispose, channel -> {
                channel.expectValueIfSentOrElseClosed(channel.one);
            });
        }

        @Test
        void subscribe_vsDispose_endsTheSubscription() {
            race(RaceChannel::untouched, RaceChannel::exchange, RaceChannel::dispose, channel -> {
                assertThat(channel.one.hasError(SenderClosedException.class)
                                || channel.one.hasError(IllegalStateException.class))
                        .as(() -> "ended: " + channel.one.signals())
                        .isTrue();
                assertThat(channel.asked).hasSizeLessThan(2).noneMatch(Sender::isOpen);
            });
        }

        @Test
        void cancel_vsDispose_leavesNobodyWaiting() {
            race(RaceChannel::exchange, RaceChannel::cancel, RaceChannel::dispose, channel -> {
                expectClosedIfSignalled(channel.one);
                assertThat(channel.sender().send("late")).isFalse();
            });
        }

        @Test
        void exchange_vsExchangeUnanswered_onlyOneAsks() {
            race(RaceChannel::untouched, RaceChannel::exchange, RaceChannel::exchangeToo, channel -> {
                assertThat(channel.asked).hasSize(1);
                channel.expectAnswer(channel.expectOneRefused());
                assertThat(channel.receiver.hasLiveSender()).isFalse();
            });
        }

        @Test
        void exchange_vsExchangeAnsweredAtOnce_eachIsAnsweredOrRefused() {
            race(
                    RaceChannel::untouched,
                    channel -> answeredAtOnce(channel).subscribe(channel.one),
                    channel -> answeredAtOnce(channel).subscribe(channel.other),
                    channel -> {
                        int values = 0;
                        for (RecordingSubscriber<String> each : List.of(channel.one, channel.other)) {
                            if (each.hasValue()) {
                                each.expectValue(VALUE);
                                values++;
                            } else {
                                each.expectError(IllegalStateException.class);
                            }
                            each.expectNothingLeftOver();
                        }
                        assertThat(values).isPositive().isEqualTo(channel.asked.size());
                        assertThat(channel.receiver.hasLiveSender()).isFalse();
                    });
        }

        private static Mono<String> answeredAtOnce(RaceChannel channel) {
            return channel.reactive.exchange(sender -> {
                channel.asked.add(sender);
                sender.send(VALUE);
            });
        }

        /** Two exchanges that both find an unread value: it is discarded once. */
        @Test
        void exchange_vsExchangeWithUnreadValue_discardsItOnce() {
            race(RaceChannel::valueUnread, RaceChannel::exchange, RaceChannel::exchangeToo, channel -> {
                assertThat(channel.asked).hasSize(1);
                assertThat(channel.copiesOfValue()).isEqualTo(1);
            });
        }

        /** The receives go on until one of them finds the round: the exchange waits in it already. */
        @Test
        void exchange_vsReceives_exchangeIsAnsweredAndReceivesAreRefused() {
            race(RaceChannel::untouched, RaceChannel::exchange, Exchange::receiveUntilThereIsARound, channel -> {
                assertThat(channel.asked).hasSize(1);
                channel.expectAnswer(channel.one);
                assertThat(channel.receiver.hasLiveSender()).isFalse();
            });
        }

        private static void receiveUntilThereIsARound(RaceChannel channel) {
            AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
            do {
                error.set(null);
                channel.receive.subscribe(value -> {}, error::set);
            } while (error.get() instanceof SenderClosedException);
            assertThat(error.get()).isInstanceOf(IllegalStateException.class);
        }

        /** The round of before ends at the moment when the exchange reads its state. */
        @Test
        void exchange_vsSendOfEarlierRound_valueStaysOrIsDiscarded() {
            race(RaceChannel::roundOpen, RaceChannel::exchange, RaceChannel::send, channel -> {
                assertThat(channel.sent).isTrue();
                if (channel.asked.isEmpty()) {
                    channel.one.expectError(IllegalStateException.class);
                    channel.receiveAfterwards();
                    channel.afterwards.expectValue(VALUE);
                } else {
                    assertThat(channel.one.discarded()).containsExactly(VALUE);
                    channel.one.expectNoSignal();
                }
            });
        }

        @Test
        void request_vsCancelWhileAnotherWaits_isSilentOrRefused() {
            race(
                    channel -> {
                        channel.exchange();
                        channel.exchangeSubscribed();
                    },
                    RaceChannel::request,
                    RaceChannel::cancelRequested,
                    channel -> {
                        if (!channel.patient.signals().isEmpty()) {
                            channel.patient.expectError(IllegalStateException.class);
                        }
                        assertThat(channel.asked).hasSize(1);
                        channel.expectAnswer(channel.one);
                    });
        }

        @Test
        void exchange_vsReceiveWithUnreadValue_oneOfThemGetsIt() {
            race(RaceChannel::valueUnread, RaceChannel::exchange, RaceChannel::receiveToo, channel -> {
                assertThat(channel.copiesOfValue()).isEqualTo(1);
            });
        }

        /**
         * The subscriber keeps every rule here. It is concat, as repeat and retry, that requests on the thread that
         * subscribes what was requested before, while it hands a further request on from another thread.
         */
        @Test
        void request_vsSubscriptionThroughConcat_asksOnce() {
            AtomicInteger round = new AtomicInteger();
            Races.race(
                    3_000,
                    () -> new Concatenated(round.getAndIncrement() % 32),
                    concat -> concat.first.tryEmitValue("first"),
                    Concatenated::requestWhenTheFirstIsThere,
                    concat -> {
                        RaceChannel channel = concat.channel;
                        assertThat(channel.asked).hasSize(1);
                        assertThat(channel.patient.signals()).containsExactly(Signal.next("first"));
                        assertThat(channel.sender().send(VALUE)).isTrue();
                        assertThat(channel.patient.signals())
                                .containsExactly(Signal.next("first"), Signal.next(VALUE), Signal.complete());
                    });
        }

        @Test
        void request_vsRequest_asksOnce() {
            raceDensely(RaceChannel::exchangeSubscribed, RaceChannel::request, RaceChannel::request, channel -> {
                assertThat(channel.asked).hasSize(1);
                channel.expectAnswer(channel.patient);
            });
        }
    }

    /** An exchange behind another publisher. */
    private static final class Concatenated {
        final RaceChannel channel = new RaceChannel();
        final Sinks.One<String> first = Sinks.one();
        private final int spins;

        Concatenated(int spins) {
            this.spins = spins;
            Flux.concat(first.asMono(), channel.exchange).subscribe(channel.patient);
            channel.patient.request(2);
        }

        void requestWhenTheFirstIsThere() {
            while (!channel.patient.hasValue()) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            channel.patient.request(1);
        }
    }
}
