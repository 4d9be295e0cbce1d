package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.testkit.Race;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A smoke test on real threads, of a few pairs. The tck module proves all of them, by exploration and by jcstress.
 *
 * <p>Of every four rounds two are no race: in one the first action precedes the second, in one it follows. So each
 * outcome is certain to occur, on one processor as well.
 */
class RaceTest {
    private static final int ROUNDS = 5_000;
    private static final int ROUNDS_IN_EACH_ORDER = ROUNDS / 4;

    private final Race race = new Race();
    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();

    @AfterEach
    void stopThreads() {
        race.close();
    }

    @Test
    void send_racesWithCancel_valueIsDeliveredOrLeftOver() throws Exception {
        int delivered = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            AtomicBoolean cancelled = new AtomicBoolean();

            race(i, () -> send(sender), () -> cancelled.set(callback.cancel()));

            if (cancelled.get()) {
                callback.expectNothing();
                assertThat(receiver.tryReceive()).isEqualTo("a");
            } else {
                callback.expectValue("a");
                delivered++;
            }
        }
        assertThat(delivered).isBetween(ROUNDS_IN_EACH_ORDER, ROUNDS - ROUNDS_IN_EACH_ORDER);
    }

    @Test
    void senderClose_racesWithReceiverClose_waiterIsCalledOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Receiver<String> closing = new Receiver<>();
            Sender<String> sender = closing.sender();
            closing.receive(callback);

            race(i, sender::close, closing::close);

            callback.expectClosed();
            assertThat(sender.isOpen()).isFalse();
        }
    }

    @Test
    void send_racesWithReceive_valueIsDeliveredOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();

            race(i, () -> send(sender), () -> receiver.receive(callback));

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

    /** Runs both at once, but in one of four rounds the one before the other, and in one after it. */
    private void race(int round, Race.Action one, Race.Action other) throws Exception {
        switch (round % 4) {
            case 0 -> {
                race.together(one);
                race.together(other);
            }
            case 1 -> {
                race.together(other);
                race.together(one);
            }
            default -> race.together(one, other);
        }
    }

    private static void send(Sender<String> sender) {
        assertThat(sender.send("a")).isTrue();
    }
}
