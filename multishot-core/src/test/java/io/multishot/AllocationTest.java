package io.multishot;

import static io.multishot.testkit.AllocationMeter.bytesPerRound;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts the bytes that a round allocates on its thread: exact counts, no timings. */
class AllocationTest {
    private static final String VALUE = "value";
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final Receiver<String> receiver = new Receiver<>();
    private final Callback<String> callback = new Reaction<>(outcome -> {});
    private final Callback<String> otherCallback = new Reaction<>(outcome -> {});

    /** The last sender of each receiver, so that every one of them escapes. */
    private Sender<String> sender = receiver.sender();

    @BeforeEach
    void spendTheSender() {
        sender.close();
    }

    @Test
    void recycledRound_receiverWaitsFirst_allocatesNothing() {
        expectBytes(0, () -> {
            receiver.recycle(sender);
            receiver.receive(callback);
            sender.send(VALUE);
        });
    }

    @Test
    void recycledRound_withItsCallback_allocatesNothing() {
        expectBytes(0, () -> {
            receiver.recycle(sender, callback);
            sender.send(VALUE);
        });
    }

    @Test
    void recycledRound_valueFirst_allocatesNothing() {
        expectBytes(0, () -> {
            receiver.recycle(sender);
            sender.send(VALUE);
            receiver.tryReceive();
        });
    }

    @Test
    void recycledRound_valueFirstByCallback_allocatesNothing() {
        expectBytes(0, () -> {
            receiver.recycle(sender);
            sender.send(VALUE);
            receiver.receive(callback);
        });
    }

    @Test
    void recycledRound_closed_allocatesNothing() {
        expectBytes(0, () -> {
            receiver.recycle(sender);
            receiver.receive(callback);
            sender.close();
        });
    }

    @Test
    void recycledRound_failed_allocatesTheFailureOfSixteenBytes() {
        expectBytes(16, () -> {
            receiver.recycle(sender);
            sender.fail(CAUSE);
            receiver.receive(callback);
        });
    }

    @Test
    void recycledRound_revoked_allocatesNothing() {
        expectBytes(0, () -> {
            receiver.recycle(sender);
            receiver.receive(callback);
            callback.revoke();
            receiver.recycle(sender);
            receiver.revoke();
        });
    }

    @Test
    void freshRound_receiverWaitsFirst_allocatesTheSenderOfSixteenBytes() {
        expectBytes(16, () -> {
            sender = receiver.sender();
            receiver.receive(callback);
            sender.send(VALUE);
        });
    }

    @Test
    void freshRound_valueFirst_allocatesTheSenderOfSixteenBytes() {
        expectBytes(16, () -> {
            sender = receiver.sender();
            sender.send(VALUE);
            receiver.tryReceive();
        });
    }

    @Test
    void openedWithACallback_allocatesTheSenderOfSixteenBytes() {
        expectBytes(16, () -> {
            sender = receiver.sender(callback);
            sender.send(VALUE);
        });
    }

    @Test
    void blockingReceive_valueThere_allocatesNothing() {
        expectBytes(0, () -> {
            receiver.recycle(sender);
            sender.send(VALUE);
            try {
                receiver.receive();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void hookOfTheSendingSide_registered_allocatesTwentyFourBytes() {
        Runnable hook = () -> {};

        expectBytes(24, () -> {
            receiver.recycle(sender);
            receiver.receive(callback);
            sender.onAbandoned(hook);
            sender.send(VALUE);
        });
    }

    @Test
    void callbackInARoundWithAHook_allocatesTwentyFourBytesMore() {
        Runnable hook = () -> {};

        expectBytes(48, () -> {
            receiver.recycle(sender);
            sender.onAbandoned(hook);
            receiver.receive(callback);
            sender.send(VALUE);
        });
    }

    @Test
    void senderObject_alone_hasSixteenBytes() {
        expectBytes(16, () -> sender = new Sender<>(receiver));
    }

    @Test
    void changeOfCallback_cancelAndReceive_allocatesNothing() {
        receiver.recycle(sender, callback);

        expectBytes(0, () -> {
            callback.cancel();
            receiver.receive(otherCallback);
            otherCallback.cancel();
            receiver.receive(callback);
        });
    }

    @Test
    void refusedEnding_roundOver_allocatesNothing() {
        expectBytes(0, () -> {
            sender.send(VALUE);
            sender.fail(CAUSE);
            sender.close();
        });
    }

    @Test
    void tryReceive_roundOpen_allocatesNothing() {
        receiver.recycle(sender);

        expectBytes(0, receiver::tryReceive);
    }

    private static void expectBytes(int bytes, Runnable round) {
        assertThat(bytesPerRound(round)).isEqualTo(bytes);
    }
}
