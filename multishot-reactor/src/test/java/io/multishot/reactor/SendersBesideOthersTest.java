package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** senders() and subscriberOf() while an exchange, a receive or a subscriber beside them ends or throws. */
class SendersBesideOthersTest {
    private final ReactiveReceiver<String> reactive = ReactiveReceiver.create();
    private final RecordingSubscriber<Sender<String>> slots = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> one = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    @Test
    void exchangeWhoseRequestThrows_opensTheNextRound() {
        reactive.exchange(sender -> {
                    reactive.senders().subscribe(slots);
                    throw new IllegalArgumentException("request");
                })
                .subscribe(one);
        one.expectError(IllegalArgumentException.class);
        assertThat(slots.values()).hasSize(1);
    }

    @Test
    void exchangeEndedByABadRequest_opensTheNextRound() {
        List<Sender<String>> asked = new ArrayList<>();
        reactive.exchange(asked::add).subscribe(patient);
        patient.request(1);
        reactive.senders().subscribe(slots);
        slots.expectNoSignal();
        patient.request(-1);
        patient.expectError(IllegalArgumentException.class);
        assertThat(asked.get(0).isOpen()).isFalse();
        assertThat(slots.values()).hasSize(1);
    }

    @Test
    void sendersFromInsideTheDiscardOfAnExchange_valueIsNotLost() {
        reactive.receiver().sender().send("unread");
        List<Sender<String>> asked = new ArrayList<>();
        List<Boolean> sent = new ArrayList<>();
        slots.onNextDo(sender -> sent.add(sender.send("value")));
        one.onDiscardDo(value -> {
            if (value.equals("unread")) {
                reactive.senders().take(1).subscribe(slots);
            }
        });
        reactive.exchange(asked::add).subscribe(one);
        assertThat(sent).containsExactly(true);
        RecordingSubscriber<String> next = RecordingSubscriber.unbounded();
        reactive.receive().subscribe(next);
        assertThat(next.values().size() + one.discarded().size() - 1)
                .as("received " + next.signals() + ", discarded " + one.discarded())
                .isEqualTo(1);
    }

    @Test
    void receiveThatThrows_leavesSendersAtWork() {
        reactive.senders().subscribe(slots);
        slots.values().get(0).send("value");
        one.onNextDo(value -> {
            throw new AssertionError("of the subscriber");
        });
        assertThatThrownBy(() -> reactive.receive().subscribe(one)).hasMessage("of the subscriber");
        assertThat(slots.values()).hasSize(2);
        slots.values().get(1).send("next");
        RecordingSubscriber<String> next = RecordingSubscriber.unbounded();
        reactive.receive().subscribe(next);
        next.expectValue("next");
        reactive.dispose();
        assertThat(slots.signals().get(slots.signals().size() - 1).isOnComplete())
                .isTrue();
    }

    @Test
    void subscriberThatThrowsFromOnNext_receiveDoesNotHang() {
        slots.onNextDo(sender -> {
            throw new AssertionError("of the subscriber");
        });
        assertThatThrownBy(() -> {
                    reactive.senders().subscribe(slots);
                })
                .isInstanceOf(AssertionError.class);
        slots.cancel();
        reactive.receive().subscribe(one);
        reactive.dispose();
        one.expectError(SenderClosedException.class);
    }
}
