package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.OutcomeHandler;
import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.correlator.Correlator;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;

/**
 * A cancel that comes at one of the steps of the first request. A race finds that only now and then; here the test
 * takes the steps itself, or cancels from inside the time source.
 */
class CancelMeetsRequestTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** The request looked whether it is cancelled; then the cancel came; then the request goes on. */
    private static void cancelThenBegin(RecordingSubscriber<?> subscriber) {
        subscriber.cancel();
        ((OutcomeSubscription<?>) subscriber.subscription()).begin();
    }

    /** Otherwise a request between the two goes on to wait, after the only look for what it waits in. */
    @Test
    void cancel_endsTheWait_isMarkedBefore() {
        List<Boolean> marked = new ArrayList<>();
        OutcomeSubscription<String> subscription = new OutcomeSubscription<>(RecordingSubscriber.patient()) {
            @Override
            void begin() {}

            @Override
            boolean end() {
                return marked.add(isCancelled());
            }

            @Override
            Scannable parent() {
                return this;
            }
        };

        subscription.cancel();

        assertThat(marked).containsExactly(true);
    }

    @Nested
    class OfARequest {
        private Runnable whenTimeIsRead = () -> {};

        private final Correlator<String> core = Correlator.builder(1)
                .timeSource(() -> {
                    whenTimeIsRead.run();
                    return 0;
                })
                .sweepByCaller()
                .build();
        private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.from(core);
        private final List<Long> tickets = new ArrayList<>();
        private final Mono<String> request = correlator.request(HOUR, this::note);
        private final Mono<String> waiting = correlator.request(HOUR, HOUR, this::note);
        private final RecordingSubscriber<String> holder = RecordingSubscriber.unbounded();
        private final RecordingSubscriber<String> cancelled = RecordingSubscriber.patient();
        private final RecordingSubscriber<String> next = RecordingSubscriber.unbounded();

        private Publisher<?> note(long ticket) {
            tickets.add(ticket);
            return Mono.empty();
        }

        private void cancelOnceWhenTimeIsRead() {
            whenTimeIsRead = () -> {
                whenTimeIsRead = () -> {};
                cancelled.cancel();
            };
        }

        private void expectNoPlaceInTheQueue() {
            cancelled.expectNoSignal();
            assertThat(core.waiting()).isZero();
            assertThat(core.statistics().refused()).isZero();
            assertThat(core.inFlight()).isOne();
            holder.cancel();
            expectNoSlot();
        }

        private void expectNoSlot() {
            cancelled.expectNoSignal();
            assertThat(core.inFlight()).isZero();
            int before = tickets.size();
            request.subscribe(next);
            assertThat(tickets).hasSize(before + 1);
            correlator.complete(tickets.get(before), "next");
            next.expectValue("next");
        }

        @Test
        void full_beforeItBegins_takesNoPlaceInTheQueue() {
            request.subscribe(holder);
            waiting.subscribe(cancelled);

            cancelThenBegin(cancelled);

            expectNoPlaceInTheQueue();
        }

        @Test
        void full_beforeItEntersTheQueue_takesNoPlaceThere() {
            request.subscribe(holder);
            waiting.subscribe(cancelled);
            cancelOnceWhenTimeIsRead();

            cancelled.request(1);

            expectNoPlaceInTheQueue();
        }

        /** The slot was taken for it already, and its deadline is computed. */
        @Test
        void slotGiven_beforeItsRequestIsOpen_sendsNothingAndFreesTheSlot() {
            request.subscribe(holder);
            waiting.subscribe(cancelled);
            cancelled.request(1);
            assertThat(core.waiting()).isOne();
            cancelOnceWhenTimeIsRead();

            holder.cancel();

            assertThat(tickets).hasSize(1);
            assertThat(core.waiting()).isZero();
            assertThat(core.statistics().cancelled()).isEqualTo(2);
            expectNoSlot();
        }
    }

    @Nested
    class OfARound {
        private final ReactiveReceiver<String> reactive = ReactiveReceiver.create();
        private final RecordingSubscriber<String> cancelled = RecordingSubscriber.patient();
        private final RecordingSubscriber<String> next = RecordingSubscriber.unbounded();

        @Test
        void receiveBesideSenders_beforeItBegins_isNotInTheWayOfTheNext() {
            RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.patient();
            reactive.senders().subscribe(slots);
            reactive.receive().subscribe(cancelled);

            cancelThenBegin(cancelled);

            reactive.receive().subscribe(next);
            next.expectNoSignal();
            slots.request(1);
            slots.values().get(0).send("next");
            next.expectValue("next");
            cancelled.expectNothingLeftOver();
        }

        /** The opener took the receive out of its place before that looked whether it is cancelled. */
        @Test
        void receiveBesideSenders_takenOutForTheNextRound_doesNotWaitInIt() {
            RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.patient();
            reactive.senders().subscribe(slots);
            putInPlaceAfterItsCancel();

            slots.request(1);

            reactive.receive().subscribe(next);
            next.expectNoSignal();
            slots.values().get(0).send("next");
            next.expectValue("next");
            cancelled.expectNothingLeftOver();
        }

        @Test
        void receiveBesideSenders_takenOutForAnUnreadValue_leavesItToTheNext() {
            RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.patient();
            reactive.senders().subscribe(slots);
            slots.request(1);
            slots.values().get(0).send("next");
            putInPlaceAfterItsCancel();

            opener().drain();

            cancelled.expectNothingLeftOver();
            reactive.receive().subscribe(next);
            next.expectValue("next");
        }

        @SuppressWarnings("unchecked") // the receive is of a String
        private void putInPlaceAfterItsCancel() {
            reactive.receive().subscribe(cancelled);
            cancelled.cancel();
            assertThat(opener().add((OutcomeSubscription<String>) cancelled.subscription()))
                    .isTrue();
        }

        private RoundOpener<String> opener() {
            return Objects.requireNonNull(reactive.opener(), "senders() has no subscriber");
        }

        /**
         * An exchange takes out what the last round left. If another thread receives that first, and opens a round,
         * then the outcome of that round is not the exchange's to take.
         */
        @Test
        void unreadOutcome_isGoneWhenTheExchangeTakesIt_theRoundThatIsOpenByThenIsLeftAlone() throws Exception {
            reactive.exchange(sender -> {}).subscribe(cancelled);
            Receiver<String> receiver = reactive.receiver();
            Sender<String> sender = receiver.sender();

            takeUnread((ExchangeSubscription<?>) cancelled.subscription(), receiver);

            assertThat(receiver).hasToString("Receiver[open]");
            reactive.receive().subscribe(next);
            assertThat(sender.send("next")).isTrue();
            next.expectValue("next");
            cancelled.expectNothingLeftOver();
        }

        private static void takeUnread(ExchangeSubscription<?> exchange, Receiver<?> from)
                throws ReflectiveOperationException {
            Class<?> unread = Class.forName(ExchangeSubscription.class.getName() + "$Unread");
            Constructor<?> constructor = unread.getDeclaredConstructor(ExchangeSubscription.class);
            constructor.setAccessible(true);
            OutcomeHandler<?> waiter = (OutcomeHandler<?>) constructor.newInstance(exchange);
            Method takeFrom = unread.getDeclaredMethod("takeFrom", Receiver.class);
            takeFrom.setAccessible(true);
            takeFrom.invoke(waiter, from);
        }
    }

    /** The subscriber of {@code senders()} cancels when its round is open and the sender is not signalled yet. */
    @Nested
    class OfASender {
        private Runnable whenOpen = () -> {};

        private final ReactiveReceiver<String> reactive = ReactiveReceiver.create();
        private final RecordingSubscriber<Sender<String>> cancelled = RecordingSubscriber.patient();
        private final RecordingSubscriber<Sender<String>> next = RecordingSubscriber.unbounded();

        /** The opening ends a receive that is cancelled, before it looks whether it is cancelled itself. */
        private final OutcomeSubscription<String> receive = new OutcomeSubscription<>(RecordingSubscriber.patient()) {
            @Override
            void begin() {}

            @Override
            boolean end() {
                whenOpen.run();
                return cancelWait();
            }

            @Override
            Scannable parent() {
                return reactive;
            }
        };

        private void cancelWhenOpen(Runnable andThen) {
            reactive.senders().subscribe(cancelled);
            receive.cancel();
            Objects.requireNonNull(reactive.opener()).add(receive);
            whenOpen = () -> {
                cancelled.cancel();
                andThen.run();
                reactive.senders().subscribe(next);
            };
        }

        private void expectOneLiveSenderOfTheNext() {
            cancelled.expectNoSignal();
            assertThat(next.values()).hasSize(1);
            assertThat(next.values().get(0).isOpen()).isTrue();
        }

        @Test
        void nextSubscriber_foundTheRoundOpen_isSignalledOneOfItsOwn() {
            cancelWhenOpen(() -> {});

            cancelled.request(1);

            expectOneLiveSenderOfTheNext();
        }

        @Test
        void nextSubscriber_foundTheRoundRevoked_keepsItsSender() {
            cancelWhenOpen(() -> reactive.receiver().revoke());

            cancelled.request(1);

            expectOneLiveSenderOfTheNext();
        }
    }
}
