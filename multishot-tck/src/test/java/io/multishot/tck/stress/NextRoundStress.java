package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.multishot.Callback;
import io.multishot.Receiver;
import io.multishot.Sender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A handle of an earlier round while a later one is open: it never reaches it (N3, N4, N5, S4, S5). */
public class NextRoundStress {

    /** A late value, while the next round gets its own. */
    @JCStressTest
    @Outcome(id = "false, true, 2", expect = ACCEPTABLE, desc = "the late value is refused")
    @Outcome(expect = FORBIDDEN, desc = "the late value reached the next round")
    @State
    public static class StaleSendVsSend {
        final Receiver<Integer> receiver = new Receiver<>();
        final Sender<Integer> stale = receiver.sender();
        final Sender<Integer> sender;
        final RecordingCallback<Integer> callback = new RecordingCallback<>();

        public StaleSendVsSend() {
            receiver.revoke();
            sender = receiver.sender();
            receiver.receive(callback);
        }

        @Actor
        public void late(LLL_Result r) {
            r.r1 = stale.send(1);
        }

        @Actor
        public void sender(LLL_Result r) {
            r.r2 = sender.send(2);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = callback.outcome();
        }
    }

    /** A value that comes while the receiver revokes its round and opens the next one. */
    @JCStressTest
    @Outcome(id = "true, none, open", expect = ACCEPTABLE, desc = "accepted in its own round, and discarded with it")
    @Outcome(id = "false, none, open", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "it reached the next round")
    @State
    public static class SendVsRevokeAndNextRound {
        final Receiver<Integer> receiver = new Receiver<>();
        final Sender<Integer> stale = receiver.sender();
        final RecordingCallback<Integer> callback = new RecordingCallback<>();
        Sender<Integer> next;

        @Actor
        public void late(LLL_Result r) {
            r.r1 = stale.send(1);
        }

        @Actor
        public void receiver() {
            receiver.revoke();
            next = receiver.sender();
            receiver.receive(callback);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = callback.outcome();
            r.r3 = next.isOpen() ? Outcomes.OPEN : Outcomes.REFUSED;
        }
    }

    /** A late cancel of a callback that the receiver registers again in the next round. */
    @JCStressTest
    @Outcome(id = "true, none, open", expect = ACCEPTABLE, desc = "cancelled where it waits now")
    @Outcome(id = "false, none, refused", expect = ACCEPTABLE, desc = "between the rounds: it waits in the next one")
    @Outcome(expect = FORBIDDEN, desc = "called, or the round ended")
    @State
    public static class CancelVsNextRound {
        final Receiver<Integer> receiver = new Receiver<>();
        final RecordingCallback<Integer> callback = new RecordingCallback<>();

        public CancelVsNextRound() {
            receiver.sender();
            receiver.receive(callback);
            callback.revoke();
        }

        @Actor
        public void canceller(LLL_Result r) {
            r.r1 = callback.cancel();
        }

        @Actor
        public void receiver() {
            receiver.sender();
            receiver.receive(callback);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = callback.outcome();
            r.r3 = Outcomes.tryReceive(receiver);
        }
    }

    /** Opens the next round as soon as it is called, on the thread that ended the last one. */
    static final class Reopening extends Callback<Integer> {
        final Receiver<Integer> receiver = new Receiver<>();
        final RecordingCallback<Integer> next = new RecordingCallback<>();
        volatile Sender<Integer> nextSender;

        @Override
        protected void onValue(Integer value) {
            reopen();
        }

        @Override
        protected void onClosed() {
            reopen();
        }

        @Override
        protected void onFailure(Throwable cause) {
            reopen();
        }

        private void reopen() {
            nextSender = receiver.sender();
            receiver.receive(next);
        }
    }

    /** The close at the end of a try block, and another holder's close, while the callback opens the next round. */
    @JCStressTest
    @Outcome(id = "none, open", expect = ACCEPTABLE, desc = "the next round is untouched")
    @Outcome(expect = FORBIDDEN, desc = "a late close ended the next round")
    @State
    public static class LateCloseVsNextRound {
        final Reopening callback = new Reopening();
        final Sender<Integer> sender = callback.receiver.sender();

        public LateCloseVsNextRound() {
            callback.receiver.receive(callback);
        }

        @Actor
        public void sender() {
            try (sender) {
                sender.send(1);
            }
        }

        @Actor
        public void otherHolder() {
            sender.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = callback.next.outcome();
            r.r2 = callback.nextSender.isOpen() ? Outcomes.OPEN : Outcomes.REFUSED;
        }
    }
}
