package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Task;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocking receive: parked, woken, timed out, interrupted; never a lost value. */
class BlockingReceiveTest {
    private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

    /** The forms of a receive that may park. */
    enum Form {
        WITHOUT_TIMEOUT,
        WITH_TIMEOUT;

        String receive(Receiver<String> receiver) throws Exception {
            return this == WITH_TIMEOUT ? receiver.receive(LONG) : receiver.receive();
        }
    }

    private final Receiver<String> receiver = new Receiver<>();
    private final Sender<String> sender = receiver.sender();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource
    void receive_parked_isWokenByEveryEnding(RoundEnding ending) throws Exception {
        for (Form form : Form.values()) {
            receiver.revoke();
            Sender<String> next = receiver.sender();
            Task<String> receive = Task.start(() -> form.receive(receiver)).awaitParkedAt(receiver);

            ending.end(receiver, next);

            ending.expectedBy(receive::resultOrThrow);
            assertThat(next.send("late")).isFalse();
        }
    }

    @Test
    void receive_parked_isWokenByReceiverClose() {
        Task<String> receive = Task.start(receiver::receive).awaitParkedAt(receiver);

        receiver.close();

        assertThat(receive.thrown()).isInstanceOf(SenderClosedException.class);
        assertThat(sender.send("late")).isFalse();
    }

    @Test
    void receive_timeoutElapses_leavesTheRoundOpen() {
        assertThatThrownBy(() -> receiver.receive(Duration.ofMillis(5))).isInstanceOf(TimeoutException.class);

        expectRoundOpenAndNothingLost();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void receive_timeoutZeroOrLess_doesNotWait(long seconds) {
        assertThatThrownBy(() -> receiver.receive(Duration.ofSeconds(seconds))).isInstanceOf(TimeoutException.class);

        expectRoundOpenAndNothingLost();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void receive_interruptedBeforeWithTimeoutZeroOrLess_timesOutAndKeepsTheInterrupt(long seconds) {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> receiver.receive(Duration.ofSeconds(seconds))).isInstanceOf(TimeoutException.class);

        assertThat(Thread.interrupted()).isTrue();
        expectRoundOpenAndNothingLost();
    }

    /** The first look of a receive found nothing, then the outcome came, then the wait begins. */
    @Test
    void receive_outcomeComesBeforeTheWait_isReturned() throws Exception {
        sender.send("a");

        assertThat(new BlockingReceive<String>().await(receiver)).isEqualTo("a");

        receiver.sender().send("b");
        assertThat(new BlockingReceive<String>().await(receiver, LONG)).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void receive_outcomeThere_isReturnedWhateverTheTimeout(long seconds) throws Exception {
        sender.send("a");

        assertThat(receiver.receive(Duration.ofSeconds(seconds))).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void receive_interruptedBefore_throwsAndLeavesTheRoundOpen(Form form) {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> form.receive(receiver)).isInstanceOf(InterruptedException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        expectRoundOpenAndNothingLost();
    }

    @ParameterizedTest
    @EnumSource
    void receive_interruptedWhileParked_throwsAndLeavesTheRoundOpen(Form form) {
        Task<String> receive = Task.start(() -> form.receive(receiver)).awaitParkedAt(receiver);

        receive.interrupt();

        assertThat(receive.thrown()).isInstanceOf(InterruptedException.class);
        expectRoundOpenAndNothingLost();
    }

    @Test
    void receive_outcomeThereAndInterrupted_returnsItAndKeepsTheInterrupt() throws Exception {
        sender.send("a");
        Thread.currentThread().interrupt();
        assertThat(receiver.receive()).isEqualTo("a");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        receiver.sender().send("b");
        assertThat(receiver.receive(LONG)).isEqualTo("b");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void receive_wokenWithoutOutcome_goesOnWaiting() throws Exception {
        Thread[] parked = new Thread[1];
        Task<String> receive = Task.start(() -> {
            parked[0] = Thread.currentThread();
            return receiver.receive();
        });
        for (int i = 0; i < 100; i++) {
            receive.awaitParkedAt(receiver);
            LockSupport.unpark(parked[0]);
        }

        sender.send("a");

        assertThat(receive.result()).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void receive_interruptedWhenTheOutcomeIsOnItsWay_returnsItAndKeepsTheInterrupt(Form form) throws Exception {
        Task<String> receive =
                Task.start(() -> form.receive(receiver) + interruptedOrNot()).awaitParkedAt(receiver);
        OutcomeHandler<String> waiter = takeOutAsASendDoes();

        receive.interrupt();
        receive.awaitInterruptUsedUp();
        waiter.onValue("a");

        assertThat(receive.result()).isEqualTo("a, interrupted");
    }

    /** The timeout may elapse before the send begins: repeated until the send was first. */
    @Test
    void receive_timeoutElapsesWhenTheOutcomeIsOnItsWay_returnsIt() throws Exception {
        while (true) {
            Task<String> receive = Task.start(() -> receiver.receive(Duration.ofMillis(50)) + interruptedOrNot());
            OutcomeHandler<String> waiter = awaitWaiterOrEnd(receive);
            if (waiter != null && sender.compareAndExchangeState(waiter, Outcome.TAKEN) == waiter) {
                receive.awaitParkedForGood();
                waiter.onValue("a");
                assertThat(receive.result()).isEqualTo("a, not interrupted");
                return;
            }
            assertThat(receive.thrown()).isInstanceOf(TimeoutException.class);
        }
    }

    private void expectRoundOpenAndNothingLost() {
        assertThat(sender.isOpen()).isTrue();
        assertThat(receiver.tryReceive()).isNull();
        assertThat(sender.send("a")).isTrue();
        assertThat(receiver.tryReceive()).isEqualTo("a");
    }

    @SuppressWarnings("unchecked") // it is the waiter of a receive of this receiver
    private @Nullable OutcomeHandler<String> awaitWaiterOrEnd(Task<?> receive) {
        while (!receive.isDone()) {
            if (sender.stateAcquire() instanceof OutcomeHandler<?> waiter) {
                return (OutcomeHandler<String>) waiter;
            }
            Thread.yield();
        }
        return null;
    }

    /** The first half of a send that finds a waiter; the second half is to call it. */
    @SuppressWarnings("unchecked") // it is the waiter of a receive of this receiver
    private OutcomeHandler<String> takeOutAsASendDoes() {
        Object waiter = Objects.requireNonNull(sender.stateAcquire());
        assertThat(sender.compareAndExchangeState(waiter, Outcome.TAKEN)).isSameAs(waiter);
        return (OutcomeHandler<String>) waiter;
    }

    private static String interruptedOrNot() {
        return Thread.interrupted() ? ", interrupted" : ", not interrupted";
    }
}
