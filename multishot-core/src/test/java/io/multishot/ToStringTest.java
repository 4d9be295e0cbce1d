package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What people read in a log or a debugger, in every state. */
class ToStringTest {
    private final Receiver<Object> receiver = new Receiver<>();

    @Test
    void toString_noRoundYet_saysSo() {
        assertThat(receiver).hasToString("Receiver[no round yet]");
    }

    @Test
    void toString_open_saysSo() {
        Sender<Object> sender = receiver.sender();

        expect(sender, "open");
    }

    @Test
    void toString_receiveWaits_saysSo() {
        Sender<Object> sender = receiver.sender();
        receiver.receive(new RecordingCallback<>());

        expect(sender, "open, a receive waits");
    }

    @Test
    void toString_valueUnread_doesNotShowTheValue() {
        Sender<Object> sender = receiver.sender();
        sender.send("secret");

        expect(sender, "value, not yet received");
    }

    @Test
    void toString_boxedValueUnread_readsAsAnyOtherValue() {
        Sender<Object> sender = receiver.sender();
        sender.send(receiver);

        expect(sender, "value, not yet received");
    }

    @Test
    void toString_failureUnread_saysSo() {
        Sender<Object> sender = receiver.sender();
        sender.fail(new RuntimeException("secret"));

        expect(sender, "failure, not yet received");
    }

    @Test
    void toString_closedUnread_saysSo() {
        Sender<Object> sender = receiver.sender();
        sender.close();

        expect(sender, "closed, not yet received");
    }

    @Test
    void toString_outcomeTaken_saysOver() {
        Sender<Object> sender = receiver.sender();
        sender.send("a");
        receiver.tryReceive();

        expect(sender, "over");
    }

    @Test
    void toString_revoked_saysSo() {
        Sender<Object> sender = receiver.sender();
        receiver.revoke();

        expect(sender, "revoked");
    }

    @Test
    void toString_receiverClosed_saysClosedAndSenderRevoked() {
        Sender<Object> sender = receiver.sender();
        receiver.close();

        assertThat(receiver).hasToString("Receiver[closed]");
        assertThat(sender).hasToString("Sender[revoked]");
    }

    private void expect(Sender<Object> sender, String state) {
        assertThat(sender).hasToString("Sender[" + state + "]");
        assertThat(receiver).hasToString("Receiver[" + state + "]");
    }
}
