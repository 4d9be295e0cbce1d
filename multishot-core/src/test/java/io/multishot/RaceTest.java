package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A smoke of real threads with exact book-keeping. The proof is in the tck module: jcstress, all interleavings. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RaceTest {
    private static final int ROUNDS = 5_000;

    private final Race race = new Race();
    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger leftOver = new AtomicInteger();

    @AfterEach
    void stopThreads() {
        race.close();
    }

    @Test
    void send_racesWithCancel_valueIsDeliveredOrLeftOver() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            AtomicBoolean cancelled = new AtomicBoolean();

            race.together(() -> assertThat(sender.send("a")).isTrue(), () -> cancelled.set(callback.cancel()));

            if (cancelled.get()) {
                callback.expectNothing();
                assertThat(receiver.tryReceive()).isEqualTo("a");
                leftOver.incrementAndGet();
            } else {
                callback.expectValue("a");
                delivered.incrementAndGet();
            }
            assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
        }
        assertThat(delivered.get() + leftOver.get()).isEqualTo(ROUNDS);
    }

    @Test
    void send_racesWithRevokeOfTheCallback_valueIsDeliveredOrRefused() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            AtomicBoolean sent = new AtomicBoolean();
            AtomicBoolean revoked = new AtomicBoolean();

            race.together(() -> sent.set(sender.send("a")), () -> revoked.set(callback.revoke()));

            assertThat(sent.get()).isNotEqualTo(revoked.get());
            if (sent.get()) {
                callback.expectValue("a");
            } else {
                callback.expectNothing();
            }
            count(sent.get());
        }
        expectAllCounted();
    }

    @Test
    void send_racesWithRevokeOfTheReceiver_waiterIsCalledOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            AtomicBoolean sent = new AtomicBoolean();
            AtomicBoolean revoked = new AtomicBoolean();

            race.together(() -> sent.set(sender.send("a")), () -> revoked.set(receiver.revoke()));

            assertThat(sent.get()).isNotEqualTo(revoked.get());
            expectDelivered(sent.get());
            count(sent.get());
        }
        expectAllCounted();
    }

    @Test
    void send_racesWithRevokeAndNobodyWaits_valueIsStoredOrRefused() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            AtomicBoolean sent = new AtomicBoolean();
            AtomicBoolean revoked = new AtomicBoolean();

            race.together(() -> sent.set(sender.send("a")), () -> revoked.set(receiver.revoke()));

            assertThat(sent.get()).isNotEqualTo(revoked.get());
            receiver.receive(callback);
            expectDelivered(sent.get());
            count(sent.get());
        }
        expectAllCounted();
    }

    @Test
    void send_racesWithReceiverClose_waiterIsCalledOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Receiver<String> closing = new Receiver<>();
            Sender<String> sender = closing.sender();
            closing.receive(callback);
            AtomicBoolean sent = new AtomicBoolean();

            race.together(() -> sent.set(sender.send("a")), closing::close);

            expectDelivered(sent.get());
            assertThat(sender.send("late")).isFalse();
            count(sent.get());
        }
        expectAllCounted();
    }

    @Test
    void send_racesWithReceive_valueIsDeliveredOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();

            race.together(() -> assertThat(sender.send("a")).isTrue(), () -> receiver.receive(callback));

            callback.expectValue("a");
        }
    }

    @Test
    void send_racesWithChangeOfCallback_onlyOneIsCalled() throws Exception {
        RecordingCallback<String> second = new RecordingCallback<>();
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            AtomicBoolean cancelled = new AtomicBoolean();

            race.together(() -> assertThat(sender.send("a")).isTrue(), () -> {
                cancelled.set(callback.cancel());
                if (cancelled.get()) {
                    receiver.receive(second);
                }
            });

            (cancelled.get() ? second : callback).expectValue("a");
            (cancelled.get() ? callback : second).expectNothing();
        }
    }

    @Test
    void senders_manyOnOneRound_exactlyOneWins() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            boolean waiterFirst = i % 2 == 0;
            if (waiterFirst) {
                receiver.receive(callback);
            }
            AtomicInteger won = new AtomicInteger();
            Race.Action send = () -> {
                if (sender.send("a")) {
                    won.incrementAndGet();
                }
            };

            race.together(send, send, send, send);

            assertThat(won).hasValue(1);
            if (!waiterFirst) {
                receiver.receive(callback);
            }
            callback.expectValue("a");
        }
    }

    @Test
    void staleSenders_hammeringWhileRoundsGoOn_touchNone() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Sender<String> first = receiver.sender();
        first.send("first");
        receiver.tryReceive();
        AtomicInteger hammered = new AtomicInteger();

        race.together(
                () -> {
                    Race.spinUntil(() -> hammered.get() > 0);
                    for (int i = 0; i < 10 * ROUNDS; i++) {
                        Sender<String> fresh = receiver.sender();
                        receiver.receive(callback);
                        assertThat(fresh.send("a")).isTrue();
                        callback.expectValue("a");
                    }
                    over.set(true);
                },
                () -> {
                    while (!over.get()) {
                        assertThat(first.send("late")).isFalse();
                        assertThat(first.fail(new RuntimeException("late"))).isFalse();
                        first.close();
                        hammered.incrementAndGet();
                    }
                });

        assertThat(hammered.get()).isPositive();
    }

    private void expectDelivered(boolean sent) {
        if (sent) {
            callback.expectValue("a");
        } else {
            callback.expectClosed();
        }
    }

    private void count(boolean sent) {
        (sent ? delivered : refused).incrementAndGet();
    }

    private void expectAllCounted() {
        assertThat(delivered.get() + refused.get()).isEqualTo(ROUNDS);
    }
}
