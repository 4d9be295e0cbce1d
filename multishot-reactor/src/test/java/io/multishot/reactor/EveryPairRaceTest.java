package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Sender;
import io.multishot.reactor.Races.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;

/**
 * Every pair of signals at the Reactor side of a channel, each with itself included, at the same moment, in each
 * situation in which they may meet: whatever comes of it, the books of {@link RacedChannel} balance.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EveryPairRaceTest {
    private static final int ROUNDS = 400;

    /** For a window of a few instructions. */
    private static final int DENSE_ROUNDS = 12_000;

    private static final Side<RacedChannel> REQUEST = new Side<>("request", channel -> channel.main.request(1));
    private static final Side<RacedChannel> CANCEL = new Side<>("cancel", RacedChannel::cancel);
    private static final Side<RacedChannel> REQUEST_SENDER =
            new Side<>("request of a sender", RacedChannel::requestSender);
    private static final Side<RacedChannel> SENDERS_CANCEL =
            new Side<>("senders cancel", channel -> channel.slots.cancel());
    private static final Side<RacedChannel> SENDERS_SUBSCRIBE =
            new Side<>("senders subscribe", RacedChannel::subscribeToSenders);
    private static final Side<RacedChannel> RECEIVE = new Side<>("receive", RacedChannel::receive);
    private static final Side<RacedChannel> EXCHANGE = new Side<>("exchange", RacedChannel::exchange);
    private static final Side<RacedChannel> SEND = new Side<>("send", RacedChannel::send);
    private static final Side<RacedChannel> FAIL = new Side<>("fail", RacedChannel::fail);
    private static final Side<RacedChannel> CLOSE = new Side<>("close", RacedChannel::close);
    private static final Side<RacedChannel> REVOKE = new Side<>("revoke", RacedChannel::revoke);
    private static final Side<RacedChannel> DISPOSE = new Side<>("dispose", channel -> channel.reactive.dispose());
    private static final Side<RacedChannel> PIPELINE_SUBSCRIBE =
            new Side<>("pipeline subscribe", RacedChannel::subscribePipeline);
    private static final Side<RacedChannel> NEXT = new Side<>("next", RacedChannel::next);
    private static final Side<RacedChannel> ERROR = new Side<>("error", RacedChannel::error);
    private static final Side<RacedChannel> COMPLETE = new Side<>("complete", RacedChannel::complete);

    /** Of one upstream, and so serial (§1.3). */
    private static final List<Side<RacedChannel>> OF_UPSTREAM = List.of(PIPELINE_SUBSCRIBE, NEXT, ERROR, COMPLETE);

    private static final List<Side<RacedChannel>> OF_MAIN = List.of(REQUEST, CANCEL);
    private static final List<Side<RacedChannel>> OF_SENDERS = List.of(REQUEST_SENDER, SENDERS_CANCEL);
    private static final List<Side<RacedChannel>> OF_THE_ROUND = List.of(SEND, FAIL, CLOSE, REVOKE);
    private static final List<Side<RacedChannel>> ANYTIME = List.of(SENDERS_SUBSCRIBE, RECEIVE, EXCHANGE, DISPOSE);
    private static final List<Side<RacedChannel>> WITH_A_PIPELINE =
            List.of(NEXT, ERROR, COMPLETE, CANCEL, SEND, REVOKE, DISPOSE);

    /** What the channel is doing, and the sides that may race then. */
    enum Situation {
        UNTOUCHED(channel -> {}, ANYTIME),
        VALUE_UNREAD(RacedChannel::leaveValueUnread, ANYTIME),
        ROUND_OPEN(RacedChannel::openRound, ANYTIME, OF_THE_ROUND),

        RECEIVE_SUBSCRIBED(
                ROUND_OPEN.preparation.andThen(RacedChannel::subscribeMainToReceive), OF_MAIN, ANYTIME, OF_THE_ROUND),
        RECEIVE_SUBSCRIBED_AND_VALUE_UNREAD(
                VALUE_UNREAD.preparation.andThen(RacedChannel::subscribeMainToReceive), OF_MAIN, ANYTIME),
        RECEIVE_WAITS(ROUND_OPEN.preparation.andThen(RacedChannel::letMainReceive), OF_MAIN, ANYTIME, OF_THE_ROUND),

        SENDERS_SUBSCRIBED(RacedChannel::subscribeSlots, OF_SENDERS, ANYTIME),
        SENDERS_AND_RECEIVE_SUBSCRIBED(
                SENDERS_SUBSCRIBED.preparation.andThen(RacedChannel::subscribeMainToReceive),
                OF_SENDERS,
                OF_MAIN,
                ANYTIME),
        RECEIVE_WAITS_FOR_A_ROUND(
                SENDERS_SUBSCRIBED.preparation.andThen(RacedChannel::letMainReceive), OF_SENDERS, OF_MAIN, ANYTIME),
        SENDER_SIGNALLED(RacedChannel::signalSender, OF_SENDERS, ANYTIME, OF_THE_ROUND),
        RECEIVE_WAITS_FOR_A_SIGNALLED_SENDER(
                SENDER_SIGNALLED.preparation.andThen(RacedChannel::letMainReceive),
                OF_SENDERS,
                OF_MAIN,
                ANYTIME,
                OF_THE_ROUND),

        EXCHANGE_SUBSCRIBED(RacedChannel::subscribeMainToExchange, OF_MAIN, ANYTIME),
        EXCHANGE_SUBSCRIBED_WHILE_ANOTHER_WAITS(
                EXCHANGE_SUBSCRIBED.preparation.andThen(RacedChannel::exchange), OF_MAIN, ANYTIME),
        EXCHANGE_WAITS(RacedChannel::letMainExchange, OF_MAIN, ANYTIME, OF_THE_ROUND),

        /** A pipeline ends in the sender of the round. */
        EXCHANGE_WAITS_FOR_A_PIPELINE(
                EXCHANGE_WAITS.preparation.andThen(Situation::subscribePipeline), WITH_A_PIPELINE),
        RECEIVE_WAITS_FOR_A_PIPELINE(RECEIVE_WAITS.preparation.andThen(Situation::subscribePipeline), WITH_A_PIPELINE),
        PIPELINE_WITHOUT_RECEIVE(
                ROUND_OPEN.preparation.andThen(Situation::subscribePipeline),
                List.of(NEXT, ERROR, COMPLETE, RECEIVE, REVOKE, DISPOSE)),
        PIPELINE_NOT_SUBSCRIBED(
                RECEIVE_WAITS.preparation.andThen(RacedChannel::createPipeline),
                List.of(PIPELINE_SUBSCRIBE, CANCEL, RECEIVE, SEND, REVOKE, DISPOSE));

        private final Consumer<RacedChannel> preparation;
        private final List<Side<RacedChannel>> sides = new ArrayList<>();

        @SafeVarargs
        Situation(Consumer<RacedChannel> preparation, List<Side<RacedChannel>>... sides) {
            this.preparation = preparation;
            for (List<Side<RacedChannel>> each : sides) {
                this.sides.addAll(each);
            }
        }

        private static void subscribePipeline(RacedChannel channel) {
            channel.createPipeline();
            channel.subscribePipeline();
        }

        private RacedChannel create() {
            RacedChannel channel = new RacedChannel();
            preparation.accept(channel);
            return channel;
        }

        Stream<Arguments> pairs() {
            return Races.pairs(sides, OF_UPSTREAM).map(pair -> Arguments.of(this, pair.get()[0], pair.get()[1]));
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Situation.values()).flatMap(Situation::pairs);
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    void pair_booksBalance(Situation situation, Side<RacedChannel> one, Side<RacedChannel> other) {
        race(ROUNDS, situation::create, one, other);
    }

    /** Pairs that meet in a window of a few instructions, and the sequels which would show it. */
    static Stream<Arguments> narrowPairs() {
        Side<RacedChannel> sendersCancelThenReceive = SENDERS_CANCEL.then(RECEIVE);
        Side<RacedChannel> sendersCancelThenSubscribe = SENDERS_CANCEL.then(SENDERS_SUBSCRIBE);
        Side<RacedChannel> sendThenReceive = new Side<>("send, then receive", RacedChannel::sendThenReceive);
        Side<RacedChannel> sendersSubscribeAndSend =
                new Side<>("senders subscribe and send", RacedChannel::subscribeToSendersAndSend);
        Side<RacedChannel> sendersSubscribeAsSoonAsPossible =
                new Side<>("senders subscribe as soon as possible", RacedChannel::subscribeToSendersAfterTheOther);
        Side<RacedChannel> exchangeAnsweredAtOnce =
                new Side<>("exchange answered at once", RacedChannel::exchangeAnsweredAtOnce);
        Side<RacedChannel> receiveUntilRefused = new Side<>("receive until refused", RacedChannel::receiveUntilRefused);
        return Stream.of(
                Arguments.of(Situation.UNTOUCHED, SENDERS_SUBSCRIBE, SENDERS_SUBSCRIBE),
                Arguments.of(Situation.UNTOUCHED, SENDERS_SUBSCRIBE, RECEIVE),
                Arguments.of(Situation.UNTOUCHED, SENDERS_SUBSCRIBE, EXCHANGE),
                Arguments.of(Situation.UNTOUCHED, sendersSubscribeAndSend, EXCHANGE),
                Arguments.of(Situation.UNTOUCHED, exchangeAnsweredAtOnce, exchangeAnsweredAtOnce),
                Arguments.of(Situation.UNTOUCHED, EXCHANGE, receiveUntilRefused),
                Arguments.of(Situation.VALUE_UNREAD, SENDERS_SUBSCRIBE, RECEIVE),
                Arguments.of(Situation.VALUE_UNREAD, SENDERS_SUBSCRIBE, EXCHANGE),
                Arguments.of(Situation.RECEIVE_SUBSCRIBED, REQUEST, CANCEL),
                Arguments.of(Situation.RECEIVE_SUBSCRIBED_AND_VALUE_UNREAD, REQUEST, REQUEST),
                Arguments.of(Situation.SENDERS_SUBSCRIBED, REQUEST_SENDER, REQUEST_SENDER),
                Arguments.of(Situation.SENDERS_SUBSCRIBED, REQUEST_SENDER, SENDERS_CANCEL),
                Arguments.of(Situation.SENDERS_SUBSCRIBED, REQUEST_SENDER, sendersCancelThenReceive),
                Arguments.of(Situation.SENDERS_SUBSCRIBED, REQUEST_SENDER, sendersCancelThenSubscribe),
                Arguments.of(
                        Situation.SENDERS_SUBSCRIBED, REQUEST_SENDER, SENDERS_CANCEL.then(sendersSubscribeAndSend)),
                Arguments.of(Situation.SENDERS_AND_RECEIVE_SUBSCRIBED, REQUEST, CANCEL),
                Arguments.of(Situation.RECEIVE_WAITS_FOR_A_ROUND, SENDERS_CANCEL, sendersSubscribeAsSoonAsPossible),
                Arguments.of(Situation.RECEIVE_WAITS_FOR_A_SIGNALLED_SENDER, REQUEST_SENDER, sendThenReceive),
                Arguments.of(Situation.EXCHANGE_SUBSCRIBED, REQUEST, REQUEST),
                Arguments.of(Situation.EXCHANGE_SUBSCRIBED, REQUEST, CANCEL),
                Arguments.of(Situation.EXCHANGE_SUBSCRIBED, REQUEST, CANCEL.then(SENDERS_SUBSCRIBE)));
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("narrowPairs")
    void narrowPair_booksBalance(Situation situation, Side<RacedChannel> one, Side<RacedChannel> other) {
        race(DENSE_ROUNDS, situation::create, one, other);
    }

    private static void race(
            int rounds, Supplier<RacedChannel> channels, Side<RacedChannel> one, Side<RacedChannel> other) {
        Races.race(rounds, channels, one::run, other::run, RacedChannel::expectBalance);
    }

    /** An exchange behind another publisher. */
    private static final class Concatenated {
        final List<Sender<String>> asked = new CopyOnWriteArrayList<>();
        final RecordingSubscriber<String> subscriber = RecordingSubscriber.patient();
        final Sinks.One<String> first = Sinks.one();
        private final int spins;

        Concatenated(int spins) {
            this.spins = spins;
            ReactiveReceiver<String> reactive = ReactiveReceiver.create();
            Flux.concat(first.asMono(), reactive.exchange(asked::add)).subscribe(subscriber);
            subscriber.request(2);
        }

        void requestWhenTheFirstIsThere() {
            Races.spinUntil(subscriber::hasValue);
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            subscriber.request(1);
        }
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
                    assertThat(concat.asked).hasSize(1);
                    assertThat(concat.subscriber.signals()).containsExactly(Signal.next("first"));
                    assertThat(concat.asked.get(0).send("second")).isTrue();
                    assertThat(concat.subscriber.signals())
                            .containsExactly(Signal.next("first"), Signal.next("second"), Signal.complete());
                });
    }
}
