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
 * <p>The sender, the receiving side and the callback each keep books of their own. Of every four rounds two are no
 * race: in one the first action precedes the second, in one it follows. So each of the outcomes is certain to occur, on
 * one processor as well.
 */
class RaceTest {
    private static final int ROUNDS = 5_000;
    private static final int ROUNDS_IN_EACH_ORDER = ROUNDS / 4;

    private final Race race = new Race();
    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();

    /** Sends that were accepted, by what {@code send} returned. */
    private final AtomicInteger sent = new AtomicInteger();

    /** Cancels and revokes that ended the wait or the round, by what they returned. */
    private final AtomicInteger stopped = new AtomicInteger();

    @AfterEach
    void stopThreads() {
        race.close();
    }

    @Test
    void send_racesWithCancel_valueIsDeliveredOrLeftOver() throws Exception {
        Books books = new Books();
        int leftOver = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            receiver.receive(books);
            int delivered = books.values();

            race(i, () -> send(sender), () -> count(books.cancel()));

            boolean left = isValueLeft();
            assertThat(books.values() - delivered).isEqualTo(left ? 0 : 1);
            leftOver += left ? 1 : 0;
            assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
        }
        assertThat(sent).hasValue(ROUNDS);
        assertThat(stopped).hasValue(leftOver);
        assertThat(books.values() + leftOver).isEqualTo(ROUNDS);
        assertThat(books.closed()).isZero();
        assertThat(books.values()).isGreaterThanOrEqualTo(ROUNDS_IN_EACH_ORDER);
        assertThat(leftOver).isGreaterThanOrEqualTo(ROUNDS_IN_EACH_ORDER);
    }

    private boolean isValueLeft() {
        try {
            return receiver.tryReceive() != null;
        } catch (SenderClosedException received) {
            return false;
        }
    }

    @Test
    void send_racesWithRevokeOfTheReceiver_waiterIsCalledOnce() throws Exception {
        Books books = new Books();
        for (int i = 0; i < ROUNDS; i++) {
            Sender<String> sender = receiver.sender();
            receiver.receive(books);

            race(i, () -> send(sender), () -> count(receiver.revoke()));

            books.expectBalance(i + 1, stopped.get());
        }
        expectBothWon(books);
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
        assertThat(sent).hasValue(ROUNDS);
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

    private void send(Sender<String> sender) {
        if (sender.send("a")) {
            sent.incrementAndGet();
        }
    }

    private boolean count(boolean hasStopped) {
        if (hasStopped) {
            stopped.incrementAndGet();
        }
        return hasStopped;
    }

    private void expectBothWon(Books books) {
        assertThat(sent.get() + stopped.get()).isEqualTo(ROUNDS);
        assertThat(books.values()).isEqualTo(sent.get());
        assertThat(sent).hasValueGreaterThanOrEqualTo(ROUNDS_IN_EACH_ORDER);
        assertThat(stopped).hasValueGreaterThanOrEqualTo(ROUNDS_IN_EACH_ORDER);
    }

    /** Counts the calls of all rounds. */
    private final class Books extends Callback<String> {
        private final AtomicInteger values = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        protected void onValue(String value) {
            assertThat(value).isEqualTo("a");
            values.incrementAndGet();
        }

        @Override
        protected void onClosed() {
            closed.incrementAndGet();
        }

        @Override
        protected void onFailure(Throwable cause) {
            throw new AssertionError("failed by nobody", cause);
        }

        int values() {
            return values.get();
        }

        int closed() {
            return closed.get();
        }

        /** As many values as were accepted, and no more ends than there were rounds. */
        void expectBalance(int rounds, int ends) {
            assertThat(values).hasValue(sent.get());
            assertThat(closed).hasValue(ends);
            assertThat(sent.get() + stopped.get()).isEqualTo(rounds);
        }
    }
}
