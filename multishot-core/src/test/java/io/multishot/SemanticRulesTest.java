package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Nothing;
import io.multishot.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The ten rules of the contract, and with them what the Rust original does, a waker there being a callback here.
 * {@link TransitionTest} has each call in each state; the tck module has the calls that run at the same time.
 */
class SemanticRulesTest {
    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();

    enum Receive {
        BY_CALLBACK,
        TRY,
        BLOCKING,
        BLOCKING_WITH_TIMEOUT,
        AS_FUTURE;

        /** Receives; a future that is complete is asked for its outcome. */
        void at(Receiver<String> receiver) throws Throwable {
            switch (this) {
                case BY_CALLBACK -> receiver.receive(new Throwing());
                case TRY -> receiver.tryReceive();
                case BLOCKING -> receiver.receive();
                case BLOCKING_WITH_TIMEOUT -> receiver.receive(Duration.ofDays(1));
                case AS_FUTURE ->
                    throw receiver.receiveAsync()
                            .handle((value, thrown) -> thrown)
                            .join();
            }
        }
    }

    private static void expectRefused(Sender<String> sender) {
        assertThat(sender.isOpen()).isFalse();
        assertThat(sender.send("late")).isFalse();
        assertThat(sender.fail(new RuntimeException("late"))).isFalse();
        sender.close();
    }

    /** One round has exactly one ending. */
    @Nested
    class Rule1 {
        @ParameterizedTest
        @EnumSource
        void ending_nobodyWaits_isTheFirstOne(RoundEnding first) {
            Sender<String> sender = receiver.sender();
            first.end(receiver, sender);

            expectRefused(sender);
            assertThat(receiver.revoke()).isFalse();

            receiver.receive(callback);
            first.expectedBy(callback);
        }

        @ParameterizedTest
        @EnumSource
        void ending_callbackWaits_isTheFirstOne(RoundEnding first) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            first.end(receiver, sender);
            first.expectedBy(callback);

            expectRefused(sender);
            assertThat(receiver.revoke()).isFalse();
            assertThat(callback.cancel()).isFalse();
            assertThat(callback.revoke()).isFalse();

