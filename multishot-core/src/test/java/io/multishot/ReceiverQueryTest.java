package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests what a receiver tells about itself. */
class ReceiverQueryTest {
    private final Receiver<String> receiver = new Receiver<>();

    @Test
    void isClosed_tellsWhetherTheReceiverWasClosed() {
        assertThat(receiver.isClosed()).isFalse();
        receiver.sender().close();
        assertThat(receiver.isClosed()).isFalse();
        receiver.close();
        assertThat(receiver.isClosed()).isTrue();
    }

    @Test
    void hasLiveSender_fromTheOpeningToTheEndOfTheRound() {
        assertThat(receiver.hasLiveSender()).isFalse();
        Sender<String> sender = receiver.sender();
        assertThat(receiver.hasLiveSender()).isTrue();
        receiver.receive(new RecordingCallback<>());
        assertThat(receiver.hasLiveSender()).isTrue();
        sender.send("value");
        assertThat(receiver.hasLiveSender()).isFalse();
    }

    @Test
    void hasLiveSender_revokedOrClosed_isFalse() {
        receiver.sender();
        receiver.revoke();
        assertThat(receiver.hasLiveSender()).isFalse();
        receiver.sender();
        receiver.close();
        assertThat(receiver.hasLiveSender()).isFalse();
    }

    @Test
    void hasOutcome_fromTheEndOfTheRoundToItsReceive() {
        assertThat(receiver.hasOutcome()).isFalse();
        Sender<String> sender = receiver.sender();
        assertThat(receiver.hasOutcome()).isFalse();
        sender.close();
        assertThat(receiver.hasOutcome()).isTrue();
        receiver.receive(new RecordingCallback<>());
        assertThat(receiver.hasOutcome()).isFalse();
    }

    @Test
    void hasOutcome_revokedOrClosed_isFalse() {
        receiver.sender();
        receiver.revoke();
        assertThat(receiver.hasOutcome()).isFalse();
        receiver.sender().send("value");
        receiver.close();
        assertThat(receiver.hasOutcome()).isFalse();
    }
}
