package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.RecordingCallback;
import io.multishot.testkit.Nothing;
import io.multishot.testkit.Task;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every form of receive in every state of a request; PendingCallbackTest has the receive by callback. */
class PendingTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(clock::get).sweepByCaller().build();
    private final Pending<String> pending = correlator.open(Duration.ofNanos(10));

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private interface Receive {
        @Nullable
        String from(Pending<String> pending) throws Exception;
    }

    /** The forms of receive that return the value, or throw. */
    enum Form {
        BLOCKING(Pending::receive),
        BLOCKING_WITH_TIMEOUT(pending -> pending.receive(LONG)),
        WITHOUT_WAITING(pending -> pending.receive(Duration.ZERO)),
        TRY(Pending::tryReceive);

        private final Receive receive;

        Form(Receive receive) {
            this.receive = receive;
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void receive_answered_returnsTheValueOnce(Form form) throws Exception {
        correlator.complete(pending.ticket(), "a");

        assertThat(form.receive.from(pending)).isEqualTo("a");

        expectReceived();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void receive_failed_throwsTheCauseOnce(Form form) {
        correlator.fail(pending.ticket(), CAUSE);

        expectThrownCause(form, CAUSE);

        expectReceived();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void receive_failedByFailAll_throwsTheCauseOnce(Form form) {
        correlator.failAll(CAUSE);

        expectThrownCause(form, CAUSE);

        expectReceived();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void receive_timedOut_throwsTheTimeoutAsACauseOnce(Form form) {
        timeOut();

        assertThatThrownBy(() -> form.receive.from(pending))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(TimeoutException.class)
                .hasMessage("no reply to request " + Ticket.toHex(pending.ticket()) + " within PT0.00000001S");

        expectReceived();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void receive_correlatorClosed_throwsThatAsACause(Form form) {
        correlator.close();

        assertThatThrownBy(() -> form.receive.from(pending))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(CorrelatorClosedException.class);

        expectReceived();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void receive_cancelled_throwsEachTime(Form form) {
        pending.cancel();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> form.receive.from(pending))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("request " + Ticket.toHex(pending.ticket()) + " was cancelled");
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void receive_anotherReceiveWaits_isRefusedAndDisturbsNothing(Form form) {
        RecordingCallback<String> callback = new RecordingCallback<>();
        pending.receive(callback);

        assertThatIllegalStateException()
                .isThrownBy(() -> form.receive.from(pending))
                .withMessageContaining("another receive waits");

        correlator.complete(pending.ticket(), "a");
        callback.expectValue("a");
    }

    @Test
    void tryReceive_inFlight_isNull() {
        assertThat(pending.tryReceive()).isNull();
        expectInFlightAndNothingLost();
    }

    @Test
    void receive_timeoutElapses_saysSoAndTheRequestGoesOn() {
        for (Duration wait : new Duration[] {Duration.ofMillis(1), Duration.ZERO, Duration.ofNanos(-1)}) {
            assertThatThrownBy(() -> pending.receive(wait))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("no outcome within " + wait + "; request " + Ticket.toHex(pending.ticket())
                            + " is still in flight: receive again, or cancel() it");
        }
        expectInFlightAndNothingLost();
    }

    @Test
    void receive_parked_isWokenByEveryEnd() throws Exception {
        assertThat(parkedUntil(request -> correlator.complete(request.ticket(), "a"))
                        .result())
                .isEqualTo("a");
        expectCause(parkedUntil(request -> correlator.fail(request.ticket(), CAUSE)), CAUSE);
        expectCause(parkedUntil(request -> correlator.failAll(CAUSE)), CAUSE);
        assertThat(parkedUntil(request -> timeOut()).thrown()).hasCauseInstanceOf(TimeoutException.class);
        assertThat(parkedUntil(Pending::cancel).thrown()).isInstanceOf(CancellationException.class);
        assertThat(parkedUntil(request -> correlator.close()).thrown())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(CorrelatorClosedException.class);
    }

    private Task<String> parkedUntil(Consumer<Pending<String>> end) {
        pending.cancel();
        Pending<String> request = correlator.open(Duration.ofNanos(10));
        Task<String> task = Task.start(() -> request.receive(LONG)).awaitParkedAt(request);
        end.accept(request);
        return task;
    }

    private static void expectCause(Task<String> task, Throwable cause) {
        assertThat(task.thrown()).isInstanceOf(CompletionException.class).hasCause(cause);
    }

    @Test
    void receive_interruptedBefore_throwsAndTheRequestGoesOn() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(pending::receive).isInstanceOf(InterruptedException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        expectInFlightAndNothingLost();
    }

    @Test
    void receive_interruptedWhileParked_throwsAndTheRequestGoesOn() {
        Task<String> task = Task.start(pending::receive).awaitParkedAt(pending);

        task.interrupt();

        assertThat(task.thrown()).isInstanceOf(InterruptedException.class);
        expectInFlightAndNothingLost();
    }

    @Test
    void receive_interruptedWithTheOutcomeThere_returnsItAndKeepsTheInterrupt() throws Exception {
        correlator.complete(pending.ticket(), "a");
        Thread.currentThread().interrupt();

        assertThat(pending.receive()).isEqualTo("a");

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void receive_nullTimeout_throwsAndTheRequestGoesOn() {
        Duration none = Nothing.asA();

        assertThatNullPointerException().isThrownBy(() -> pending.receive(none));

        expectInFlightAndNothingLost();
    }

    private void timeOut() {
        clock.addAndGet(10);
        correlator.expire();
    }

    private void expectThrownCause(Form form, Throwable cause) {
        assertThatThrownBy(() -> form.receive.from(pending))
                .isInstanceOf(CompletionException.class)
                .hasCause(cause);
    }

    private void expectReceived() {
        for (Form further : Form.values()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> further.receive.from(pending))
                    .withMessageContaining("was received already");
        }
    }

    private void expectInFlightAndNothingLost() {
        assertThat(correlator.inFlight()).isEqualTo(1);
        assertThat(correlator.complete(pending.ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
        assertThat(pending.tryReceive()).isEqualTo("a");
    }
}