            callback.expectNothing();
        }
    }

    /** An outcome is delivered to exactly one receive, exactly once. */
    @Nested
    class Rule2 {
        @ParameterizedTest
        @EnumSource
        void receive_afterTheValueWasTaken_endsAsClosed(Receive again) {
            receiver.sender().send("a");
            assertThat(receiver.tryReceive()).isEqualTo("a");

            assertThatThrownBy(() -> again.at(receiver)).isInstanceOf(SenderClosedException.class);
        }
    }

    /** A sender of an earlier round can never touch a later one. */
    @Nested
    class Rule3 {
        @Test
        void staleSenders_ofAllEarlierRounds_touchNoLaterRound() {
            List<Sender<String>> stale = new ArrayList<>();
            for (RoundEnding ending : RoundEnding.values()) {
                for (boolean unread : new boolean[] {true, false}) {
                    Sender<String> sender = receiver.sender();
                    expectUntouchedBy(stale, sender);
                    ending.end(receiver, sender);
                    if (!unread) {
                        receiver.receive(callback);
                        ending.expectedBy(callback);
                    }
                    stale.add(sender);
                }
            }
            assertThat(stale).doesNotHaveDuplicates();
        }

        private void expectUntouchedBy(List<Sender<String>> stale, Sender<String> live) {
            stale.forEach(SemanticRulesTest::expectRefused);
            assertThat(live.isOpen()).isTrue();
            receiver.receive(callback);
            stale.forEach(SemanticRulesTest::expectRefused);
            callback.expectNothing();
            assertThat(live.isOpen()).isTrue();
            assertThat(callback.cancel()).isTrue();
        }

        @Test
        void staleSender_whileALaterOutcomeIsUnread_doesNotChangeIt() {
            Sender<String> stale = receiver.sender();
            stale.send("a");
            receiver.sender().send("b");

            expectRefused(stale);

            assertThat(receiver.tryReceive()).isEqualTo("b");
        }

        @Test
        void recycle_ofAnEarlierRound_throws() {
            Sender<String> earlier = receiver.sender();
            earlier.close();
            Sender<String> current = receiver.sender();
            current.close();

            assertThatThrownBy(() -> receiver.recycle(earlier)).isInstanceOf(IllegalArgumentException.class);

            expectRefused(earlier);
            assertThat(receiver.recycle(current)).isSameAs(current);
        }

        @Test
        void tryWithResources_callbackOpensTheNextRound_doesNotEndIt() {
            AtomicReference<Sender<String>> next = new AtomicReference<>();
            try (Sender<String> sender = receiver.sender()) {
                receiver.receive(new Reaction<>(outcome -> next.set(receiver.sender())));
                sender.send("a");
            }

            assertThat(next.get().isOpen()).isTrue();
        }
    }

    /** The opening of the next round, and the end of the last one. */
    @Nested
    class Rule4 {
        @ParameterizedTest
        @EnumSource
        void sender_outcomeUnread_discardsIt(RoundEnding ending) {
            ending.end(receiver, receiver.sender());

            Sender<String> next = receiver.sender();

            receiver.receive(callback);
            callback.expectNothing();
            assertThat(next.send("next")).isTrue();
            callback.expectValue("next");
        }

        @ParameterizedTest
        @EnumSource
        void recycle_outcomeUnread_discardsIt(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            ending.end(receiver, sender);

            assertThat(receiver.recycle(sender)).isSameAs(sender);

            receiver.receive(callback);
            callback.expectNothing();
            assertThat(sender.send("next")).isTrue();
            callback.expectValue("next");
        }

        @Test
        void sender_stillLive_refuses() {
            Sender<String> live = receiver.sender();
            assertThatThrownBy(receiver::sender).isInstanceOf(IllegalStateException.class);
            assertThat(receiver.trySender()).isNull();

            receiver.receive(callback);
            assertThatThrownBy(receiver::sender).isInstanceOf(IllegalStateException.class);
            assertThat(receiver.trySender()).isNull();

            assertThat(live.send("a")).isTrue();
            callback.expectValue("a");
        }

        @Test
        void revoke_thenSender_alwaysWorks() {
            for (int i = 0; i < 100; i++) {
                Sender<String> stuck = receiver.sender();
                assertThat(receiver.revoke()).isTrue();
                Sender<String> next = receiver.sender();
                expectRefused(stuck);
                assertThat(next.isOpen()).isTrue();
                assertThat(receiver.revoke()).isTrue();
                assertThat(receiver.recycle(next).isOpen()).isTrue();
                receiver.revoke();
            }
        }
    }

    /** Receive without a live sender; a second receive. */
    @Nested
    class Rule5 {
        @ParameterizedTest
        @EnumSource
        void receive_noSenderYet_endsAsClosedAtOnce(Receive receive) {
            assertThatThrownBy(() -> receive.at(receiver)).isInstanceOf(SenderClosedException.class);
        }

        @ParameterizedTest
        @EnumSource
        void receive_revoked_endsAsClosedAtOnce(Receive receive) {
            receiver.sender();
            receiver.revoke();

            assertThatThrownBy(() -> receive.at(receiver)).isInstanceOf(SenderClosedException.class);
        }

        @ParameterizedTest
        @EnumSource
        void secondReceive_callbackWaits_throwsAndTheFirstGetsTheValue(Receive second) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);

            assertThatThrownBy(() -> second.at(receiver)).isInstanceOf(IllegalStateException.class);

            callback.expectNothing();
            assertThat(sender.send("a")).isTrue();
            callback.expectValue("a");
        }

        @ParameterizedTest
        @EnumSource
        void secondReceive_futureWaits_throwsAndTheFirstGetsTheValue(Receive second) {
            Sender<String> sender = receiver.sender();
            CompletableFuture<String> first = receiver.receiveAsync();

            assertThatThrownBy(() -> second.at(receiver)).isInstanceOf(IllegalStateException.class);

            assertThat(first).isNotDone();
            assertThat(sender.send("a")).isTrue();
            assertThat(first).isCompletedWithValue("a");
        }

        @Test
        void receive_callbackStillWaitsElsewhere_throwsAndItWaitsOn() {
            Receiver<String> other = new Receiver<>();
            Sender<String> otherSender = other.sender();
            other.receive(callback);
            Sender<String> sender = receiver.sender();

            assertThatThrownBy(() -> receiver.receive(callback)).isInstanceOf(IllegalStateException.class);

            assertThat(sender.send("a")).isTrue();
            callback.expectNothing();
            assertThat(receiver.tryReceive()).isEqualTo("a");
            assertThat(otherSender.send("b")).isTrue();
            callback.expectValue("b");
        }
    }

    /** On which thread a callback runs, and in which state. */
    @Nested
    class Rule6 {
        @Test
        void callback_outcomeThere_runsOnTheReceivingThread() {
            AtomicReference<Thread> ran = new AtomicReference<>();
            receiver.sender().send("a");

            receiver.receive(new Reaction<>(outcome -> ran.set(Thread.currentThread())));

            assertThat(ran).hasValue(Thread.currentThread());
        }

        @Test
        void callback_waits_runsOnTheEndingThread() throws Exception {
            AtomicReference<Thread> ran = new AtomicReference<>();
            Sender<String> sender = receiver.sender();
            receiver.receive(new Reaction<>(outcome -> ran.set(Thread.currentThread())));

            Thread ending = Task.start(() -> {
                        sender.send("a");
                        return Thread.currentThread();
                    })
                    .result();

            assertThat(ran).hasValue(ending);
            assertThat(ending).isNotSameAs(Thread.currentThread());
        }

        @ParameterizedTest
        @EnumSource
        void callback_fromInside_findsTheRoundOver(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            AtomicInteger ran = new AtomicInteger();
            receiver.receive(new Reaction<>(outcome -> {
                ran.incrementAndGet();
                expectRefused(sender);
                assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
                assertThat(receiver.revoke()).isFalse();
            }));

            ending.end(receiver, sender);

            assertThat(ran).hasValue(1);
        }

        @ParameterizedTest
        @EnumSource
        void callback_outcomeThereAndFromInside_findsTheRoundOver(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            ending.end(receiver, sender);
            AtomicInteger ran = new AtomicInteger();

            receiver.receive(new Reaction<>(outcome -> {
                ran.incrementAndGet();
                assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
                receiver.receive(callback);
                callback.expectClosed();
            }));

            assertThat(ran).hasValue(1);
        }

        @ParameterizedTest
        @EnumSource
        void callback_opensTheNextRoundFromInside_bothAreSound(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            AtomicReference<Sender<String>> next = new AtomicReference<>();
            receiver.receive(new Reaction<>(outcome -> {
                next.set(receiver.sender());
                receiver.receive(callback);
            }));

            ending.end(receiver, sender);

            callback.expectNothing();
            expectRefused(sender);
            assertThat(next.get().send("next")).isTrue();
            callback.expectValue("next");
        }

        @Test
        void callback_recyclesAndReceivesItselfFromInside_isCalledOncePerRound() {
            AtomicInteger calls = new AtomicInteger();
            AtomicReference<Reaction<String>> self = new AtomicReference<>();
            Sender<String> sender = receiver.sender();
            self.set(new Reaction<>(outcome -> {
                calls.incrementAndGet();
                receiver.recycle(sender);
                receiver.receive(self.get());
            }));
            receiver.receive(self.get());

            for (int i = 1; i <= 100; i++) {
                assertThat(sender.send("a")).isTrue();
                assertThat(calls).hasValue(i);
            }
        }

        @Test
        void callback_opensAndReceivesItselfWhileReceiving_waitsInTheNextRound() {
            AtomicReference<Sender<String>> next = new AtomicReference<>();
            AtomicReference<Reaction<String>> self = new AtomicReference<>();
            self.set(new Reaction<>(outcome -> {
                next.set(receiver.sender());
                receiver.receive(self.get());
            }));
            Sender<String> sender = receiver.sender();
            sender.send("a");

            receiver.receive(self.get());

            Sender<String> second = next.get();
            assertThat(second.isOpen()).isTrue();
            assertThat(second.send("b")).isTrue();
            assertThat(next.get()).isNotSameAs(second);
            assertThat(next.get().isOpen()).isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void callback_throws_reachesTheEndingCallerAndTheChannelGoesOn(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            receiver.receive(Reaction.throwing(RoundEnding.CAUSE));

            assertThatThrownBy(() -> ending.end(receiver, sender)).isSameAs(RoundEnding.CAUSE);

            expectRefused(sender);
            expectNextRoundWorks();
        }

        @ParameterizedTest
        @EnumSource
        void callback_outcomeThereAndThrows_reachesTheReceiverAndTheChannelGoesOn(RoundEnding ending) {
            ending.end(receiver, receiver.sender());

            assertThatThrownBy(() -> receiver.receive(Reaction.throwing(RoundEnding.CAUSE)))
                    .isSameAs(RoundEnding.CAUSE);

            expectNextRoundWorks();
        }

        private void expectNextRoundWorks() {
            receiver.receive(callback);
            callback.expectClosed();
            Sender<String> next = receiver.sender();
            receiver.receive(callback);
            assertThat(next.send("next")).isTrue();
            callback.expectValue("next");
        }
    }

    /** A cancelled callback is never called. */
    @Nested
    class Rule7 {
        @ParameterizedTest
        @EnumSource
        void cancel_waiting_isNeverCalledAndTheOutcomeWaits(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);

            assertThat(callback.cancel()).isTrue();
            assertThat(sender.isOpen()).isTrue();
            ending.end(receiver, sender);

            callback.expectNothing();
            receiver.receive(callback);
            ending.expectedBy(callback);
        }

        @ParameterizedTest
        @EnumSource
        void receive_callbackChangedTwice_onlyTheLastOneIsCalled(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            RecordingCallback<String> second = new RecordingCallback<>();
            RecordingCallback<String> third = new RecordingCallback<>();
            receiver.receive(callback);
            change(callback, second);
            change(second, third);

            assertThat(callback.cancel()).isFalse();
            assertThat(callback.revoke()).isFalse();
            ending.end(receiver, sender);

            callback.expectNothing();
            second.expectNothing();
            ending.expectedBy(third);
        }

        @ParameterizedTest
        @EnumSource
        void receive_callbackChangedToAnotherAndBack_theFirstOneIsCalled(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            RecordingCallback<String> second = new RecordingCallback<>();
            receiver.receive(callback);
            change(callback, second);
            change(second, callback);

            ending.end(receiver, sender);

            ending.expectedBy(callback);
            second.expectNothing();
        }

        private void change(RecordingCallback<String> from, RecordingCallback<String> to) {
            assertThat(from.cancel()).isTrue();
            receiver.receive(to);
        }

        @Test
        void callback_cancelledHere_canWaitAtAnotherReceiver() {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            callback.cancel();
            Receiver<String> other = new Receiver<>();
            Sender<String> otherSender = other.sender();
            other.receive(callback);

            sender.send("a");
            callback.expectNothing();
            assertThat(callback.cancel()).isTrue();
            other.receive(callback);
            otherSender.send("b");

            callback.expectValue("b");
            assertThat(receiver.tryReceive()).isEqualTo("a");
        }
    }

    /** Closing the receiver. */
    @Nested
    class Rule8 {
        @Test
        void close_senderLive_refusesItAndEveryNextRound() {
            Sender<String> sender = receiver.sender();

            receiver.close();

            expectRefused(sender);
            expectClosedForGood();
        }

        @Test
        void close_callbackWaits_endsItAsClosedOnce() {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);

            receiver.close();
            receiver.close();

            callback.expectClosed();
            expectRefused(sender);
            callback.expectNothing();
            expectClosedForGood();
        }

        @ParameterizedTest
        @EnumSource
        void close_outcomeUnread_isReleased(RoundEnding ending) {
            Sender<String> sender = receiver.sender();
            ending.end(receiver, sender);

            receiver.close();

            assertThat(sender.round().stateAcquire()).isSameAs(Outcome.REVOKED);
            expectClosedForGood();
        }

        private void expectClosedForGood() {
            assertThatThrownBy(receiver::sender).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(receiver::trySender).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
            assertThatThrownBy(receiver::receive).isInstanceOf(SenderClosedException.class);
            receiver.receive(callback);
            callback.expectClosed();
            assertThat(receiver.revoke()).isFalse();
        }
    }

    /** The calls that any thread may make at any time. */
    @Nested
    class Rule9 {
        @Test
        void cancelAndRevoke_fromAnotherThread_endTheWait() throws Exception {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            assertThat(Task.start(callback::cancel).result()).isTrue();
            assertThat(sender.isOpen()).isTrue();

            receiver.receive(callback);
            assertThat(Task.start(callback::revoke).result()).isTrue();
            expectRefused(sender);
            callback.expectNothing();
        }

        @Test
        void revoke_fromAnotherThread_endsTheRound() throws Exception {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);

            assertThat(Task.start(receiver::revoke).result()).isTrue();

            callback.expectClosed();
            expectRefused(sender);
        }
    }

    /** No null. */
    @Nested
    class Rule10 {
        @Test
        void sender_nullArguments_throwAndTheRoundStaysOpen() {
            Sender<String> sender = receiver.sender();
            assertThatThrownBy(() -> sender.send(Nothing.asA())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sender.fail(Nothing.asA())).isInstanceOf(NullPointerException.class);
            assertThat(sender.isOpen()).isTrue();

            receiver.receive(callback);
            assertThatThrownBy(() -> sender.send(Nothing.asA())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sender.fail(Nothing.asA())).isInstanceOf(NullPointerException.class);

            callback.expectNothing();
            assertThat(sender.send("a")).isTrue();
            callback.expectValue("a");
        }

        @Test
        void receiver_nullArguments_throwAndTheRoundStaysOpen() {
            Sender<String> sender = receiver.sender();

            assertThatThrownBy(() -> receiver.receive(Nothing.<Callback<String>>asA()))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> receiver.receive(Nothing.<Duration>asA()))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> receiver.recycle(Nothing.asA())).isInstanceOf(NullPointerException.class);

            assertThat(sender.isOpen()).isTrue();
            sender.send("a");
            assertThatThrownBy(() -> receiver.receive(Nothing.<Duration>asA()))
                    .isInstanceOf(NullPointerException.class);
            assertThat(receiver.tryReceive()).isEqualTo("a");
        }
    }

    /** Hands every outcome on as an exception. */
    private static final class Throwing extends Callback<String> {
        @Override
        protected void onValue(String value) {
            throw new AssertionError("called with " + value);
        }

        @Override
        protected void onClosed() {
            throw new SenderClosedException();
        }

        @Override
        protected void onFailure(Throwable cause) {
            throw new CompletionException(cause);
        }
    }
}
