package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The transition tables of {@code docs/algorithm.md}, row by row: a test's name starts with the ID of its row. The last
 * test keeps the two in step.
 */
class TransitionTest {
    private static final RuntimeException CAUSE = RoundState.CAUSE;
    private static final Runnable HOOK_THAT_MUST_NOT_RUN = () -> {
        throw new AssertionError("the hook ran");
    };
    private static final VarHandle RECEIVER_CLOSED = receiverClosed();

    /**
     * The rows of a close() that comes between the two looks of another call. No single thread brings that about, and
     * two hit it by luck only, so the explorer shows these rows: the scenarios Close.recycling, Abandon.opening and
     * Close.openingWithCallback, which kill the mutants without the second look.
     */
    private static final Set<String> CLOSED_BETWEEN_TWO_LOOKS = Set.of("R3", "H3", "N9");

    private final Receiver<Object> receiver = new Receiver<>();
    private final RecordingCallback<Object> waiting = new RecordingCallback<>();
    private final RecordingCallback<Object> callback = new RecordingCallback<>();

    // ---- S: send, fail, close of a sender ---------------------------------------------------------------------------

    @Test
    void S1_open_storesTheOutcome() {
        Sender<Object> sender = enter(RoundState.OPEN);
        assertThat(sender.send("a")).isTrue();
        assertThat(sender.stateAcquire()).isSameAs("a");

        receiver.recycle(sender);
        assertThat(sender.fail(CAUSE)).isTrue();
        assertThatThrownBy(() -> Outcome.valueOf(sender.stateAcquire())).hasCause(CAUSE);

        receiver.recycle(sender);
        sender.close();
        assertThat(sender.stateAcquire()).isSameAs(Outcome.CLOSED);

        receiver.recycle(sender);
        assertThat(sender.send(waiting)).isTrue();
        assertThat(sender.stateAcquire()).isInstanceOf(Outcome.class);
        assertThat(Outcome.<Object>valueOf(sender.stateAcquire())).isSameAs(waiting);
    }

    @Test
    void S2_waits_callsTheWaiterAfterTheChange() {
        List<@Nullable Object> seen = new ArrayList<>();
        Sender<Object> sender = receiver.sender();
        Callback<Object> looking = new Reaction<>(outcome -> seen.add(sender.stateAcquire()));

        receiver.receive(looking);
        assertThat(sender.send("a")).isTrue();

        receiver.recycle(sender);
        receiver.receive(looking);
        assertThat(sender.fail(CAUSE)).isTrue();

        receiver.recycle(sender);
        receiver.receive(looking);
        sender.close();

        assertThat(seen).containsExactly(Outcome.TAKEN, Outcome.TAKEN, Outcome.TAKEN);
    }

