package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Nothing;
import org.junit.jupiter.api.Test;

/** {@code sender(callback)}: a round that is opened with its callback waiting. */
class SenderWithCallbackTest {
    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();
    private final RecordingCallback<String> second = new RecordingCallback<>();

    @Test
    void sender_opened_callbackWaitsAlready() {
        Sender<String> sender = receiver.sender(callback);

        assertThat(sender.isOpen()).isTrue();
        assertThatThrownBy(() -> receiver.receive(second)).isInstanceOf(IllegalStateException.class);
        assertThat(sender.send("a")).isTrue();
        callback.expectValue("a");
        second.expectNothing();
    }

    @Test
    void sender_callbackCancelled_leavesTheRoundOpen() {
        Sender<String> sender = receiver.sender(callback);

        assertThat(callback.cancel()).isTrue();

        sender.send("a");
        callback.expectNothing();
        assertThat(receiver.tryReceive()).isEqualTo("a");
    }

    @Test
    void sender_lastOneStillLive_throwsAndDisturbsNothing() {
        Sender<String> live = receiver.sender(callback);

        assertThatThrownBy(() -> receiver.sender(second)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> receiver.sender(callback)).isInstanceOf(IllegalStateException.class);

        assertThat(live.send("a")).isTrue();
        callback.expectValue("a");
        second.expectNothing();
    }

    @Test
    void sender_callbackStillWaitsElsewhere_throwsAndOpensNoRound() {
        Receiver<String> other = new Receiver<>();
        Sender<String> otherSender = other.sender(callback);

        assertThatThrownBy(() -> receiver.sender(callback)).isInstanceOf(IllegalStateException.class);

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
        otherSender.send("a");
        callback.expectValue("a");
    }

    @Test
    void sender_receiverClosed_throwsAndDoesNotCall() {
        receiver.close();

        assertThatThrownBy(() -> receiver.sender(callback)).isInstanceOf(IllegalStateException.class);

        callback.expectNothing();
    }

    @Test
    void sender_nullCallback_throwsAndOpensNoRound() {
        assertThatThrownBy(() -> receiver.sender(Nothing.asA())).isInstanceOf(NullPointerException.class);

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
    }
}
