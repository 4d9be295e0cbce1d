package io.multishot;

import static io.multishot.testkit.AllocationMeter.bytesPerRound;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a round allocates on its thread: exact counts of bytes, no timings. */
class AllocationTest {
    private static final String VALUE = "value";
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final Receiver<String> receiver = new Receiver<>();
    private final Blank callback = new Blank();
    private final Blank otherCallback = new Blank();

    /** The last sender of each receiver, so that every one of them escapes. */
    private Sender<String> sender = receiver.sender();

    @Test
    void recycledRound_receiverWaitsFirst_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    receiver.receive(callback);
                    sender.send(VALUE);
                }))
                .isZero();
    }

    @Test
    void recycledRound_withItsCallback_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender, callback);
                    sender.send(VALUE);
                }))
                .isZero();
    }

    @Test
    void recycledRound_valueFirst_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    sender.send(VALUE);
                    receiver.tryReceive();
                }))
                .isZero();
    }

    @Test
    void recycledRound_valueFirstByCallback_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    sender.send(VALUE);
                    receiver.receive(callback);
                }))
                .isZero();
    }

    @Test
    void recycledRound_closed_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    receiver.receive(callback);
                    sender.close();
                }))
                .isZero();
    }

    @Test
    void recycledRound_failed_allocatesTheFailureOfSixteenBytes() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    sender.fail(CAUSE);
                    receiver.receive(callback);
                }))
                .isEqualTo(16);
    }

    @Test
    void recycledRound_revoked_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    receiver.receive(callback);
                    callback.revoke();
                    receiver.recycle(sender);
                    receiver.revoke();
                }))
                .isZero();
    }

    @Test
    void freshRound_receiverWaitsFirst_allocatesTheSenderOfSixteenBytes() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    sender = receiver.sender();
                    receiver.receive(callback);
                    sender.send(VALUE);
                }))
                .isEqualTo(16);
    }

    @Test
    void freshRound_valueFirst_allocatesTheSenderOfSixteenBytes() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    sender = receiver.sender();
                    sender.send(VALUE);
                    receiver.tryReceive();
                }))
                .isEqualTo(16);
    }

    @Test
    void openedWithACallback_allocatesTheSenderOfSixteenBytes() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    sender = receiver.sender(callback);
                    sender.send(VALUE);
                }))
                .isEqualTo(16);
    }

    @Test
    void blockingReceive_valueThere_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    sender.send(VALUE);
                    try {
                        receiver.receive();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }))
                .isZero();
    }

    @Test
    void hookOfTheSendingSide_registered_allocatesTwentyFourBytes() {
        sender.close();
        Runnable hook = () -> {};

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    receiver.receive(callback);
                    sender.onAbandoned(hook);
                    sender.send(VALUE);
                }))
                .isEqualTo(24);
    }

    @Test
    void callbackInARoundWithAHook_allocatesTwentyFourBytesMore() {
        sender.close();
        Runnable hook = () -> {};

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    sender.onAbandoned(hook);
                    receiver.receive(callback);
                    sender.send(VALUE);
                }))
                .isEqualTo(48);
    }

    @Test
    void senderObject_alone_hasSixteenBytes() {
        assertThat(bytesPerRound(() -> sender = new Sender<>(receiver))).isEqualTo(16);
    }

    @Test
    void changeOfCallback_cancelAndReceive_allocatesNothing() {
        receiver.receive(callback);

        assertThat(bytesPerRound(() -> {
                    callback.cancel();
                    receiver.receive(otherCallback);
                    otherCallback.cancel();
                    receiver.receive(callback);
                }))
                .isZero();
    }

    @Test
    void refusedSend_roundOver_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    sender.send(VALUE);
                    sender.close();
                }))
                .isZero();
    }

    @Test
    void refusedFail_roundOver_allocatesNothing() {
        sender.close();

        assertThat(bytesPerRound(() -> sender.fail(CAUSE))).isZero();
    }

    @Test
    void tryReceive_roundOpen_allocatesNothing() {
        assertThat(bytesPerRound(receiver::tryReceive)).isZero();
    }

    /** Allocates nothing itself. */
    private static final class Blank extends Callback<String> {
        @Override
        protected void onValue(String value) {}

        @Override
        protected void onClosed() {}

        @Override
        protected void onFailure(Throwable cause) {}
    }
}
