package io.multishot.reactor;

import static io.multishot.reactor.Races.races;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * What two threads may do at the same moment to {@code senders()} and to {@code subscriberOf}. Each test plays many
 * rounds, each on a channel of its own, and checks the whole account of each: nothing lost, nothing doubled, one live
 * sender at a time, nobody left waiting.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SendersRaceTest {
    private static final int ROUNDS = 3_000;

    /** For a window of a few instructions. */
    private static final int DENSE_ROUNDS = 12_000;

    private static List<Channel> channels(int count, Consumer<Channel> preparation) {
        return Stream.generate(Channel::new).limit(count).peek(preparation).toList();
    }

    private static List<Channel> channels(Consumer<Channel> preparation) {
        return channels(ROUNDS, preparation);
    }

    /** One channel and who takes part, fresh for each round. */
    private static final class Channel {
        final Receiver<String> receiver = new Receiver<>();
        final ReactiveReceiver<String> reactive = ReactiveReceiver.from(receiver);
        final Mono<String> receive = reactive.receive();
        final List<Sender<String>> asked = new ArrayList<>();
        final Mono<String> exchange = reactive.exchange(asked::add);
        final RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.unbounded();
        final RecordingSubscriber<Sender<String>> otherSlots = RecordingSubscriber.unbounded();
        final RecordingSubscriber<Sender<String>> patientSlots = RecordingSubscriber.patient();
        final RecordingSubscriber<String> one = RecordingSubscriber.unbounded();
        final RecordingSubscriber<String> other = RecordingSubscriber.unbounded();
        final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

        /** The sides of a race return what they were told. */
        final AtomicBoolean sent = new AtomicBoolean();

        /** Receives after the race, and expects to be alone. */
        final RecordingSubscriber<String> afterwards = RecordingSubscriber.unbounded();

        /** A sender is live, and one waits for what it sends. */
        void receiveInTheFirstRound() {
            reactive.senders().subscribe(slots);
            receive.subscribe(one);
        }

        Sender<String> slot() {
            return slots.values().get(0);
        }

        void send() {
            sent.set(slot().send("value"));
        }

        void receiveAfterwards() {
            receive.subscribe(afterwards);
        }

        List<Sender<String>> handedOut() {
            List<Sender<String>> all = new ArrayList<>(asked);
            for (RecordingSubscriber<Sender<String>> each : List.of(slots, otherSlots, patientSlots)) {
                all.addAll(each.values());
            }
            return all;
        }

        /** The one live sender, which some subscriber has; whoever waits for a sender would wait in vain without. */
        Sender<String> liveSender() {
            List<Sender<String>> live =
                    handedOut().stream().filter(Sender::isOpen).toList();
            assertThat(live).as("live senders").hasSize(1);
            return live.get(0);
        }

        void expectNoLiveSender() {
            assertThat(handedOut()).noneMatch(Sender::isOpen);
            assertThat(receiver.hasLiveSender()).isFalse();
        }

        /** Plays a round with the live sender; the subscriber waits already. */
        void expectAnswerOfLiveSender(RecordingSubscriber<String> waiting) {
            waiting.expectNoSignal();
            assertThat(liveSender().send("next")).isTrue();
            waiting.expectValue("next");
        }

        /** Plays a round with the live sender. */
        void expectRound() {
            RecordingSubscriber<String> last = RecordingSubscriber.unbounded();
            receive.subscribe(last);
            expectAnswerOfLiveSender(last);
        }

        /** That a new subscriber of senders() gets a sender, and its value arrives. */
        void expectSendersAnew() {
            RecordingSubscriber<Sender<String>> anew = RecordingSubscriber.unbounded();
            reactive.senders().subscribe(anew);
            assertThat(anew.values()).hasSize(1);
            RecordingSubscriber<String> last = RecordingSubscriber.unbounded();
            receive.subscribe(last);
            assertThat(anew.values().get(0).send("anew")).isTrue();
            last.expectValue("anew");
        }

        /** How often the value of the race came out, wherever. */
        int copiesOfValue() {
            int copies = 0;
            for (RecordingSubscriber<String> each : List.of(one, other, patient, afterwards)) {
                copies += (int) each.values().stream().filter("value"::equals).count()
                        + (int) each.discarded().stream()
                                .filter("value"::equals)
                                .count();
            }
            return copies;
        }

        /** Once, and nothing after it. */
        void expectCompleteOnce(RecordingSubscriber<Sender<String>> subscriber) {
            List<Signal<Sender<String>>> signals = subscriber.signals();
            assertThat(signals).isNotEmpty();
            assertThat(signals.get(signals.size() - 1).isOnComplete()).isTrue();
            assertThat(subscriber.values()).hasSize(signals.size() - 1);
        }
    }

    @Nested
    class Request {
        @Test
        void request_vsRequest_opensOneRoundForEach() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(channels, channel -> channel.patientSlots.request(1), channel -> channel.patientSlots.request(1));

            for (Channel channel : channels) {
                assertThat(channel.patientSlots.values()).hasSize(1);
                channel.expectRound();
                assertThat(channel.patientSlots.values()).hasSize(2);
                channel.expectRound();
                assertThat(channel.patientSlots.signals()).hasSize(2);
                channel.expectNoLiveSender();
            }
        }

        @Test
        void request_vsCancel_senderIsSignalledAndLiveOrThereIsNone() {
            List<Channel> channels =
                    channels(DENSE_ROUNDS, channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(channels, channel -> channel.patientSlots.request(1), channel -> channel.patientSlots.cancel());

            for (Channel channel : channels) {
                channel.receiveAfterwards();
                if (channel.patientSlots.signals().isEmpty()) {
                    channel.afterwards.expectError(SenderClosedException.class);
                    channel.expectNoLiveSender();
                } else {
                    channel.expectAnswerOfLiveSender(channel.afterwards);
                }
                assertThat(channel.patientSlots.signals()).hasSizeLessThan(2);
                channel.expectSendersAnew();
            }
        }

        /** The opening that the cancel interrupts must not be in the way of the receive. */
        @Test
        void request_vsCancelThenReceive_receiveIsNotRefused() {
            List<Channel> channels =
                    channels(DENSE_ROUNDS, channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(channels, channel -> channel.patientSlots.request(1), channel -> {
                channel.patientSlots.cancel();
                channel.receive.subscribe(channel.one);
            });

            for (Channel channel : channels) {
                if (channel.one.signals().isEmpty()) {
                    channel.expectAnswerOfLiveSender(channel.one);
                } else {
                    channel.one.expectError(SenderClosedException.class);
                }
            }
        }

        /** The opening that the cancel interrupts must neither stop nor revoke the rounds of the next subscriber. */
        @Test
        void request_vsCancelThenSendersSubscribe_oneSenderIsLive() {
            List<Channel> channels =
                    channels(DENSE_ROUNDS, channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(channels, channel -> channel.patientSlots.request(1), channel -> {
                channel.patientSlots.cancel();
                channel.reactive.senders().subscribe(channel.otherSlots);
            });

            for (Channel channel : channels) {
                channel.liveSender();
                channel.expectRound();
                channel.expectRound();
            }
        }

        /** The opening that the cancel interrupts must not discard what the next subscriber sent. */
        @Test
        void request_vsCancelThenSendersSubscribeThatSends_valueIsReceived() {
            List<Channel> channels = channels(DENSE_ROUNDS, channel -> {
                channel.reactive.senders().subscribe(channel.patientSlots);
                channel.otherSlots.onNextDo(sender -> {
                    if (!channel.sent.get()) {
                        channel.sent.set(sender.send("value"));
                    }
                });
            });

            races(channels, channel -> channel.patientSlots.request(1), channel -> {
                channel.patientSlots.cancel();
                channel.reactive.senders().subscribe(channel.otherSlots);
            });

            for (Channel channel : channels) {
                if (!channel.sent.get()) {
                    channel.liveSender().close();
                    channel.receive.subscribe(channel.one);
                    channel.one.expectError(SenderClosedException.class);
                    assertThat(channel.sent).isTrue();
                }
                channel.receiveAfterwards();
                channel.afterwards.expectValue("value");
                channel.liveSender();
            }
        }

        @Test
        void request_vsDispose_completesOnceAndNoSenderIsLive() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(channels, channel -> channel.patientSlots.request(1), channel -> channel.reactive.dispose());

            for (Channel channel : channels) {
                channel.expectCompleteOnce(channel.patientSlots);
                assertThat(channel.patientSlots.values()).hasSizeLessThan(2);
                channel.expectNoLiveSender();
                assertThat(channel.patientSlots.values()).noneMatch(sender -> sender.send("late"));
            }
        }

        @Test
        void request_vsReceive_receiveWaitsInTheRound() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(
                    channels,
                    channel -> channel.patientSlots.request(1),
                    channel -> channel.receive.subscribe(channel.one));

            for (Channel channel : channels) {
                assertThat(channel.patientSlots.values()).hasSize(1);
                channel.expectAnswerOfLiveSender(channel.one);
            }
        }

        /** As {@code receive().repeat()} does. */
        @Test
        void request_vsSendThenReceive_receiveWaitsForTheNextRound() {
            List<Channel> channels = channels(DENSE_ROUNDS, Channel::receiveInTheFirstRound);
            races(channels, channel -> channel.slots.request(1), channel -> {
                channel.send();
                channel.receive.subscribe(channel.other);
            });
            for (Channel channel : channels) {
                channel.one.expectValue("value");
                assertThat(channel.other.signals()).isEmpty();
                assertThat(channel.slots.values().get(1).send("next")).isTrue();
                channel.other.expectValue("next");
            }
        }

        @Test
        void request_vsReceiveCancel_leavesTheRoundToTheNextReceive() {
            List<Channel> channels = channels(channel -> {
                channel.reactive.senders().subscribe(channel.patientSlots);
                channel.receive.subscribe(channel.one);
            });

            races(channels, channel -> channel.patientSlots.request(1), channel -> channel.one.cancel());

            for (Channel channel : channels) {
                assertThat(channel.patientSlots.values()).hasSize(1);
                channel.receiveAfterwards();
                channel.expectAnswerOfLiveSender(channel.afterwards);
                channel.one.expectNoSignal();
                channel.one.expectNothingLeftOver();
            }
        }
    }

    @Nested
    class OpenRound {
        @Test
        void send_vsReceive_isReceivedAndTheNextRoundOpens() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.slots));

            races(channels, Channel::send, channel -> channel.receive.subscribe(channel.one));

            for (Channel channel : channels) {
                assertThat(channel.sent).isTrue();
                channel.one.expectValue("value");
                assertThat(channel.slots.values()).hasSize(2);
                channel.expectRound();
            }
        }

        @Test
        void send_vsReceiveCancel_valueIsDeliveredOrStaysOrIsDiscarded() {
            List<Channel> channels = channels(Channel::receiveInTheFirstRound);

            races(channels, Channel::send, channel -> channel.one.cancel());

            for (Channel channel : channels) {
                assertThat(channel.sent).isTrue();
                channel.receiveAfterwards();
                assertThat(channel.copiesOfValue()).isEqualTo(1);
                assertThat(channel.slots.values()).hasSize(2);
                if (!channel.afterwards.hasValue()) {
                    channel.expectAnswerOfLiveSender(channel.afterwards);
                }
            }
        }

        @Test
        void send_vsSendersCancel_valueIsDelivered() {
            List<Channel> channels = channels(Channel::receiveInTheFirstRound);

            races(channels, Channel::send, channel -> channel.slots.cancel());

            for (Channel channel : channels) {
                assertThat(channel.sent).isTrue();
                channel.one.expectValue("value");
                channel.receiveAfterwards();
                if (channel.slots.signals().size() == 1) {
                    channel.afterwards.expectError(SenderClosedException.class);
                    channel.expectNoLiveSender();
                } else {
                    assertThat(channel.slots.values()).hasSize(2);
                    channel.expectAnswerOfLiveSender(channel.afterwards);
                }
                channel.expectSendersAnew();
            }
        }

        @Test
        void send_vsDispose_endsEachOnce() {
            List<Channel> channels = channels(Channel::receiveInTheFirstRound);

            races(channels, Channel::send, channel -> channel.reactive.dispose());

            for (Channel channel : channels) {
                if (channel.sent.get()) {
                    channel.one.expectValue("value");
                } else {
                    channel.one.expectError(SenderClosedException.class);
                }
                channel.one.expectNothingLeftOver();
                channel.expectCompleteOnce(channel.slots);
                channel.expectNoLiveSender();
            }
        }

        @Test
        void close_vsReceiveCancel_isToldOrStaysAndTheNextRoundOpens() {
            List<Channel> channels = channels(Channel::receiveInTheFirstRound);

            races(channels, channel -> channel.slot().close(), channel -> channel.one.cancel());

            for (Channel channel : channels) {
                channel.receiveAfterwards();
                assertThat(channel.slots.values()).hasSize(2);
                if (channel.afterwards.signals().isEmpty()) {
                    channel.expectAnswerOfLiveSender(channel.afterwards);
                } else {
                    channel.afterwards.expectError(SenderClosedException.class);
                    channel.one.expectNoSignal();
                    channel.expectRound();
                }
                if (!channel.one.signals().isEmpty()) {
                    channel.one.expectError(SenderClosedException.class);
                }
            }
        }

        @Test
        void send_vsRevoke_oneOfThemEndsTheRound() {
            List<Channel> channels = channels(Channel::receiveInTheFirstRound);

            races(channels, Channel::send, channel -> channel.receiver.revoke());

            for (Channel channel : channels) {
                if (channel.sent.get()) {
                    channel.one.expectValue("value");
                } else {
                    channel.one.expectError(SenderClosedException.class);
                }
                // The revoke may have met the round of the second or, where a signal was under way, of no sender.
                channel.receiveAfterwards();
                channel.expectAnswerOfLiveSender(channel.afterwards);
            }
        }
    }

    @Nested
    class Ends {
        @Test
        void sendersCancel_vsReceive_endsTheReceive() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(
                    channels,
                    channel -> channel.patientSlots.cancel(),
                    channel -> channel.receive.subscribe(channel.one));

            for (Channel channel : channels) {
                channel.one.expectError(SenderClosedException.class);
                channel.patientSlots.expectNoSignal();
                channel.expectSendersAnew();
            }
        }

        @Test
        void sendersCancel_vsReceiveCancel_endsTheReceiveAtMostOnce() {
            List<Channel> channels = channels(channel -> {
                channel.reactive.senders().subscribe(channel.patientSlots);
                channel.receive.subscribe(channel.one);
            });

            races(channels, channel -> channel.patientSlots.cancel(), channel -> channel.one.cancel());

            for (Channel channel : channels) {
                if (!channel.one.signals().isEmpty()) {
                    channel.one.expectError(SenderClosedException.class);
                }
                channel.one.expectNothingLeftOver();
                channel.expectSendersAnew();
            }
        }

        /**
         * A receive that the cancel sets free may meet the next subscriber's opening: it waits in that round, or is
         * told.
         */
        @Test
        void sendersCancel_vsSendersSubscribeAsSoonAsPossible_receiveIsNotRefused() {
            List<Channel> channels = channels(DENSE_ROUNDS, channel -> {
                channel.reactive.senders().subscribe(channel.patientSlots);
                channel.receive.subscribe(channel.one);
            });

            races(channels, channel -> channel.patientSlots.cancel(), channel -> {
                while (channel.reactive.opener() != null) {
                    Thread.yield();
                }
                channel.reactive.senders().subscribe(channel.otherSlots);
            });

            for (Channel channel : channels) {
                assertThat(channel.otherSlots.signals()).hasSize(1);
                if (channel.one.signals().isEmpty()) {
                    channel.expectAnswerOfLiveSender(channel.one);
                } else {
                    channel.one.expectError(SenderClosedException.class);
                    channel.expectRound();
                }
            }
        }

        @Test
        void sendersCancel_vsDispose_endsEachAtMostOnce() {
            List<Channel> channels = channels(channel -> {
                channel.reactive.senders().subscribe(channel.patientSlots);
                channel.receive.subscribe(channel.one);
            });

            races(channels, channel -> channel.patientSlots.cancel(), channel -> channel.reactive.dispose());

            for (Channel channel : channels) {
                channel.one.expectError(SenderClosedException.class);
                if (!channel.patientSlots.signals().isEmpty()) {
                    channel.patientSlots.expectCompleteAfter(0);
                }
            }
        }

        @Test
        void dispose_vsReceive_endsBoth() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(channels, channel -> channel.reactive.dispose(), channel -> channel.receive.subscribe(channel.one));

            for (Channel channel : channels) {
                channel.one.expectError(SenderClosedException.class);
                channel.patientSlots.expectCompleteAfter(0);
            }
        }

        @Test
        void dispose_vsDispose_completesOnce() {
            List<Channel> channels = channels(Channel::receiveInTheFirstRound);

            races(channels, channel -> channel.reactive.dispose(), channel -> channel.reactive.dispose());

            for (Channel channel : channels) {
                channel.one.expectError(SenderClosedException.class);
                channel.slots.expectCompleteAfter(1);
                channel.expectNoLiveSender();
            }
        }
    }

    @Nested
    class Subscribe {
        @Test
        void sendersSubscribe_vsSendersSubscribe_oneIsRefused() {
            List<Channel> channels = channels(DENSE_ROUNDS, channel -> {});

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.reactive.senders().subscribe(channel.otherSlots));

            for (Channel channel : channels) {
                RecordingSubscriber<Sender<String>> winner =
                        channel.slots.hasValue() ? channel.slots : channel.otherSlots;
                RecordingSubscriber<Sender<String>> loser =
                        winner == channel.slots ? channel.otherSlots : channel.slots;
                loser.expectError(IllegalStateException.class);
                assertThat(winner.signals()).hasSize(1);
                channel.expectRound();
                assertThat(winner.signals()).hasSize(2);
            }
        }

        @Test
        void sendersSubscribe_vsDispose_completesOnce() {
            List<Channel> channels = channels(channel -> {});

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.reactive.dispose());

            for (Channel channel : channels) {
                channel.expectCompleteOnce(channel.slots);
                channel.expectNoLiveSender();
            }
        }

        @Test
        void sendersSubscribe_vsReceive_receiveWaitsOrFindsNoRound() {
            List<Channel> channels = channels(DENSE_ROUNDS, channel -> {});

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.receive.subscribe(channel.one));

            for (Channel channel : channels) {
                assertThat(channel.slots.signals()).hasSize(1);
                if (channel.one.signals().isEmpty()) {
                    channel.expectAnswerOfLiveSender(channel.one);
                } else {
                    channel.one.expectError(SenderClosedException.class);
                    channel.expectRound();
                }
                assertThat(channel.slots.signals()).hasSize(2);
            }
        }

        /** The receive takes the value as the subscription looks whether there is one. */
        @Test
        void sendersSubscribe_vsReceiveWithUnreadValue_isReceivedAndTheNextRoundOpens() {
            List<Channel> channels =
                    channels(DENSE_ROUNDS, channel -> channel.receiver.sender().send("value"));

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.receive.subscribe(channel.one));

            for (Channel channel : channels) {
                channel.one.expectValue("value");
                assertThat(channel.slots.signals()).hasSize(1);
                channel.expectRound();
            }
        }

        @Test
        void sendersSubscribe_vsExchange_oneOpensTheRound() {
            List<Channel> channels = channels(DENSE_ROUNDS, channel -> {});

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.exchange.subscribe(channel.one));

            for (Channel channel : channels) {
                if (channel.asked.isEmpty()) {
                    channel.one.expectError(IllegalStateException.class);
                } else {
                    channel.slots.expectNoSignal();
                    channel.expectAnswerOfLiveSender(channel.one);
                }
                channel.expectRound();
                channel.expectRound();
                assertThat(channel.one.signals().size() - channel.one.values().size())
                        .as("terminal signals")
                        .isEqualTo(1);
            }
        }

        @Test
        void sendersSubscribe_vsExchangeWithUnreadValue_isReceivedOrDiscarded() {
            List<Channel> channels =
                    channels(DENSE_ROUNDS, channel -> channel.receiver.sender().send("value"));

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.exchange.subscribe(channel.one));

            for (Channel channel : channels) {
                if (!channel.asked.isEmpty()) {
                    channel.expectAnswerOfLiveSender(channel.one);
                } else {
                    channel.one.expectError(IllegalStateException.class);
                }
                if (channel.one.discarded().isEmpty()) {
                    channel.receiveAfterwards();
                }
                assertThat(channel.copiesOfValue()).isEqualTo(1);
                channel.expectRound();
            }
        }

        /** The exchange must not discard silently what was sent in between. */
        @Test
        void sendersSubscribeThatSends_vsExchange_valueIsReceivedOrDiscarded() {
            List<Channel> channels = channels(
                    DENSE_ROUNDS,
                    channel -> channel.slots.onNextDo(sender -> {
                        if (!channel.sent.get()) {
                            channel.sent.set(sender.send("value"));
                        }
                    }));

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.exchange.subscribe(channel.one));

            for (Channel channel : channels) {
                if (!channel.asked.isEmpty()) {
                    channel.expectAnswerOfLiveSender(channel.one);
                }
                assertThat(channel.sent).isTrue();
                channel.receiveAfterwards();
                assertThat(channel.copiesOfValue()).isEqualTo(1);
            }
        }

        @Test
        void sendersSubscribe_vsExchangeCancel_roundOpens() {
            List<Channel> channels = channels(channel -> channel.exchange.subscribe(channel.one));

            races(
                    channels,
                    channel -> channel.reactive.senders().subscribe(channel.slots),
                    channel -> channel.one.cancel());

            for (Channel channel : channels) {
                assertThat(channel.asked.get(0).send("late")).isFalse();
                assertThat(channel.slots.signals()).hasSize(1);
                channel.expectRound();
                channel.one.expectNoSignal();
            }
        }

        @Test
        void exchangeRequest_vsExchangeCancelThenSendersSubscribe_roundOpens() {
            List<Channel> channels = channels(DENSE_ROUNDS, channel -> channel.exchange.subscribe(channel.patient));

            races(channels, channel -> channel.patient.request(1), channel -> {
                channel.patient.cancel();
                channel.reactive.senders().subscribe(channel.slots);
            });

            for (Channel channel : channels) {
                channel.patient
                        .signals()
                        .forEach(signal -> assertThat(signal.isOnError()).isTrue());
                assertThat(channel.asked).noneMatch(Sender::isOpen);
                assertThat(channel.slots.signals()).hasSize(1);
                channel.expectRound();
            }
        }
    }

    @Nested
    class TwoReceives {
        @Test
        void receiveRequest_vsReceiveCancel_isNotInTheWayOfTheNext() {
            List<Channel> channels = channels(DENSE_ROUNDS, channel -> {
                channel.reactive.senders().subscribe(channel.patientSlots);
                channel.receive.subscribe(channel.patient);
            });

            races(channels, channel -> channel.patient.request(1), channel -> channel.patient.cancel());

            for (Channel channel : channels) {
                channel.receiveAfterwards();
                channel.afterwards.expectNoSignal();
                channel.patientSlots.request(1);
                channel.expectAnswerOfLiveSender(channel.afterwards);
                channel.patient.expectNoSignal();
            }
        }

        @Test
        void receive_vsReceiveBeforeTheRound_oneWaitsTheOtherIsRefused() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.patientSlots));

            races(
                    channels,
                    channel -> channel.receive.subscribe(channel.one),
                    channel -> channel.receive.subscribe(channel.other));

            for (Channel channel : channels) {
                RecordingSubscriber<String> loser = channel.one.signals().isEmpty() ? channel.other : channel.one;
                RecordingSubscriber<String> winner = loser == channel.one ? channel.other : channel.one;
                loser.expectError(IllegalStateException.class);
                channel.patientSlots.request(1);
                channel.expectAnswerOfLiveSender(winner);
            }
        }

        @Test
        void receive_vsReceiveInTheRound_oneWaitsTheOtherIsRefused() {
            List<Channel> channels =
                    channels(channel -> channel.reactive.senders().subscribe(channel.slots));

            races(
                    channels,
                    channel -> channel.receive.subscribe(channel.one),
                    channel -> channel.receive.subscribe(channel.other));

            for (Channel channel : channels) {
                RecordingSubscriber<String> loser = channel.one.signals().isEmpty() ? channel.other : channel.one;
                RecordingSubscriber<String> winner = loser == channel.one ? channel.other : channel.one;
                loser.expectError(IllegalStateException.class);
                channel.expectAnswerOfLiveSender(winner);
            }
        }

        @Test
        void receive_vsReceiveWithValueThere_oneHasItTheOtherWaitsOrIsRefused() {
            List<Channel> channels = channels(channel -> {
                channel.reactive.senders().subscribe(channel.slots);
                channel.send();
            });

            races(
                    channels,
                    channel -> channel.receive.subscribe(channel.one),
                    channel -> channel.receive.subscribe(channel.other));

            for (Channel channel : channels) {
                RecordingSubscriber<String> winner = channel.one.hasValue() ? channel.one : channel.other;
                RecordingSubscriber<String> loser = winner == channel.one ? channel.other : channel.one;
                winner.expectValue("value");
                if (loser.signals().isEmpty()) {
                    channel.expectAnswerOfLiveSender(loser);
                } else {
                    loser.expectError(IllegalStateException.class);
                    channel.expectRound();
                }
            }
        }
    }

    @Nested
    class TheSubscriber {
        private final RuntimeException cause = new RuntimeException("cause");

        /** One that has subscribed, in a round in which {@code one} waits. */
        private static final class Work {
            final Upstream upstream = new Upstream();
            final Channel channel;
            final Sender<String> sender;
            final RecordingSubscriber<String> hooks = RecordingSubscriber.patient();
            final CoreSubscriber<String> subscriber;

            Work(Channel channel, boolean awaited) {
                this.channel = channel;
                sender = channel.receiver.sender();
                if (awaited) {
                    channel.receive.subscribe(channel.one);
                }
                subscriber = ReactiveReceiver.subscriberOf(sender, hooks.currentContext());
            }
        }

        /** Counts what it is told. */
        private static final class Upstream implements Subscription {
            final AtomicInteger requests = new AtomicInteger();
            final AtomicInteger cancels = new AtomicInteger();

            @Override
            public void request(long n) {
                requests.addAndGet((int) n);
            }

            @Override
            public void cancel() {
                cancels.incrementAndGet();
            }
        }

        private List<Work> race(boolean awaited, boolean subscribed, Consumer<Work> one, Consumer<Work> other) {
            List<Channel> channels = channels(channel -> {});
            IdentityHashMap<Channel, Work> works = new IdentityHashMap<>();
            for (Channel channel : channels) {
                Work work = new Work(channel, awaited);
                if (subscribed) {
                    work.subscriber.onSubscribe(work.upstream);
                }
                works.put(channel, work);
            }
            races(channels, channel -> one.accept(works.get(channel)), channel -> other.accept(works.get(channel)));
            return List.copyOf(works.values());
        }

        @Test
        void onNext_vsRevoke_valueIsReceivedOrDiscarded() {
            for (Work work : race(
                    false,
                    true,
                    each -> each.subscriber.onNext("value"),
                    each -> each.channel.sent.set(each.channel.receiver.revoke()))) {
                boolean revoked = work.channel.sent.get();
                work.channel.receiveAfterwards();
                if (revoked) {
                    work.channel.afterwards.expectError(SenderClosedException.class);
                    assertThat(work.hooks.discarded()).containsExactly("value");
                } else {
                    work.channel.afterwards.expectValue("value");
                    work.hooks.expectNothingLeftOver();
                }
                assertThat(work.upstream.cancels).hasPositiveValue();
            }
        }

        @Test
        void onNext_vsReceiverClose_valueIsReceivedOrDiscarded() {
            for (Work work :
                    race(true, true, each -> each.subscriber.onNext("value"), each -> each.channel.receiver.close())) {
                if (work.channel.one.hasValue()) {
                    work.channel.one.expectValue("value");
                    work.hooks.expectNothingLeftOver();
                } else {
                    work.channel.one.expectError(SenderClosedException.class);
                    assertThat(work.hooks.discarded()).containsExactly("value");
                }
                assertThat(work.upstream.cancels).hasPositiveValue();
            }
        }

        @Test
        void onNext_vsReceiveCancel_valueIsReceivedOrDiscardedByTheReceive() {
            for (Work work :
                    race(true, true, each -> each.subscriber.onNext("value"), each -> each.channel.one.cancel())) {
                work.channel.receiveAfterwards();
                assertThat(work.channel.copiesOfValue()).isEqualTo(1);
                work.hooks.expectNothingLeftOver();
                assertThat(work.upstream.cancels).hasValue(1);
            }
        }

        @Test
        void onError_vsRevoke_causeIsSignalledOrDropped() {
            for (Work work :
                    race(true, true, each -> each.subscriber.onError(cause), each -> each.channel.receiver.revoke())) {
                if (work.hooks.droppedErrors().isEmpty()) {
                    work.channel.one.expectError(cause);
                } else {
                    assertThat(work.hooks.droppedErrors()).containsExactly(cause);
                    work.channel.one.expectError(SenderClosedException.class);
                    assertThat(work.upstream.cancels).hasValue(1);
                }
            }
        }

        @Test
        void onComplete_vsRevoke_closesOnce() {
            for (Work work :
                    race(true, true, each -> each.subscriber.onComplete(), each -> each.channel.receiver.revoke())) {
                work.channel.one.expectError(SenderClosedException.class);
                assertThat(work.sender.isOpen()).isFalse();
                work.hooks.expectNothingLeftOver();
            }
        }

        @Test
        void onSubscribe_vsRevoke_upstreamIsCancelledOnce() {
            for (Work work : race(
                    true,
                    false,
                    each -> each.subscriber.onSubscribe(each.upstream),
                    each -> each.channel.receiver.revoke())) {
                work.channel.one.expectError(SenderClosedException.class);
                assertThat(work.upstream.cancels).hasValue(1);
                assertThat(work.upstream.requests).hasValueLessThan(2);
            }
        }

        @Test
        void onSubscribe_vsReceiverClose_upstreamIsCancelledOnce() {
            for (Work work : race(
                    false,
                    false,
                    each -> each.subscriber.onSubscribe(each.upstream),
                    each -> each.channel.receiver.close())) {
                assertThat(work.upstream.cancels).hasValue(1);
                assertThat(work.upstream.requests).hasValueLessThan(2);
            }
        }

        @Test
        void onSubscribe_vsReceive_upstreamIsAskedAndRevokeStillCancelsIt() {
            for (Work work : race(
                    false,
                    false,
                    each -> each.subscriber.onSubscribe(each.upstream),
                    each -> each.channel.receive.subscribe(each.channel.one))) {
                assertThat(work.upstream.requests).hasValue(1);
                assertThat(work.upstream.cancels).hasValue(0);
                work.channel.receiver.revoke();
                work.channel.one.expectError(SenderClosedException.class);
                assertThat(work.upstream.cancels).hasValue(1);
            }
        }
    }
}
