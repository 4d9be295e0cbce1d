package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Nothing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Shows what the sending side learns of a round that no receive waits for any more. */
class AbandonmentTest {
    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();
    private final List<String> calls = new ArrayList<>();
    private final Runnable hook = () -> calls.add("hook");

    @Nested
    class GivenUp {
        @Test
        void revokedByTheReceiver_runsTheHookOnce() {
            receiver.sender().onAbandoned(hook);
            receiver.revoke();
            receiver.revoke();
            receiver.close();
            assertThat(calls).containsExactly("hook");
        }

        @Test
        void revokedByTheCallback_runsTheHookAndNotTheCallback() {
            receiver.sender().onAbandoned(hook);
            receiver.receive(callback);
            assertThat(callback.revoke()).isTrue();
            assertThat(calls).containsExactly("hook");
            callback.expectNothing();
        }

        @Test
        void closed_runsTheHookAfterTheCallback() {
            receiver.sender().onAbandoned(hook);
            receiver.receive(new Reaction<>(outcome -> calls.add(outcome.toString())));
            receiver.close();
            assertThat(calls).containsExactly("closed", "hook");
        }

        @Test
        void callbackThatThrows_runsTheHookNevertheless() {
            receiver.sender().onAbandoned(hook);
            receiver.receive(Reaction.throwing(new IllegalStateException("callback")));
            assertThatThrownBy(receiver::revoke).hasMessage("callback");
            assertThat(calls).containsExactly("hook");
        }

        @Test
        void hookThatThrows_reachesTheRevokerOfARoundThatIsOver() {
            Sender<String> sender = receiver.sender();
            sender.onAbandoned(() -> {
                throw new IllegalArgumentException("hook");
            });
            assertThatThrownBy(receiver::revoke).hasMessage("hook");
            assertThat(sender.send("value")).isFalse();
            assertThat(receiver.sender().isOpen()).isTrue();
        }

        @Test
        void hook_seesTheRoundOver() {
            Sender<String> sender = receiver.sender();
            sender.onAbandoned(() -> calls.add("open " + sender.isOpen() + ", sent " + sender.send("late")));
            receiver.revoke();
            assertThat(calls).containsExactly("open false, sent false");
        }

        @Test
        void cancelledReceive_isNotGivenUpUntilTheRevoke() {
            receiver.sender().onAbandoned(hook);
            receiver.receive(callback);
            assertThat(callback.cancel()).isTrue();
            assertThat(calls).isEmpty();
            receiver.revoke();
            assertThat(calls).containsExactly("hook");
        }
    }

    @Nested
    class Ended {
        @Test
        void sent_neverRunsTheHook() {
            Sender<String> sender = receiver.sender();
            sender.onAbandoned(hook);
            assertThat(sender.send("value")).isTrue();
            assertThat(receiver.tryReceive()).isEqualTo("value");
            receiver.close();
            assertThat(calls).isEmpty();
        }

        @Test
        void sentToACallback_neverRunsTheHook() {
            Sender<String> sender = receiver.sender();
            receiver.receive(callback);
            sender.onAbandoned(hook);
            assertThat(sender.send("value")).isTrue();
            callback.expectValue("value");
            receiver.close();
            assertThat(calls).isEmpty();
        }

        @Test
        void closedOrFailedBySender_neverRunsTheHook() {
            Sender<String> closed = receiver.sender();
            closed.onAbandoned(hook);
            closed.close();
            Sender<String> failed = receiver.sender();
            failed.onAbandoned(hook);
            failed.fail(new Exception("cause"));
            receiver.close();
            assertThat(calls).isEmpty();
        }

        @Test
        void nextRoundInPlace_hasNoHook() {
            Sender<String> sender = receiver.sender();
            sender.onAbandoned(hook);
            sender.close();
            receiver.recycle(sender);
            receiver.revoke();
            assertThat(calls).isEmpty();
        }
    }

    @Nested
    class HookedState {
        @Test
        void receive_whileWatched_isAsUsual() {
            Sender<String> sender = receiver.sender();
            sender.onAbandoned(hook);
            assertThat(receiver.tryReceive()).isNull();
            assertThat(receiver.hasLiveSender()).isTrue();
            assertThat(receiver.hasOutcome()).isFalse();
            assertThat(receiver.trySender()).isNull();
            assertThat(sender.toString()).isEqualTo("Sender[open]");
            receiver.receive(callback);
            assertThat(sender.toString()).isEqualTo("Sender[open, a receive waits]");
            receiver.receive(callback);
            assertThatThrownBy(() -> receiver.receive(new RecordingCallback<>()))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(receiver::tryReceive).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> new Receiver<String>().receive(callback))
                    .isInstanceOf(IllegalStateException.class);
            sender.send("value");
            callback.expectValue("value");
        }

        @Test
        void nullHook_isRefused() {
            assertThatThrownBy(() -> receiver.sender().onAbandoned(Nothing.asA()))
                    .isInstanceOf(NullPointerException.class);
        }
    }
}
