package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the text for a log or a debugger, in every state. */
class ToStringTest {
    private final Receiver<Object> receiver = new Receiver<>();

    @Test
    void toString_noRoundYet_saysSo() {
        assertThat(receiver).hasToString("Receiver[no round yet]");
    }

    @ParameterizedTest
    @EnumSource
    void toString_everyState_saysSoWithoutTheValue(RoundState state) {
        expect(state.enter(receiver, new RecordingCallback<>()), state.text);
    }

    @Test
    void toString_boxedValueUnread_readsAsAnyOtherValue() {
        Sender<Object> sender = receiver.sender();
        sender.send(receiver);

        expect(sender, "value, not yet received");
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
