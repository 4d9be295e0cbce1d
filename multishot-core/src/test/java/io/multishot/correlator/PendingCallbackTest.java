package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.multishot.OutcomeHandler;
import io.multishot.Receiver;
import io.multishot.RecordingCallback;
import io.multishot.Sender;
import io.multishot.testkit.Nothing;
import org.junit.jupiter.api.Test;

/** The receive of a request by callback: told once, cancelled without loss, revoked for good, used again. */
class PendingCallbackTest {
    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(() -> 0).sweepByCaller().build();
    private final RecordingCallback<String> callback = new RecordingCallback<>();
    private final RecordingCallback<String> other = new RecordingCallback<>();
    private final Pending<String> pending = correlator.open();

    @Test
    void receive_answered_isToldAtOnceAndOnce() {
        correlator.complete(pending.ticket(), "a");

        pending.receive(callback);

        callback.expectValue("a");
        expectReceived();
    }

    @Test
    void receive_cancelled_isClosedEachTime() {
        pending.cancel();

        pending.receive(callback);
        callback.expectClosed();
        pending.receive(callback);
        callback.expectClosed();
    }

    @Test
    void receive_anotherWaits_isRefusedAndDisturbsNothing() {
        pending.receive(callback);

        assertThatIllegalStateException()
                .isThrownBy(() -> pending.receive(other))
                .withMessageContaining("another receive waits");
        assertThatIllegalStateException().isThrownBy(pending::receiveAsync);

        correlator.complete(pending.ticket(), "a");
        callback.expectValue("a");
        other.expectNothing();
    }

    @Test
    void receive_null_throwsAndTheRequestGoesOn() {
        OutcomeHandler<String> none = Nothing.asA();

        assertThatNullPointerException().isThrownBy(() -> pending.receive(none));

        assertThat(pending.tryReceive()).isNull();
    }

    @Test
    void receive_waitsElsewhere_isRefusedAndGoesOnWaitingThere() {
        Receiver<String> receiver = new Receiver<>();
        Sender<String> sender = receiver.sender(callback);

        assertThatIllegalStateException()
                .isThrownBy(() -> pending.receive(callback))
                .withMessageContaining("still waits at Receiver[open, a receive waits]");

        assertThat(pending.tryReceive()).isNull();
        sender.send("a");
        callback.expectValue("a");
    }

    @Test
    void callbackCancelAndRevoke_toldOrNeverRegistered_areFalse() {
        assertThat(callback.cancel()).isFalse();
        assertThat(callback.revoke()).isFalse();
        pending.receive(callback);
        correlator.complete(pending.ticket(), "a");
        callback.reset();
        Pending<String> next = correlator.open();

        assertThat(callback.cancel()).isFalse();
        assertThat(callback.revoke()).isFalse();

        assertThat(next.tryReceive()).isNull();
        assertThat(correlator.inFlight()).isEqualTo(1);
    }

    @Test
    void callback_usedForManyRequests_isToldOfEach() {
        pending.cancel();
        for (int i = 0; i < 100; i++) {
            String value = "value " + i;
            Pending<String> request;
            if (i % 2 == 0) {
                request = correlator.open(null, callback);
            } else {
                request = correlator.open();
                request.receive(callback);
            }
            assertThat(correlator.complete(request.ticket(), value)).isEqualTo(ReplyResult.DELIVERED);
            callback.expectValue(value);
        }
    }

    @Test
    void callback_movedBetweenReceiverAndRequest_isToldByEach() {
        Receiver<String> receiver = new Receiver<>();
        for (int i = 0; i < 10; i++) {
            Sender<String> sender = receiver.sender(callback);
            assertThat(callback.cancel()).isTrue();
            Pending<String> request = i == 0 ? pending : correlator.open();
            request.receive(callback);

            sender.send("to the receiver");
            callback.expectNothing();
            correlator.complete(request.ticket(), "to the request");
            callback.expectValue("to the request");

            receiver.receive(callback);
            callback.expectValue("to the receiver");
        }
    }

    private void expectReceived() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pending.receive(other))
                .withMessageContaining("was received already");
        assertThatIllegalStateException().isThrownBy(pending::receiveAsync);
        assertThatIllegalStateException().isThrownBy(pending::tryReceive);
        other.expectNothing();
        callback.expectNothing();
    }
}