    /** The sender sees a waiter that was cancelled here and has moved on, to a receiver that was closed then. */
    @Test
    void S2_waiterBoundToAnotherClosedReceiver_doesNotRefuse() {
        Receiver<Object> other = new Receiver<>();
        other.sender();
        other.receive(callback);
        other.close();
        callback.expectClosed();
        Sender<Object> sender = receiver.sender();
        sender.setStateRelease(callback);

        assertThat(sender.isOpen()).isTrue();
        assertThat(sender.send("a")).isTrue();

        callback.expectValue("a");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WAITS"})
    void S3_receiverClosed_refused(RoundState state) {
        Sender<Object> sender = enter(state);
        markReceiverClosed(receiver);

        expectRefused(sender);
        waiting.expectNothing();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED", "TAKEN"})
    void S4_ended_refused(RoundState state) {
        expectRefused(enter(state));
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED", "TAKEN"})
    void S4_endedAndReceiverClosed_refused(RoundState state) {
        Sender<Object> sender = enter(state);
        markReceiverClosed(receiver);

        expectRefused(sender);
    }

    @Test
    void S5_revoked_refused() {
        expectRefused(enter(RoundState.REVOKED));
    }

    // ---- R: receive(Callback) ---------------------------------------------------------------------------------------

    @Test
    void R0_waitsAtAnotherReceiver_throws() {
        Receiver<Object> other = new Receiver<>();
        Sender<Object> otherSender = other.sender();
        other.receive(callback);
        receiver.sender().send("value");

        assertThatThrownBy(() -> receiver.receive(callback)).isInstanceOf(IllegalStateException.class);

        callback.expectNothing();
        otherSender.send("other");
        callback.expectValue("other");
        assertThat(receiver.tryReceive()).isEqualTo("value");
    }

    @Test
    void R1_noSenderYet_endsAsClosed() {
        receiver.receive(callback);

        callback.expectClosed();
    }

    @Test
    void R2_open_registersTheCallback() {
        Sender<Object> sender = enter(RoundState.OPEN);

        receiver.receive(callback);

        callback.expectNothing();
        assertThat(sender.stateAcquire()).isSameAs(callback);
    }

    @Test
    void R4_waitsTheSameCallback_goesOnWaiting() {
        Sender<Object> sender = enter(RoundState.WAITS);

        receiver.receive(waiting);

        waiting.expectNothing();
        assertThat(sender.stateAcquire()).isSameAs(waiting);
    }

    @Test
    void R5_waitsAnotherCallback_throws() {
        Sender<Object> sender = enter(RoundState.WAITS);

        assertThatThrownBy(() -> receiver.receive(callback)).isInstanceOf(IllegalStateException.class);

        callback.expectNothing();
        waiting.expectNothing();
        assertThat(sender.stateAcquire()).isSameAs(waiting);
    }

    @Test
    void R6_value_isTaken() {
        Sender<Object> sender = enter(RoundState.VALUE);

        receiver.receive(callback);

        callback.expectValue("a");
        assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
    }

    @Test
    void R7_failure_isTaken() {
        Sender<Object> sender = enter(RoundState.FAILURE);

        receiver.receive(callback);

        callback.expectFailure(CAUSE);
        assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
    }

    @Test
    void R8_closed_isTaken() {
        Sender<Object> sender = enter(RoundState.CLOSED);

        receiver.receive(callback);

        callback.expectClosed();
        assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKEN", "REVOKED"})
    void R9_over_endsAsClosed(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        receiver.receive(callback);

        callback.expectClosed();
        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    @ParameterizedTest
    @EnumSource
    void R10_receiverClosed_endsAsClosed(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();
        markReceiverClosed(receiver);

        receiver.receive(callback);

        callback.expectClosed();
        waiting.expectNothing();
        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    // ---- T: tryReceive ----------------------------------------------------------------------------------------------

    @Test
    void T1_noSenderYet_throws() {
        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void T1_receiverClosed_throws(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();
        markReceiverClosed(receiver);

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);

        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    @Test
    void T2_open_returnsNull() {
        Sender<Object> sender = enter(RoundState.OPEN);

        assertThat(receiver.tryReceive()).isNull();

        assertThat(sender.stateAcquire()).isSameAs(receiver);
    }

    @Test
    void T3_waits_throws() {
        Sender<Object> sender = enter(RoundState.WAITS);

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(IllegalStateException.class);

        assertThat(sender.stateAcquire()).isSameAs(waiting);
    }

    @Test
    void T4_value_isTaken() {
        Sender<Object> sender = enter(RoundState.VALUE);

        assertThat(receiver.tryReceive()).isSameAs("a");

        assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
    }

    @Test
    void T5_failure_isTakenAndThrown() {
        Sender<Object> sender = enter(RoundState.FAILURE);

        assertThatThrownBy(receiver::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCause(CAUSE);

        assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
    }

    @Test
    void T6_closed_isTakenAndThrown() {
        Sender<Object> sender = enter(RoundState.CLOSED);

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);

        assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKEN", "REVOKED"})
    void T7_over_throws(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);

        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    // ---- C: cancel, W: revoke of a callback -------------------------------------------------------------------------

    @Test
    void C1_waits_opensTheRoundAgain() {
        Sender<Object> sender = enter(RoundState.WAITS);

        assertThat(waiting.cancel()).isTrue();

        assertThat(sender.stateAcquire()).isSameAs(receiver);
        waiting.expectNothing();
    }

    @ParameterizedTest
    @EnumSource
    void C2_doesNotWaitHere_isFalse(RoundState state) {
        useOnce(callback);
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThat(callback.cancel()).isFalse();
        assertThat(new RecordingCallback<>().cancel()).isFalse();

        assertThat(sender.stateAcquire()).isSameAs(before);
        callback.expectNothing();
    }

    @Test
    void W1_waits_revokesTheRound() {
        Sender<Object> sender = enter(RoundState.WAITS);

        assertThat(waiting.revoke()).isTrue();

        assertThat(sender.stateAcquire()).isSameAs(Outcome.REVOKED);
        waiting.expectNothing();
    }

    @ParameterizedTest
    @EnumSource
    void W2_doesNotWaitHere_isFalse(RoundState state) {
        useOnce(callback);
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThat(callback.revoke()).isFalse();
        assertThat(new RecordingCallback<>().revoke()).isFalse();

        assertThat(sender.stateAcquire()).isSameAs(before);
        callback.expectNothing();
    }

    // ---- V: Receiver.revoke, X: Receiver.close ----------------------------------------------------------------------

    @Test
    void V1_open_revokesTheRound() {
        Sender<Object> sender = enter(RoundState.OPEN);

        assertThat(receiver.revoke()).isTrue();

        assertThat(sender.stateAcquire()).isSameAs(Outcome.REVOKED);
    }

    @Test
    void V2_waits_revokesTheRoundAndEndsTheWaitAsClosed() {
        Sender<Object> sender = enter(RoundState.WAITS);

        assertThat(receiver.revoke()).isTrue();

        waiting.expectClosed();
        assertThat(sender.stateAcquire()).isSameAs(Outcome.REVOKED);
    }

    @Test
    void V3_noSenderYet_isFalse() {
        assertThat(receiver.revoke()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED", "TAKEN", "REVOKED"})
    void V3_ended_isFalse(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThat(receiver.revoke()).isFalse();

        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    @Test
    void X1_open_revokesTheRound() {
        Sender<Object> sender = enter(RoundState.OPEN);

        receiver.close();

        assertThat(sender.stateAcquire()).isSameAs(Outcome.REVOKED);
    }

    @Test
    void X2_waits_revokesTheRoundAndEndsTheWaitAsClosed() {
        Sender<Object> sender = enter(RoundState.WAITS);

        receiver.close();

        waiting.expectClosed();
        assertThat(sender.stateAcquire()).isSameAs(Outcome.REVOKED);
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED"})
    void X3_outcomeUnread_isReleased(RoundState state) {
        Sender<Object> sender = enter(state);

        receiver.close();

        assertThat(sender.stateAcquire()).isSameAs(Outcome.REVOKED);
    }

    @Test
    void X4_noSenderYet_opensNoRoundAnyMore() {
        receiver.close();

        assertThatThrownBy(receiver::sender).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKEN", "REVOKED"})
    void X4_over_staysAsItIs(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        receiver.close();
        receiver.close();

        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    @Test
    void V4_anotherSender_leavesTheRoundAlone() {
        Sender<Object> old = enter(RoundState.REVOKED);
        Sender<Object> sender = receiver.sender();

        assertThat(receiver.revoke(old)).isFalse();
        assertThat(sender.isOpen()).isTrue();
        assertThat(receiver.revoke(sender)).isTrue();
        assertThat(sender.stateAcquire()).isSameAs(Outcome.REVOKED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKEN", "REVOKED"})
    void N10_over_opensTheNextRound(RoundState state) {
        Sender<Object> old = enter(state);

        Sender<Object> next = receiver.trySender(null);

        assertThat(next).isNotNull().isNotSameAs(old);
        assertThat(next.stateAcquire()).isSameAs(receiver);
    }

    @Test
    void N10_noSenderYet_opensARoundInWhichTheCallbackWaits() {
        Sender<Object> next = receiver.trySender(callback);

        assertThat(next).isNotNull();
        assertThat(next.stateAcquire()).isSameAs(callback);
        next.send("a");
        callback.expectValue("a");
    }

    @Test
    void N10_callback_canBeCancelledInTheRound() {
        Sender<Object> next = receiver.trySender(callback);

        assertThat(next).isNotNull();
        assertThat(callback.cancel()).isTrue();

        assertThat(next.stateAcquire()).isSameAs(receiver);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WAITS", "VALUE", "FAILURE", "CLOSED"})
    void N11_notReceivedYet_returnsNullAndDiscardsNothing(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThat(receiver.trySender(callback)).isNull();

        assertThat(sender.stateAcquire()).isSameAs(before);
        callback.expectNothing();
    }

    @Test
    void N11_closed_throws() {
        receiver.close();

        assertThatThrownBy(() -> receiver.trySender(null)).isInstanceOf(IllegalStateException.class);
    }

    // ---- H: onAbandoned ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WAITS"})
    void H1_open_addsTheHookToTheState(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = Objects.requireNonNull(sender.stateAcquire());
        Runnable hook = () -> {};

        assertThat(sender.onAbandoned(hook)).isTrue();

        assertThat(sender.stateAcquire()).isEqualTo(new HookedState(before, hook));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WAITS"})
    void H2_watchedAlready_throwsAndKeepsTheFirst(RoundState state) {
        Sender<Object> sender = enter(state);
        sender.onAbandoned(() -> {});
        Object watched = sender.stateAcquire();

        assertThatThrownBy(() -> sender.onAbandoned(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has a hook already");

        assertThat(sender.stateAcquire()).isSameAs(watched);
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED", "TAKEN", "REVOKED"})
    void H4_over_isNotRegistered(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThat(sender.onAbandoned(HOOK_THAT_MUST_NOT_RUN)).isFalse();

        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    @Test
    void H4_receiverClosed_isNotRegistered() {
        Sender<Object> sender = enter(RoundState.OPEN);
        markReceiverClosed(receiver);

        assertThat(sender.onAbandoned(HOOK_THAT_MUST_NOT_RUN)).isFalse();

        assertThat(sender.stateAcquire()).isSameAs(receiver);
    }

    // ---- N: sender, trySender, recycle ------------------------------------------------------------------------------

    @Test
    void N1_noSenderYet_opensTheFirstRound() {
        assertThat(receiver.sender().stateAcquire()).isSameAs(receiver);

        Receiver<Object> other = new Receiver<>();
        assertThat(other.trySender()).isNotNull();

        Sender<Object> foreign = receiver.recycle(spent());
        assertThatThrownBy(() -> new Receiver<>().recycle(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WAITS"})
    void N2_live_refuses(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThatThrownBy(receiver::sender).isInstanceOf(IllegalStateException.class);
        assertThat(receiver.trySender()).isNull();
        assertThatThrownBy(() -> receiver.recycle(sender)).isInstanceOf(IllegalStateException.class);

        assertThat(sender.stateAcquire()).isSameAs(before);
        waiting.expectNothing();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED"})
    void N3_outcomeUnread_isDiscarded(RoundState state) {
        Sender<Object> old = enter(state);

        Sender<Object> fresh = receiver.sender();

        assertThat(fresh).isNotSameAs(old);
        assertThat(fresh.stateAcquire()).isSameAs(receiver);
        assertThat(old.stateAcquire()).isSameAs(Outcome.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKEN", "REVOKED"})
    void N4_over_opensTheNextRound(RoundState state) {
        Sender<Object> old = enter(state);

        Sender<Object> fresh = receiver.sender();

        assertThat(fresh).isNotSameAs(old);
        assertThat(fresh.stateAcquire()).isSameAs(receiver);
        assertThat(old.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED", "TAKEN", "REVOKED"})
    void N5_recycleEnded_opensInPlace(RoundState state) {
        Sender<Object> sender = enter(state);

        assertThat(receiver.recycle(sender)).isSameAs(sender);

        assertThat(sender.stateAcquire()).isSameAs(receiver);
    }

    @ParameterizedTest
    @EnumSource
    void N6_receiverClosed_throws(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();
        markReceiverClosed(receiver);

        assertThatThrownBy(receiver::sender).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(receiver::trySender).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> receiver.recycle(sender)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> receiver.recycle(sender, callback)).isInstanceOf(IllegalStateException.class);

        assertThat(sender.stateAcquire()).isSameAs(before);
        callback.expectNothing();
    }

    @ParameterizedTest
    @EnumSource
    void N7_recycleOfAnotherSender_throws(RoundState state) {
        receiver.sender().close();
        Sender<Object> earlier = receiver.sender();
        earlier.close();
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThatThrownBy(() -> receiver.recycle(earlier)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> receiver.recycle(earlier, callback)).isInstanceOf(IllegalArgumentException.class);

        assertThat(sender.stateAcquire()).isSameAs(before);
        callback.expectNothing();
        assertThat(earlier.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"OPEN", "WAITS"},
            mode = EnumSource.Mode.EXCLUDE)
    void N8_endedSenderWithWaiter_opensWithItWaiting(RoundState state) {
        Sender<Object> last = enter(state);

        Sender<Object> next = receiver.sender(callback);

        assertThat(last.stateAcquire()).isSameAs(Outcome.TAKEN);
        assertThat(next.stateAcquire()).isSameAs(callback);
        next.send("value");
        callback.expectValue("value");
    }

    @Test
    void N8_noSenderYetSenderWithWaiter_opensWithItWaiting() {
        assertThat(receiver.sender(callback).stateAcquire()).isSameAs(callback);
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE", "FAILURE", "CLOSED", "TAKEN", "REVOKED"})
    void N12_recycleEndedWithWaiter_opensInPlaceWithItWaiting(RoundState state) {
        Sender<Object> sender = enter(state);

        assertThat(receiver.recycle(sender, callback)).isSameAs(sender);

        assertThat(sender.stateAcquire()).isSameAs(callback);
        sender.send("value");
        callback.expectValue("value");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WAITS"})
    void N12_live_refusesAndLeavesTheRound(RoundState state) {
        Sender<Object> sender = enter(state);
        Object before = sender.stateAcquire();

        assertThatThrownBy(() -> receiver.recycle(sender, callback))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before its round is over");

        assertThat(sender.stateAcquire()).isSameAs(before);
        callback.expectNothing();
    }

    @Test
    void N12_callbackThatWaitsElsewhere_refusesAndLeavesBothRounds() {
        Sender<Object> elsewhere = new Receiver<>().sender(callback);
        Sender<Object> sender = enter(RoundState.VALUE);
        Object before = sender.stateAcquire();

        assertThatThrownBy(() -> receiver.recycle(sender, callback)).isInstanceOf(IllegalStateException.class);

        assertThat(sender.stateAcquire()).isSameAs(before);
        elsewhere.send("there");
        callback.expectValue("there");
    }

    // ---- the tables and the tests -----------------------------------------------------------------------------------

    @Test
    void tables_everyRow_hasATestAndEveryTestARow() throws IOException {
        TransitionRows.assertHaveTests("algorithm.md", TransitionTest.class, CLOSED_BETWEEN_TWO_LOOKS);
    }

    /** Opens a round and brings it into the state; in WAITS it is {@link #waiting} that waits. */
    private Sender<Object> enter(RoundState state) {
        return state.enter(receiver, waiting);
    }

    private Sender<Object> spent() {
        receiver.revoke();
        Sender<Object> sender = receiver.sender();
        sender.close();
        return sender;
    }

    /** Lets the callback wait in an earlier round of this receiver, so that it knows the receiver. */
    private void useOnce(RecordingCallback<Object> once) {
        Sender<Object> sender = receiver.sender();
        receiver.receive(once);
        sender.send("earlier");
        once.expectValue("earlier");
    }

    private static void expectRefused(Sender<Object> sender) {
        Object before = sender.stateAcquire();
        assertThat(sender.isOpen()).isFalse();
        assertThat(sender.send("late")).isFalse();
        assertThat(sender.fail(CAUSE)).isFalse();
        sender.close();
        assertThat(sender.stateAcquire()).isSameAs(before);
    }

    /** Does the first step of a close(): stores {@code closed}, and does not look at the round yet. */
    private static void markReceiverClosed(Receiver<?> receiver) {
        RECEIVER_CLOSED.setVolatile(receiver, true);
    }

    private static VarHandle receiverClosed() {
        try {
            return MethodHandles.privateLookupIn(Receiver.class, MethodHandles.lookup())
                    .findVarHandle(Receiver.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
