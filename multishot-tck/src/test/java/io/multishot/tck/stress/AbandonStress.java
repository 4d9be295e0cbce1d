package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.multishot.Receiver;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The hook of the sending side: it runs once if the receiving side gives the round up, else never (H1, H3, H4). */
public class AbandonStress {

    /** The hook, against the callback that revokes its round. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "registered in time, and told")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "too late, and refused")
    @Outcome(expect = FORBIDDEN, desc = "nobody is told, or one who was refused")
    @State
    public static class HookVsRevoke extends States.OpenRound {
        int runs;

        public HookVsRevoke() {
            receiver.receive(callback);
        }

        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.onAbandoned(() -> runs++);
        }

        @Actor
        public void receiver() {
            callback.revoke();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = runs;
        }
    }

    /** A sender that is opened, and gets its hook, while the receiver is closed. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "registered, and told")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "refused: closed already")
    @Outcome(id = "closed, 0", expect = ACCEPTABLE, desc = "no sender: closed already")
    @Outcome(expect = FORBIDDEN, desc = "nobody is told, or one who was refused")
    @State
    public static class OpeningAndHookVsClose {
        final Receiver<Integer> receiver = new Receiver<>();
        int runs;

        @Actor
        public void opener(LL_Result r) {
            try {
                r.r1 = receiver.sender().onAbandoned(() -> runs++);
            } catch (IllegalStateException closed) {
                r.r1 = "closed";
            }
        }

        @Actor
        public void closer() {
            receiver.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = runs;
        }
    }

    /** A hook, a registration and a cancel take each other out of the state word; none is lost. */
    @JCStressTest
    @Outcome(id = "true, true, 1 none", expect = ACCEPTABLE, desc = "the hook stays, the callback is gone")
    @Outcome(expect = FORBIDDEN, desc = "a hook or a callback is lost, or is there though it was taken out")
    @State
    public static class HookVsCancel extends States.OpenRound {
        int runs;

        public HookVsCancel() {
            receiver.receive(callback);
        }

        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.onAbandoned(() -> runs++);
        }

        @Actor
        public void receiver(LLL_Result r) {
            r.r2 = callback.cancel();
        }

        @Arbiter
        public void result(LLL_Result r) {
            receiver.revoke();
            r.r3 = runs + " " + callback.outcome();
        }
    }

    /** A value against the revoke of a round with a hook. */
    @JCStressTest
    @Outcome(id = "true, false, 0 value 1", expect = ACCEPTABLE, desc = "sent")
    @Outcome(id = "false, true, 1 none", expect = ACCEPTABLE, desc = "revoked, and told")
    @Outcome(expect = FORBIDDEN, desc = "both, or neither")
    @State
    public static class SendVsRevokeWithAHook extends States.OpenRound {
        int runs;

        public SendVsRevokeWithAHook() {
            sender.onAbandoned(() -> runs++);
            receiver.receive(callback);
        }

        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(1);
        }

        @Actor
        public void receiver(LLL_Result r) {
            r.r2 = callback.revoke();
        }

        @Arbiter
        public void result(LLL_Result r) {
            Object outcome = callback.outcome();
            r.r3 = runs + (outcome.equals(1) ? " value 1" : " " + outcome);
        }
    }
}
