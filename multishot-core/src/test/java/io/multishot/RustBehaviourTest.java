package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Race;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the Rust original does, behaviour by behaviour; a waker there is a callback here. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RustBehaviourTest {
    private static final int RACES = 5_000;

    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();

    @Test
    void receive_valueSentFirst_getsItAtOnce() {
        Sender<String> sender = receiver.sender();
        assertThat(sender.send("a")).isTrue();

        receiver.receive(callback);

        callback.expectValue("a");
    }

    @Test
    void receive_waiterFirst_getsTheValueWhenSent() {
        Sender<String> sender = receiver.sender();
        receiver.receive(callback);
        callback.expectNothing();

        assertThat(sender.send("a")).isTrue();

        callback.expectValue("a");
    }

    @Test
    void receive_senderClosedFirst_endsAsClosedAtOnce() {
        receiver.sender().close();

        receiver.receive(callback);

        callback.expectClosed();
    }

    @Test
    void receive_senderClosedLater_endsAsClosedThen() {
        Sender<String> sender = receiver.sender();
        receiver.receive(callback);
        callback.expectNothing();

        sender.close();

        callback.expectClosed();
    }

    @Test
    void receive_callbackChangedOnceThenSent_onlyTheNewOneIsCalled() {
        Sender<String> sender = receiver.sender();
        RecordingCallback<String> second = new RecordingCallback<>();
        receiver.receive(callback);
        change(callback, second);

        sender.send("a");

        callback.expectNothing();
        second.expectValue("a");
    }

    @Test
    void receive_callbackChangedOnceThenClosed_onlyTheNewOneIsCalled() {
        Sender<String> sender = receiver.sender();
        RecordingCallback<String> second = new RecordingCallback<>();
        receiver.receive(callback);
        change(callback, second);

        sender.close();

        callback.expectNothing();
        second.expectClosed();
    }

    @Test
    void receive_callbackChangedTwiceThenSent_onlyTheLastOneIsCalled() {
        Sender<String> sender = receiver.sender();
        RecordingCallback<String> second = new RecordingCallback<>();
        RecordingCallback<String> third = new RecordingCallback<>();
        receiver.receive(callback);
        change(callback, second);
        change(second, third);

        sender.send("a");

        callback.expectNothing();
        second.expectNothing();
        third.expectValue("a");
    }

    @Test
    void receive_callbackChangedTwiceThenClosed_onlyTheLastOneIsCalled() {
        Sender<String> sender = receiver.sender();
        RecordingCallback<String> second = new RecordingCallback<>();
        RecordingCallback<String> third = new RecordingCallback<>();
        receiver.receive(callback);
        change(callback, second);
        change(second, third);

        sender.close();

        callback.expectNothing();
        second.expectNothing();
        third.expectClosed();
    }

    @Test
    void receive_callbackChangedToAnotherAndBack_theFirstOneIsCalled() {
        Sender<String> sender = receiver.sender();
        RecordingCallback<String> second = new RecordingCallback<>();
        receiver.receive(callback);
        change(callback, second);
        change(second, callback);

        sender.send("a");

        callback.expectValue("a");
        second.expectNothing();
    }

    @Test
    void sender_rightAfterAReceive_opensTheNextRound() {
        receiver.sender().send("a");
        receiver.receive(callback);
        callback.expectValue("a");

        Sender<String> next = receiver.sender();

        receiver.receive(callback);
        callback.expectNothing();
        assertThat(next.send("b")).isTrue();
        callback.expectValue("b");
    }

    @Test
    void recycle_rightAfterAReceive_opensTheNextRoundOnTheSameSender() {
        Sender<String> sender = receiver.sender();
        sender.send("a");
        receiver.receive(callback);
        callback.expectValue("a");

        assertThat(receiver.recycle(sender)).isSameAs(sender);

        receiver.receive(callback);
        callback.expectNothing();
        assertThat(sender.send("b")).isTrue();
        callback.expectValue("b");
    }

    @Test
    void sender_valueUnread_discardsIt() {
        receiver.sender().send("unread");

        Sender<String> next = receiver.sender();

        assertThat(receiver.tryReceive()).isNull();
        assertThat(next.send("b")).isTrue();
        assertThat(receiver.tryReceive()).isEqualTo("b");
    }

    @Test
    void recycle_valueUnread_discardsIt() {
        Sender<String> sender = receiver.sender();
        sender.send("unread");

        receiver.recycle(sender);

        assertThat(receiver.tryReceive()).isNull();
        assertThat(sender.send("b")).isTrue();
        assertThat(receiver.tryReceive()).isEqualTo("b");
    }

    @Test
    void close_senderLive_refusesItsValue() {
        Sender<String> sender = receiver.sender();

        receiver.close();

        assertThat(sender.isOpen()).isFalse();
        assertThat(sender.send("a")).isFalse();
    }

    @Test
    @Tag("race")
    void close_whileTheSenderCloses_endsTheReceiveOnce() throws Exception {
        try (Race race = new Race()) {
            for (int i = 0; i < RACES; i++) {
                Receiver<String> closing = new Receiver<>();
                Sender<String> sender = closing.sender();
                closing.receive(callback);

                closeBoth(race, i, closing, sender);

                callback.expectClosed();
                assertThat(sender.isOpen()).isFalse();
            }
        }
    }

    @Test
    @Tag("race")
    void close_whileTheSenderClosesAndNobodyWaits_leavesTheChannelClosed() throws Exception {
        try (Race race = new Race()) {
            for (int i = 0; i < RACES; i++) {
                Receiver<String> closing = new Receiver<>();
                Sender<String> sender = closing.sender();

                closeBoth(race, i, closing, sender);

                assertThat(sender.isOpen()).isFalse();
                closing.receive(callback);
                callback.expectClosed();
            }
        }
    }

    /** Closes both at once, but in one of four rounds the receiver first, and in another the sender. */
    private static void closeBoth(Race race, int round, Receiver<String> receiver, Sender<String> sender)
            throws Exception {
        switch (round % 4) {
            case 0 -> {
                receiver.close();
                sender.close();
            }
            case 1 -> {
                sender.close();
                receiver.close();
            }
            default -> race.together(receiver::close, sender::close);
        }
    }

    @Test
    void send_callbackThrows_reachesTheSendingThreadAndTheChannelGoesOn() {
        Sender<String> sender = receiver.sender();
        receiver.receive(new Throwing());

        assertThatThrownBy(() -> sender.send("a")).isSameAs(Throwing.THROWN);

        expectNextRoundWorks();
    }

    @Test
    void senderClose_callbackThrows_reachesTheClosingThreadAndTheChannelGoesOn() {
        Sender<String> sender = receiver.sender();
        receiver.receive(new Throwing());

        assertThatThrownBy(sender::close).isSameAs(Throwing.THROWN);

        expectNextRoundWorks();
    }

    @Test
    void receive_callbackThrows_reachesTheReceivingThreadAndTheChannelGoesOn() {
        receiver.sender().send("a");

        assertThatThrownBy(() -> receiver.receive(new Throwing())).isSameAs(Throwing.THROWN);

        expectNextRoundWorks();
    }

    private void change(RecordingCallback<String> from, RecordingCallback<String> to) {
        assertThat(from.cancel()).isTrue();
        receiver.receive(to);
    }

    private void expectNextRoundWorks() {
        receiver.receive(callback);
        callback.expectClosed();
        Sender<String> next = receiver.sender();
        receiver.receive(callback);
        assertThat(next.send("next")).isTrue();
        callback.expectValue("next");
    }

    private static final class Throwing extends Callback<String> {
        static final RuntimeException THROWN = new RuntimeException("thrown by the callback");

        @Override
        protected void onValue(String value) {
            throw THROWN;
        }

        @Override
        protected void onClosed() {
            throw THROWN;
        }

        @Override
        protected void onFailure(Throwable cause) {
            throw THROWN;
        }
    }
}
