package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** One channel with the subscribers of a race, new for each round, and what may have come of it. */
final class RaceChannel {
    private static final int ROUNDS = 3_000;

    /** For a window of a few instructions. */
    private static final int DENSE_ROUNDS = 12_000;

    static final String VALUE = "value";

    final Receiver<String> receiver = new Receiver<>();
    final ReactiveReceiver<String> reactive = ReactiveReceiver.from(receiver);
    final Mono<String> receive = reactive.receive();

    /** The senders that the exchanges handed out. */
    final List<Sender<String>> asked = new CopyOnWriteArrayList<>();

    final Mono<String> exchange = reactive.exchange(asked::add);

    final RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.unbounded();
    final RecordingSubscriber<Sender<String>> otherSlots = RecordingSubscriber.unbounded();
    final RecordingSubscriber<Sender<String>> patientSlots = RecordingSubscriber.patient();

    final RecordingSubscriber<String> one = RecordingSubscriber.unbounded();
    final RecordingSubscriber<String> other = RecordingSubscriber.unbounded();
    final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    /** Receives after the race, and expects to be alone. */
    final RecordingSubscriber<String> afterwards = RecordingSubscriber.unbounded();

    /** What {@link #send} returned. */
    final AtomicBoolean sent = new AtomicBoolean();

    private @Nullable Sender<String> opened;

    static void race(
            Consumer<RaceChannel> preparation,
            Consumer<RaceChannel> one,
            Consumer<RaceChannel> other,
            Consumer<RaceChannel> check) {
        Races.race(ROUNDS, () -> prepared(preparation), one, other, check);
    }

    /** Races often enough to hit a window of a few instructions. */
    static void raceDensely(
            Consumer<RaceChannel> preparation,
            Consumer<RaceChannel> one,
            Consumer<RaceChannel> other,
            Consumer<RaceChannel> check) {
        Races.race(DENSE_ROUNDS, () -> prepared(preparation), one, other, check);
    }

    private static RaceChannel prepared(Consumer<RaceChannel> preparation) {
        RaceChannel channel = new RaceChannel();
        preparation.accept(channel);
        return channel;
    }

    // ---- before the race --------------------------------------------------------------------------------------------

    void untouched() {}

    void roundOpen() {
        opened = receiver.sender();
    }

    void valueUnread() {
        receiver.sender().send(VALUE);
    }

    void receiveWaits() {
        roundOpen();
        receive();
    }

    /** A receive is subscribed to and not yet requested. */
    void receiveSubscribed() {
        receive.subscribe(patient);
    }

    void exchangeSubscribed() {
        exchange.subscribe(patient);
    }

    /** A subscriber of {@code senders()} has not requested a sender. */
    void sendersSubscribed() {
        reactive.senders().subscribe(patientSlots);
    }

    void receiveWaitsForARound() {
        sendersSubscribed();
        receive();
    }

    /** A receive waits in the round of a signalled sender. */
    void receiveWaitsForASlot() {
        subscribeToSenders();
        receive();
    }

    /** The subscriber sends the value by the first sender that accepts it. */
    void sendFromTheFirstOf(RecordingSubscriber<Sender<String>> subscriber) {
        subscriber.onNextDo(sender -> {
            if (!sent.get()) {
                sent.set(sender.send(VALUE));
            }
        });
    }

    // ---- sides of a race --------------------------------------------------------------------------------------------

    void receive() {
        receive.subscribe(one);
    }

    void receiveToo() {
        receive.subscribe(other);
    }

    void exchange() {
        exchange.subscribe(one);
    }

    void exchangeToo() {
        exchange.subscribe(other);
    }

    void cancel() {
        one.cancel();
    }

    void request() {
        patient.request(1);
    }

    void cancelRequested() {
        patient.cancel();
    }

    void send() {
        sent.set(sender().send(VALUE));
    }

    void dispose() {
        reactive.dispose();
    }

    void subscribeToSenders() {
        reactive.senders().subscribe(slots);
    }

    void subscribeToSendersToo() {
        reactive.senders().subscribe(otherSlots);
    }

    void requestSlot() {
        patientSlots.request(1);
    }

    void cancelSlots() {
        patientSlots.cancel();
    }

