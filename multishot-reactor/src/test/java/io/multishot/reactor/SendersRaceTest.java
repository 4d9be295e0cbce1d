package io.multishot.reactor;

import static io.multishot.reactor.RaceChannel.VALUE;
import static io.multishot.reactor.RaceChannel.expectClosedIfSignalled;
import static io.multishot.reactor.RaceChannel.expectCompleteOnce;
import static io.multishot.reactor.RaceChannel.race;
import static io.multishot.reactor.RaceChannel.raceDensely;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Races two threads on {@code senders()} and on {@code subscriberOf}. Each test plays many rounds, each on a channel of
 * its own, and checks that nothing is lost or doubled, one sender at most is live, and no subscriber waits for ever.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SendersRaceTest {

    @Nested
    class Request {
        @Test
        void request_vsRequest_opensOneRoundForEach() {
            race(RaceChannel::sendersSubscribed, RaceChannel::requestSlot, RaceChannel::requestSlot, channel -> {
                assertThat(channel.patientSlots.values()).hasSize(1);
                channel.expectRound();
                assertThat(channel.patientSlots.values()).hasSize(2);
                channel.expectRound();
                assertThat(channel.patientSlots.signals()).hasSize(2);
                channel.expectNoLiveSender();
            });
        }

        @Test
        void request_vsCancel_senderIsSignalledAndLiveOrThereIsNone() {
            raceDensely(RaceChannel::sendersSubscribed, RaceChannel::requestSlot, RaceChannel::cancelSlots, channel -> {
                channel.receiveAfterwards();
                if (channel.patientSlots.signals().isEmpty()) {
                    channel.afterwards.expectError(SenderClosedException.class);
                    channel.expectNoLiveSender();
                } else {
                    channel.expectAnswerOfLiveSender(channel.afterwards);
                }
                assertThat(channel.patientSlots.signals()).hasSizeLessThan(2);
                channel.expectSendersAnew();
            });
        }

        /** The opening that the cancel interrupts must not be in the way of the receive. */
        @Test
        void request_vsCancelThenReceive_receiveIsNotRefused() {
            raceDensely(
                    RaceChannel::sendersSubscribed,
                    RaceChannel::requestSlot,
                    channel -> {
                        channel.patientSlots.cancel();
                        channel.receive.subscribe(channel.one);
                    },
                    channel -> {
                        channel.expectAnswerOrClosed(channel.one);
                    });
        }

        /** The opening that the cancel interrupts must neither stop nor revoke the rounds of the next subscriber. */
        @Test
        void request_vsCancelThenSendersSubscribe_oneSenderIsLive() {
            raceDensely(
                    RaceChannel::sendersSubscribed,
                    RaceChannel::requestSlot,
                    RaceChannel::cancelSlotsAndSubscribeAnew,
                    channel -> {
                        channel.liveSender();
                        channel.expectRound();
                        channel.expectRound();
                    });
        }

        /** The opening that the cancel interrupts must not discard what the next subscriber sent. */
        @Test
        void request_vsCancelThenSendersSubscribeThatSends_valueIsReceived() {
            raceDensely(
                    channel -> {
                        channel.reactive.senders().subscribe(channel.patientSlots);
                        channel.sendFromTheFirstOf(channel.otherSlots);
                    },
                    RaceChannel::requestSlot,
                    RaceChannel::cancelSlotsAndSubscribeAnew,
                    channel -> {
                        if (!channel.sent.get()) {
                            channel.liveSender().close();
                            channel.receive.subscribe(channel.one);
                            channel.one.expectError(SenderClosedException.class);
                            assertThat(channel.sent).isTrue();
                        }
                        channel.receiveAfterwards();
                        channel.afterwards.expectValue(VALUE);
                        channel.liveSender();
                    });
        }

        @Test
        void request_vsDispose_completesOnceAndNoSenderIsLive() {
            race(RaceChannel::sendersSubscribed, RaceChannel::requestSlot, RaceChannel::dispose, channel -> {
                expectCompleteOnce(channel.patientSlots);
                assertThat(channel.patientSlots.values()).hasSizeLessThan(2);
                channel.expectNoLiveSender();
                assertThat(channel.patientSlots.values()).noneMatch(sender -> sender.send("late"));
            });
        }

        @Test
        void request_vsReceive_receiveWaitsInTheRound() {
            race(RaceChannel::sendersSubscribed, RaceChannel::requestSlot, RaceChannel::receive, channel -> {
                assertThat(channel.patientSlots.values()).hasSize(1);
                channel.expectAnswerOfLiveSender(channel.one);
            });
        }

        /** As {@code receive().repeat()} does. */
        @Test
        void request_vsSendThenReceive_receiveWaitsForTheNextRound() {
            raceDensely(
                    RaceChannel::receiveWaitsForASlot,
                    channel -> channel.slots.request(1),
                    channel -> {
                        channel.send();
                        channel.receive.subscribe(channel.other);
                    },
                    channel -> {
                        channel.one.expectValue(VALUE);
                        assertThat(channel.other.signals()).isEmpty();
                        assertThat(channel.slots.values().get(1).send("next")).isTrue();
                        channel.other.expectValue("next");
                    });
        }

        @Test
        void request_vsReceiveCancel_leavesTheRoundToTheNextReceive() {
            race(RaceChannel::receiveWaitsForARound, RaceChannel::requestSlot, RaceChannel::cancel, channel -> {
                assertThat(channel.patientSlots.values()).hasSize(1);
                channel.receiveAfterwards();
                channel.expectAnswerOfLiveSender(channel.afterwards);
                channel.one.expectNoSignal();
                channel.one.expectNothingLeftOver();
            });
        }
    }

    @Nested
    class OpenRound {
        @Test
        void send_vsReceive_isReceivedAndTheNextRoundOpens() {
            race(RaceChannel::subscribeToSenders, RaceChannel::send, RaceChannel::receive, channel -> {
                assertThat(channel.sent).isTrue();
                channel.one.expectValue(VALUE);
                assertThat(channel.slots.values()).hasSize(2);
                channel.expectRound();
            });
        }

        @Test
        void send_vsReceiveCancel_valueIsDeliveredOrStaysOrIsDiscarded() {
            race(RaceChannel::receiveWaitsForASlot, RaceChannel::send, RaceChannel::cancel, channel -> {
                assertThat(channel.sent).isTrue();
                channel.receiveAfterwards();
                assertThat(channel.copiesOfValue()).isEqualTo(1);
                assertThat(channel.slots.values()).hasSize(2);
                if (!channel.afterwards.hasValue()) {
                    channel.expectAnswerOfLiveSender(channel.afterwards);
                }
            });
        }

        @Test
        void send_vsSendersCancel_valueIsDelivered() {
            race(RaceChannel::receiveWaitsForASlot, RaceChannel::send, channel -> channel.slots.cancel(), channel -> {
                assertThat(channel.sent).isTrue();
                channel.one.expectValue(VALUE);
                channel.receiveAfterwards();
                if (channel.slots.signals().size() == 1) {
                    channel.afterwards.expectError(SenderClosedException.class);
                    channel.expectNoLiveSender();
                } else {
                    assertThat(channel.slots.values()).hasSize(2);
                    channel.expectAnswerOfLiveSender(channel.afterwards);
                }
                channel.expectSendersAnew();
            });
        }

        @Test
        void send_vsDispose_endsEachOnce() {
            race(RaceChannel::receiveWaitsForASlot, RaceChannel::send, RaceChannel::dispose, channel -> {
                channel.expectValueIfSentOrElseClosed(channel.one);
                channel.one.expectNothingLeftOver();
                expectCompleteOnce(channel.slots);
                channel.expectNoLiveSender();
            });
        }

        @Test
        void close_vsReceiveCancel_isToldOrStaysAndTheNextRoundOpens() {
            race(
                    RaceChannel::receiveWaitsForASlot,
                    channel -> channel.sender().close(),
                    RaceChannel::cancel,
                    channel -> {
                        channel.receiveAfterwards();
                        assertThat(channel.slots.values()).hasSize(2);
                        if (channel.afterwards.signals().isEmpty()) {
                            channel.expectAnswerOfLiveSender(channel.afterwards);
                        } else {
                            channel.afterwards.expectError(SenderClosedException.class);
                            channel.one.expectNoSignal();
                            channel.expectRound();
                        }
                        expectClosedIfSignalled(channel.one);
                    });
        }

        @Test
        void send_vsRevoke_oneOfThemEndsTheRound() {
            race(
                    RaceChannel::receiveWaitsForASlot,
                    RaceChannel::send,
                    channel -> channel.receiver.revoke(),
                    channel -> {
                        channel.expectValueIfSentOrElseClosed(channel.one);
                        // The revoke may have met the round of the second or, where a signal was under way, of no
                        // sender.
                        channel.receiveAfterwards();
                        channel.expectAnswerOfLiveSender(channel.afterwards);
                    });
        }
    }

    @Nested
    class Ends {
        @Test
        void sendersCancel_vsReceive_endsTheReceive() {
            race(RaceChannel::sendersSubscribed, RaceChannel::cancelSlots, RaceChannel::receive, channel -> {
                channel.one.expectError(SenderClosedException.class);
                channel.patientSlots.expectNoSignal();
                channel.expectSendersAnew();
            });
        }

        @Test
        void sendersCancel_vsReceiveCancel_endsTheReceiveAtMostOnce() {
            race(RaceChannel::receiveWaitsForARound, RaceChannel::cancelSlots, RaceChannel::cancel, channel -> {
                expectClosedIfSignalled(channel.one);
                channel.one.expectNothingLeftOver();
                channel.expectSendersAnew();
            });
        }

        /**
         * A receive that the cancel sets free may meet the next subscriber's opening: it waits in that round, or is
         * told.
         */
        @Test
        void sendersCancel_vsSendersSubscribeAsSoonAsPossible_receiveIsNotRefused() {
            raceDensely(
                    RaceChannel::receiveWaitsForARound,
                    RaceChannel::cancelSlots,
                    channel -> {
                        while (channel.reactive.opener() != null) {
                            Thread.yield();
                        }
                        channel.reactive.senders().subscribe(channel.otherSlots);
                    },
                    channel -> {
                        assertThat(channel.otherSlots.signals()).hasSize(1);
                        channel.expectAnswerOrElse(SenderClosedException.class, channel.one);
                    });
        }

        @Test
        void sendersCancel_vsDispose_endsEachAtMostOnce() {
            race(RaceChannel::receiveWaitsForARound, RaceChannel::cancelSlots, RaceChannel::dispose, channel -> {
                channel.one.expectError(SenderClosedException.class);
                if (!channel.patientSlots.signals().isEmpty()) {
                    channel.patientSlots.expectCompleteAfter(0);
                }
            });
        }

        @Test
        void dispose_vsReceive_endsBoth() {
            race(RaceChannel::sendersSubscribed, RaceChannel::dispose, RaceChannel::receive, channel -> {
                channel.one.expectError(SenderClosedException.class);
                channel.patientSlots.expectCompleteAfter(0);
            });
        }

        @Test
        void dispose_vsDispose_completesOnce() {
            race(RaceChannel::receiveWaitsForASlot, RaceChannel::dispose, RaceChannel::dispose, channel -> {
                channel.one.expectError(SenderClosedException.class);
                channel.slots.expectCompleteAfter(1);
                channel.expectNoLiveSender();
            });
        }
    }

    @Nested
    class Subscribe {
        @Test
        void sendersSubscribe_vsSendersSubscribe_oneIsRefused() {
            raceDensely(
                    RaceChannel::untouched,
                    RaceChannel::subscribeToSenders,
                    RaceChannel::subscribeToSendersToo,
                    channel -> {
                        RecordingSubscriber<Sender<String>> winner =
                                channel.slots.hasValue() ? channel.slots : channel.otherSlots;
                        RecordingSubscriber<Sender<String>> loser =
                                winner == channel.slots ? channel.otherSlots : channel.slots;
                        loser.expectError(IllegalStateException.class);
                        assertThat(winner.signals()).hasSize(1);
                        channel.expectRound();
                        assertThat(winner.signals()).hasSize(2);
                    });
        }

        @Test
        void sendersSubscribe_vsDispose_completesOnce() {
            race(RaceChannel::untouched, RaceChannel::subscribeToSenders, RaceChannel::dispose, channel -> {
                expectCompleteOnce(channel.slots);
                channel.expectNoLiveSender();
            });
        }

        @Test
        void sendersSubscribe_vsReceive_receiveWaitsOrFindsNoRound() {
            raceDensely(RaceChannel::untouched, RaceChannel::subscribeToSenders, RaceChannel::receive, channel -> {
                assertThat(channel.slots.signals()).hasSize(1);
                channel.expectAnswerOrElse(SenderClosedException.class, channel.one);
                assertThat(channel.slots.signals()).hasSize(2);
            });
        }

        /** The receive takes the value as the subscription looks whether there is one. */
        @Test
        void sendersSubscribe_vsReceiveWithUnreadValue_isReceivedAndTheNextRoundOpens() {
            raceDensely(RaceChannel::valueUnread, RaceChannel::subscribeToSenders, RaceChannel::receive, channel -> {
                channel.one.expectValue(VALUE);
                assertThat(channel.slots.signals()).hasSize(1);
                channel.expectRound();
            });
        }

        @Test
        void sendersSubscribe_vsExchange_oneOpensTheRound() {
            raceDensely(RaceChannel::untouched, RaceChannel::subscribeToSenders, RaceChannel::exchange, channel -> {
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
            });
        }

        @Test
        void sendersSubscribe_vsExchangeWithUnreadValue_isReceivedOrDiscarded() {
            raceDensely(RaceChannel::valueUnread, RaceChannel::subscribeToSenders, RaceChannel::exchange, channel -> {
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
            });
        }

        /** The exchange must not discard silently what was sent in between. */
        @Test
        void sendersSubscribeThatSends_vsExchange_valueIsReceivedOrDiscarded() {
            raceDensely(
                    channel -> channel.sendFromTheFirstOf(channel.slots),
                    RaceChannel::subscribeToSenders,
                    RaceChannel::exchange,
                    channel -> {
                        if (!channel.asked.isEmpty()) {
                            channel.expectAnswerOfLiveSender(channel.one);
                        }
                        assertThat(channel.sent).isTrue();
                        channel.receiveAfterwards();
                        assertThat(channel.copiesOfValue()).isEqualTo(1);
                    });
        }

        @Test
        void sendersSubscribe_vsExchangeCancel_roundOpens() {
            race(RaceChannel::exchange, RaceChannel::subscribeToSenders, RaceChannel::cancel, channel -> {
                assertThat(channel.asked.get(0).send("late")).isFalse();
                assertThat(channel.slots.signals()).hasSize(1);
                channel.expectRound();
                channel.one.expectNoSignal();
            });
        }

        @Test
        void exchangeRequest_vsExchangeCancelThenSendersSubscribe_roundOpens() {
            raceDensely(
                    RaceChannel::exchangeSubscribed,
                    RaceChannel::request,
                    channel -> {
                        channel.patient.cancel();
                        channel.reactive.senders().subscribe(channel.slots);
                    },
                    channel -> {
                        channel.patient
                                .signals()
                                .forEach(
                                        signal -> assertThat(signal.isOnError()).isTrue());
                        assertThat(channel.asked).noneMatch(Sender::isOpen);
                        assertThat(channel.slots.signals()).hasSize(1);
                        channel.expectRound();
                    });
        }
    }

    @Nested
    class TwoReceives {
        @Test
        void receiveRequest_vsReceiveCancel_isNotInTheWayOfTheNext() {
            raceDensely(
                    channel -> {
                        channel.sendersSubscribed();
                        channel.receiveSubscribed();
                    },
                    RaceChannel::request,
                    RaceChannel::cancelRequested,
                    channel -> {
                        channel.receiveAfterwards();
                        channel.afterwards.expectNoSignal();
                        channel.patientSlots.request(1);
                        channel.expectAnswerOfLiveSender(channel.afterwards);
                        channel.patient.expectNoSignal();
                    });
        }

        @Test
        void receive_vsReceiveBeforeTheRound_oneWaitsTheOtherIsRefused() {
            race(RaceChannel::sendersSubscribed, RaceChannel::receive, RaceChannel::receiveToo, channel -> {
                RecordingSubscriber<String> winner = channel.expectOneRefused();
                channel.patientSlots.request(1);
                channel.expectAnswerOfLiveSender(winner);
            });
        }

        @Test
        void receive_vsReceiveInTheRound_oneWaitsTheOtherIsRefused() {
            race(RaceChannel::subscribeToSenders, RaceChannel::receive, RaceChannel::receiveToo, channel -> {
                RecordingSubscriber<String> winner = channel.expectOneRefused();
                channel.expectAnswerOfLiveSender(winner);
            });
        }

        @Test
        void receive_vsReceiveWithValueThere_oneHasItTheOtherWaitsOrIsRefused() {
            race(
                    channel -> {
                        channel.reactive.senders().subscribe(channel.slots);
                        channel.send();
                    },
                    RaceChannel::receive,
                    RaceChannel::receiveToo,
                    channel -> {
                        RecordingSubscriber<String> loser = channel.expectOneHasTheValue();
                        channel.expectAnswerOrElse(IllegalStateException.class, loser);
                    });
        }
    }

    @Nested
    class TheSubscriber {
        private final RuntimeException cause = new RuntimeException("cause");

        /** A subscriber of upstream, in a round in which {@code one} may wait. */
        private static final class Work {
            final Upstream upstream = new Upstream();
            final RaceChannel channel = new RaceChannel();
            final RecordingSubscriber<String> hooks = RecordingSubscriber.patient();
            final CoreSubscriber<String> subscriber;

            Work(boolean awaited, boolean subscribed) {
                channel.roundOpen();
                if (awaited) {
                    channel.receive();
                }
                subscriber = ReactiveReceiver.subscriberOf(channel.sender(), hooks.currentContext());
                if (subscribed) {
                    subscribe();
                }
            }

            void subscribe() {
                subscriber.onSubscribe(upstream);
            }

            void next() {
                subscriber.onNext(VALUE);
            }

            void revoke() {
                channel.sent.set(!channel.receiver.revoke());
            }

            void close() {
                channel.receiver.close();
            }
        }

        /** Counts requests and cancels. */
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

        private static void race(
                boolean awaited, boolean subscribed, Consumer<Work> one, Consumer<Work> other, Consumer<Work> check) {
            Races.race(3_000, () -> new Work(awaited, subscribed), one, other, check);
        }

        @Test
        void onNext_vsRevoke_valueIsReceivedOrDiscarded() {
            race(false, true, Work::next, Work::revoke, work -> {
                work.channel.receiveAfterwards();
                if (!work.channel.sent.get()) {
                    work.channel.afterwards.expectError(SenderClosedException.class);
                    assertThat(work.hooks.discarded()).containsExactly(VALUE);
                } else {
                    work.channel.afterwards.expectValue(VALUE);
                    work.hooks.expectNothingLeftOver();
                }
                assertThat(work.upstream.cancels).hasPositiveValue();
            });
        }

        @Test
        void onNext_vsReceiverClose_valueIsReceivedOrDiscarded() {
            race(true, true, Work::next, Work::close, work -> {
                if (work.channel.one.hasValue()) {
                    work.channel.one.expectValue(VALUE);
                    work.hooks.expectNothingLeftOver();
                } else {
                    work.channel.one.expectError(SenderClosedException.class);
                    assertThat(work.hooks.discarded()).containsExactly(VALUE);
                }
                assertThat(work.upstream.cancels).hasPositiveValue();
            });
        }

        @Test
        void onNext_vsReceiveCancel_valueIsReceivedOrDiscardedByTheReceive() {
            race(true, true, Work::next, each -> each.channel.cancel(), work -> {
                work.channel.receiveAfterwards();
                assertThat(work.channel.copiesOfValue()).isEqualTo(1);
                work.hooks.expectNothingLeftOver();
                assertThat(work.upstream.cancels).hasValue(1);
            });
        }

        @Test
        void onError_vsRevoke_causeIsSignalledOrDropped() {
            race(true, true, each -> each.subscriber.onError(cause), Work::revoke, work -> {
                if (work.hooks.droppedErrors().isEmpty()) {
                    work.channel.one.expectError(cause);
                } else {
                    assertThat(work.hooks.droppedErrors()).containsExactly(cause);
                    work.channel.one.expectError(SenderClosedException.class);
                    assertThat(work.upstream.cancels).hasValue(1);
                }
            });
        }

        @Test
        void onComplete_vsRevoke_closesOnce() {
            race(true, true, each -> each.subscriber.onComplete(), Work::revoke, work -> {
                work.channel.one.expectError(SenderClosedException.class);
                assertThat(work.channel.sender().isOpen()).isFalse();
                work.hooks.expectNothingLeftOver();
            });
        }

        @Test
        void onSubscribe_vsRevokeOrReceiverClose_upstreamIsCancelledOnce() {
            for (Consumer<Work> end : List.<Consumer<Work>>of(Work::revoke, Work::close)) {
                race(true, false, Work::subscribe, end, work -> {
                    work.channel.one.expectError(SenderClosedException.class);
                    assertThat(work.upstream.cancels).hasValue(1);
                    assertThat(work.upstream.requests).hasValueLessThan(2);
                });
            }
        }

        @Test
        void onSubscribe_vsReceive_upstreamIsAskedAndRevokeStillCancelsIt() {
            race(false, false, Work::subscribe, each -> each.channel.receive(), work -> {
                assertThat(work.upstream.requests).hasValue(1);
                assertThat(work.upstream.cancels).hasValue(0);
                work.channel.receiver.revoke();
                work.channel.one.expectError(SenderClosedException.class);
                assertThat(work.upstream.cancels).hasValue(1);
            });
        }
    }
}
