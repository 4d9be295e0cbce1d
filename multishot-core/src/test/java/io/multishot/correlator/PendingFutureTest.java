package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.OutsideCompletion;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The receive of a request as a future: a completion from outside gives the request up. */
class PendingFutureTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(clock::get).sweepByCaller().build();
    private final Pending<String> pending = correlator.open(Duration.ofNanos(10));

    @Test
    void receiveAsync_answeredLater_completes() {
        CompletableFuture<String> future = pending.receiveAsync();
        assertThat(future).isNotDone();

        correlator.complete(pending.ticket(), "a");

        assertThat(future).isCompletedWithValue("a");
    }

    @Test
    void receiveAsync_failedLater_completesWithTheCauseItself() {
        CompletableFuture<String> future = pending.receiveAsync();

        correlator.failAll(CAUSE);

        expectCause(future);
    }

    private static void expectCause(CompletableFuture<String> future) {
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(CAUSE);
    }

    @Test
    void receiveAsync_timedOut_completesWithTheTimeout() {
        CompletableFuture<String> future = pending.receiveAsync();

        clock.set(10);
        correlator.expire();

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void receiveAsync_cancelledFirst_isCancelled() {
        pending.cancel();

        assertThat(pending.receiveAsync()).isCancelled();
    }

    @Test
    void receiveAsync_cancelledLater_isCancelled() {
        CompletableFuture<String> future = pending.receiveAsync();

        pending.cancel();

        assertThat(future).isCancelled();
        assertThat(future.handle((value, thrown) -> thrown).join())
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining(Ticket.toHex(pending.ticket()));
    }

    @ParameterizedTest
    @EnumSource
    void future_completedFromOutside_freesTheSlot(OutsideCompletion how) {
        CompletableFuture<String> future = pending.receiveAsync();

        how.complete(future);

        assertThat(future).isDone();
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.statistics().cancelled()).isEqualTo(1);
        assertThat(correlator.complete(pending.ticket(), "late")).isEqualTo(ReplyResult.LATE);
        assertThat(pending).hasToString("Pending[" + Ticket.toHex(pending.ticket()) + ", cancelled]");
    }

    @ParameterizedTest
    @EnumSource
    void future_completedFromOutsideAfterTheReply_cancelsNothing(OutsideCompletion how) {
        CompletableFuture<String> future = pending.receiveAsync();
        correlator.complete(pending.ticket(), "a");
        Pending<String> next = correlator.open();

        how.complete(future);

        assertThat(next.tryReceive()).isNull();
        assertThat(correlator.inFlight()).isEqualTo(1);
        assertThat(correlator.statistics().cancelled()).isZero();
    }

    @Test
    void future_cancelledTwice_isTrueBothTimesAndCountsOnce() {
        CompletableFuture<String> future = pending.receiveAsync();

        assertThat(future.cancel(false)).isTrue();
        assertThat(future.cancel(false)).isTrue();

        assertThat(correlator.statistics().cancelled()).isEqualTo(1);
    }
}
