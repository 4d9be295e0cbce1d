package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.multishot.testkit.Race;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The receive as a future: a completion from outside leaves the outcome to the next receive. */
class FutureReceiveTest {
    private static final int RACES = 10_000;
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final Receiver<String> receiver = new Receiver<>();
    private final Sender<String> sender = receiver.sender();

    @ParameterizedTest
    @EnumSource
    void receiveAsync_roundEndedFirst_isComplete(RoundEnding ending) {
        ending.end(receiver, sender);

        ending.expectedBy(receiver.receiveAsync());
    }

    @ParameterizedTest
    @EnumSource
    void receiveAsync_roundEndsLater_completesThen(RoundEnding ending) {
        CompletableFuture<String> future = receiver.receiveAsync();
        assertThat(future).isNotDone();

        ending.end(receiver, sender);

        ending.expectedBy(future);
    }

    @Test
    void receiveAsync_failed_completesWithTheCauseItself() {
        sender.fail(CAUSE);

        expectCause(receiver.receiveAsync(), CAUSE);
    }

    @Test
    void receiveAsync_receiverClosedLater_completesAsClosed() {
        CompletableFuture<String> future = receiver.receiveAsync();

        receiver.close();

        expectClosed(future);
        expectClosed(receiver.receiveAsync());
    }

    @ParameterizedTest
    @EnumSource
    void future_completedFromOutside_leavesTheRoundOpen(OutsideCompletion how) {
        CompletableFuture<String> future = receiver.receiveAsync();

        how.complete(future);

        Object before = future.handle(FutureReceiveTest::valueOrThrown).join();
        expectRoundOpenAndValueForTheNextReceive();
        assertThat(future.handle(FutureReceiveTest::valueOrThrown).join()).isSameAs(before);
    }

    private static @Nullable Object valueOrThrown(@Nullable String value, @Nullable Throwable thrown) {
        return thrown == null ? value : thrown;
    }

    @Test
    void cancel_twice_isTrueAgainAndDisturbsNoLaterReceive() {
        CompletableFuture<String> future = receiver.receiveAsync();
        future.cancel(true);
        CompletableFuture<String> next = receiver.receiveAsync();

        assertThat(future.cancel(true)).isTrue();

        assertThat(next).isNotDone();
        sender.send("a");
        assertThat(next).isCompletedWithValue("a");
    }

    @Test
    void cancel_completedByTheRound_isFalse() {
        sender.send("a");
        CompletableFuture<String> future = receiver.receiveAsync();

        assertThat(future.cancel(true)).isFalse();
        assertThat(future.complete("b")).isFalse();
        assertThat(future.completeExceptionally(CAUSE)).isFalse();

        assertThat(future).isCompletedWithValue("a");
    }

    @Test
    void completeExceptionally_null_isRefusedAndGoesOnWaiting() {
        CompletableFuture<String> future = receiver.receiveAsync();

        assertThatThrownBy(() -> future.completeExceptionally(null)).isInstanceOf(NullPointerException.class);

        sender.send("a");
        assertThat(future).isCompletedWithValue("a");
    }

    @Test
    void orTimeout_elapsed_leavesTheRoundOpen() {
        CompletableFuture<String> future = receiver.receiveAsync().orTimeout(1, TimeUnit.MILLISECONDS);

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);

        expectRoundOpenAndValueForTheNextReceive();
    }

    @Test
    void completeOnTimeout_elapsed_leavesTheRoundOpen() {
        CompletableFuture<String> future =
                receiver.receiveAsync().completeOnTimeout("fallback", 1, TimeUnit.MILLISECONDS);

        assertThat(future.join()).isEqualTo("fallback");

        expectRoundOpenAndValueForTheNextReceive();
    }

    @Test
    void completeAsync_supplierThrows_leavesTheRoundOpen() {
        CompletableFuture<String> future = receiver.receiveAsync()
                .completeAsync(
                        () -> {
                            throw CAUSE;
                        },
                        Runnable::run);

        expectCause(future, CAUSE);
        expectRoundOpenAndValueForTheNextReceive();
    }

    @Test
    void completeAsync_alreadyComplete_doesNotAskTheSupplier() {
        AtomicInteger asked = new AtomicInteger();
        sender.send("a");

        CompletableFuture<String> future =
                receiver.receiveAsync().completeAsync(() -> "asked " + asked.incrementAndGet(), Runnable::run);

        assertThat(future).isCompletedWithValue("a");
        assertThat(asked).hasValue(0);
    }

    @Test
    void dependentStage_cancelled_doesNotEndTheWait() {
        CompletableFuture<String> future = receiver.receiveAsync();

        future.thenApply(String::length).cancel(true);

        sender.send("a");
        assertThat(future).isCompletedWithValue("a");
    }

    @Test
    void dependentStage_opensTheNextRound_fromInside() {
        CompletableFuture<Sender<String>> next = receiver.receiveAsync().thenApply(value -> receiver.sender());

        sender.send("a");

        assertThat(next.join().isOpen()).isTrue();
    }

    @Test
    @Tag("race")
    void cancel_racesWithSend_valueIsInExactlyOnePlace() throws Exception {
        try (Race race = new Race()) {
            for (int i = 0; i < RACES; i++) {
                Sender<String> racing = openRound();
                CompletableFuture<String> future = receiver.receiveAsync();
                boolean[] cancelled = new boolean[1];

                race.together(
                        () -> cancelled[0] = future.cancel(true),
                        () -> assertThat(racing.send("a")).isTrue());

                assertThat(future.isCancelled()).isEqualTo(cancelled[0]);
                expectValueInExactlyOnePlace(future);
            }
        }
    }

    @Test
    @Tag("race")
    void orTimeout_racesWithSend_valueIsInExactlyOnePlace() {
        for (int i = 0; i < RACES; i++) {
            Sender<String> racing = openRound();
            CompletableFuture<String> future = receiver.receiveAsync().orTimeout(i % 100, TimeUnit.MICROSECONDS);
            for (int spins = i % 64; spins > 0; spins--) {
                Thread.onSpinWait();
            }

            assertThat(racing.send("a")).isTrue();

            expectValueInExactlyOnePlace(future);
        }
    }

    private void expectValueInExactlyOnePlace(CompletableFuture<String> future) {
        Throwable thrown = catchThrowable(() -> assertThat(future.get()).isEqualTo("a"));
        if (thrown == null) {
            assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
            return;
        }
        assertThat(thrown instanceof CancellationException || thrown.getCause() instanceof TimeoutException)
                .as("ended from outside: " + thrown)
                .isTrue();
        assertThat(receiver.tryReceive()).isEqualTo("a");
    }

    private Sender<String> openRound() {
        receiver.revoke();
        return receiver.sender();
    }

    private void expectRoundOpenAndValueForTheNextReceive() {
        assertThat(sender.isOpen()).isTrue();
        assertThat(receiver.tryReceive()).isNull();
        CompletableFuture<String> next = receiver.receiveAsync();
        assertThat(sender.send("a")).isTrue();
        assertThat(next).isCompletedWithValue("a");
    }

    private static void expectCause(CompletableFuture<String> future, Throwable cause) {
        assertThat(future).isCompletedExceptionally();
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(cause);
        assertThat(catchThrowable(future::join))
                .isInstanceOf(CompletionException.class)
                .hasCause(cause);
        assertThat(future.handle((value, thrown) -> thrown).join()).isSameAs(cause);
    }

    private static void expectClosed(CompletableFuture<String> future) {
        assertThat(future.handle((value, thrown) -> thrown).join()).isInstanceOf(SenderClosedException.class);
    }
}