    void cancelSlotsAndSubscribeAnew() {
        cancelSlots();
        subscribeToSendersToo();
    }

    // ---- after the race ---------------------------------------------------------------------------------------------

    /** Returns the sender of the first round. */
    Sender<String> sender() {
        return opened != null ? opened : handedOut().get(0);
    }

    void receiveAfterwards() {
        receive.subscribe(afterwards);
    }

    private List<Sender<String>> handedOut() {
        List<Sender<String>> all = new ArrayList<>(asked);
        for (RecordingSubscriber<Sender<String>> each : List.of(slots, otherSlots, patientSlots)) {
            all.addAll(each.values());
        }
        return all;
    }

    /** Returns the one live sender, which some subscriber has; a receive would wait for it in vain otherwise. */
    Sender<String> liveSender() {
        List<Sender<String>> live = handedOut().stream().filter(Sender::isOpen).toList();
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

    /** Expects that a new subscriber of senders() gets a sender, and its value arrives. */
    void expectSendersAnew() {
        RecordingSubscriber<Sender<String>> anew = RecordingSubscriber.unbounded();
        reactive.senders().subscribe(anew);
        assertThat(anew.values()).hasSize(1);
        RecordingSubscriber<String> last = RecordingSubscriber.unbounded();
        receive.subscribe(last);
        assertThat(anew.values().get(0).send("anew")).isTrue();
        last.expectValue("anew");
    }

    void expectValueIfSentOrElseClosed(RecordingSubscriber<String> subscriber) {
        if (sent.get()) {
            subscriber.expectValue(VALUE);
        } else {
            subscriber.expectError(SenderClosedException.class);
        }
    }

    static void expectClosedIfSignalled(RecordingSubscriber<String> subscriber) {
        if (!subscriber.signals().isEmpty()) {
            subscriber.expectError(SenderClosedException.class);
        }
    }

    /** Expects that the subscriber waits in the live round, which it then plays, or found no round. */
    void expectAnswerOrClosed(RecordingSubscriber<String> subscriber) {
        if (subscriber.signals().isEmpty()) {
            expectAnswerOfLiveSender(subscriber);
        } else {
            subscriber.expectError(SenderClosedException.class);
        }
    }

    /** Expects that the subscriber waits in the live round, or has the error; then plays that round or another one. */
    void expectAnswerOrElse(Class<? extends Throwable> error, RecordingSubscriber<String> subscriber) {
        if (subscriber.signals().isEmpty()) {
            expectAnswerOfLiveSender(subscriber);
        } else {
            subscriber.expectError(error);
            expectRound();
        }
    }

    /** Expects that one of the two was refused, and returns the other one. */
    RecordingSubscriber<String> expectOneRefused() {
        RecordingSubscriber<String> refused = one.signals().isEmpty() ? other : one;
        refused.expectError(IllegalStateException.class);
        return refused == one ? other : one;
    }

    /** Expects that one of the two has the value, and returns the other one. */
    RecordingSubscriber<String> expectOneHasTheValue() {
        RecordingSubscriber<String> winner = one.hasValue() ? one : other;
        winner.expectValue(VALUE);
        return winner == one ? other : one;
    }

    /** Expects that the subscriber waits, and that the sender answers it. */
    void expectAnswer(RecordingSubscriber<String> waiting) {
        waiting.expectNoSignal();
        assertThat(sender().send(VALUE)).isTrue();
        waiting.expectValue(VALUE);
    }

    /** Returns how often the value of the race came out. */
    int copiesOfValue() {
        int copies = 0;
        for (RecordingSubscriber<String> each : List.of(one, other, patient, afterwards)) {
            copies += (int) each.values().stream().filter(VALUE::equals).count()
                    + (int) each.discarded().stream().filter(VALUE::equals).count();
        }
        return copies;
    }

    /** Expects values, then one completion. */
    static void expectCompleteOnce(RecordingSubscriber<Sender<String>> subscriber) {
        List<Signal<Sender<String>>> signals = subscriber.signals();
        assertThat(signals).isNotEmpty();
        assertThat(signals.get(signals.size() - 1).isOnComplete()).isTrue();
        assertThat(subscriber.values()).hasSize(signals.size() - 1);
    }
}
