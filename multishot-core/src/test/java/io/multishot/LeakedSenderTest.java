package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Log;
import java.lang.ref.Reference;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Senders that are garbage-collected, where they are tracked. */
@EnabledIfSystemProperty(named = Tracking.PROPERTY, matches = "leaks|strict", disabledReason = "in a JVM of its own")
class LeakedSenderTest {
    private final Receiver<String> receiver = new Receiver<>();
    private final Log log = new Log();

    @AfterEach
    void restoreLog() {
        log.close();
    }

    private static void collectUntil(BooleanSupplier seen) {
        while (!seen.getAsBoolean()) {
            System.gc();
            Thread.yield();
        }
    }

    /** Takes a sender and forgets it. */
    private void forget() {
        assertThat(receiver.sender().isOpen()).isTrue();
    }

    private static void assertLeak(Object outcome, String takenIn) {
        assertThat(outcome).isInstanceOf(SenderClosedException.class).isInstanceOf(SenderLeakedException.class);
        assertThat(Log.leadsThrough(takenIn, ((SenderLeakedException) outcome).getCause()))
                .isTrue();
    }

    @Test
    void leak_nobodyWaits_isTheOutcome() {
        forget();
        collectUntil(receiver::hasOutcome);
        assertThatThrownBy(receiver::tryReceive).satisfies(thrown -> assertLeak(thrown, "forget"));
        receiver.sender().send("the next round goes on");
        assertThat(receiver.tryReceive()).isEqualTo("the next round goes on");
    }

    @Test
    void leak_callbackWaits_isAFailure() {
        CompletableFuture<Object> told = new CompletableFuture<>();
        forget();
        receiver.receive(new Reaction<>(told::complete));
        collectUntil(told::isDone);
        assertLeak(told.join(), "forget");
    }

    @Test
    void leak_threadWaits_isThrown() {
        forget();
        CompletableFuture<Void> blocked = CompletableFuture.runAsync(
                () -> assertThatThrownBy(receiver::receive).satisfies(thrown -> assertLeak(thrown, "forget")));
        collectUntil(blocked::isDone);
        blocked.join();
    }

    @Test
    void leak_futureWaits_completesExceptionally() {
        forget();
        CompletableFuture<String> future = receiver.receiveAsync();
        collectUntil(future::isDone);
        assertLeak(future.handle((value, thrown) -> thrown).join(), "forget");
    }

    private void forgetAndLookForIt() {
        forget();
    }

    /** Counts the logged leaks of senders taken in the method, since an earlier test may log leaks meanwhile. */
    private long logged(String takenIn) {
        return log.records().stream()
                .filter(record -> record.getMessage().equals("a sender leaked, and its round was closed"))
                .filter(record -> Log.leadsThrough(takenIn, record.getThrown().getCause()))
                .count();
    }

    /** Neither is called by the other, so that the place shows which of the two it is. */
    @Test
    void leak_ofARecycledSender_showsWhereItWasArmedAgain() {
        armAgain(takeAndSpend());
        collectUntil(receiver::hasOutcome);
        assertThatThrownBy(receiver::tryReceive).satisfies(thrown -> assertLeak(thrown, "armAgain"));
    }

    @Test
    void leak_ofASenderRecycledWithACallback_showsWhereItWasArmedAgain() {
        CompletableFuture<Object> told = new CompletableFuture<>();
        armAgain(takeAndSpend(), told);
        collectUntil(told::isDone);
        assertLeak(told.join(), "armAgain");
    }

    private Sender<String> takeAndSpend() {
        Sender<String> sender = receiver.sender();
        sender.send("a");
        assertThat(receiver.tryReceive()).isEqualTo("a");
        return sender;
    }

    private void armAgain(Sender<String> spent) {
        assertThat(receiver.recycle(spent).isOpen()).isTrue();
    }

    private void armAgain(Sender<String> spent, CompletableFuture<Object> told) {
        assertThat(receiver.recycle(spent, new Reaction<>(told::complete)).isOpen())
                .isTrue();
    }

    @Test
    void leak_ofASenderThatCameWithACallback_isFound() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        assertThat(receiver.sender(callback).isOpen()).isTrue();
        collectUntil(() -> callback.calls() == 1);
        assertThat(receiver.trySender((OutcomeHandler<String>) null)).isNotNull();
        collectUntil(receiver::hasOutcome);
    }

    /** The last one is a leak, which shows that the collector saw what was lost before it, too. */
    @Test
    void collected_afterItsRoundWasOver_isNoLeak() {
        spend();
        forgetAndLookForIt();
        collectUntil(() -> logged("forgetAndLookForIt") == 1);
        assertThat(logged("spend")).isZero();
    }

    private void spend() {
        for (int i = 0; i < 100; i++) {
            receiver.sender().send("a");
            receiver.sender();
            receiver.revoke();
            receiver.sender().close();
        }
    }

    @Test
    void held_isNoLeak() {
        Sender<String> held = receiver.sender();
        try {
            Receiver<String> other = new Receiver<>();
            other.sender();
            collectUntil(other::hasOutcome);
            assertThat(held.send("a")).isTrue();
        } finally {
            Reference.reachabilityFence(held);
        }
        assertThat(receiver.tryReceive()).isEqualTo("a");
    }

    @Test
    void leak_callbackThrows_isReportedAndHoldsUpNoOther() {
        receiveAndForget(Reaction.throwing(new IllegalStateException("by the callback")));
        Receiver<String> other = new Receiver<>();
        collectUntil(() -> !receiver.hasLiveSender());
        collectUntil(() -> logged("receiveAndForget") == 1);
        other.sender();
        collectUntil(other::hasOutcome);
        assertThatExceptionOfType(SenderLeakedException.class).isThrownBy(other::tryReceive);
    }

    /** The sender is not lost before the callback waits. */
    private void receiveAndForget(Callback<String> callback) {
        Sender<String> sender = receiver.sender();
        try {
            receiver.receive(callback);
        } finally {
            Reference.reachabilityFence(sender);
        }
    }
}
