package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** The receiving side gives up while the value comes (S2, C1, C2, W1, W2, V1, V2). */
public class SendVsCancelStress {

    /** Giving up the wait leaves the round unchanged. */
    @JCStressTest
    @Outcome(id = "true, false, 42, closed", expect = ACCEPTABLE, desc = "delivered; too late to cancel")
    @Outcome(id = "true, true, none, 42", expect = ACCEPTABLE, desc = "cancelled; the value waits for the next receive")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled, refused, or called after cancel")
    @State
    public static class SendVsCancel extends States.AwaitedRound {
        @Actor
        public void sender(LLLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void canceller(LLLL_Result r) {
            r.r2 = callback.cancel();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.tryReceive(receiver);
        }
    }

    /** Giving up the round by the callback: the value is refused and the callback silent, or the other way round. */
    @JCStressTest
    @Outcome(id = "true, false, 42", expect = ACCEPTABLE, desc = "delivered; too late to revoke")
    @Outcome(id = "false, true, none", expect = ACCEPTABLE, desc = "revoked; the value stays the sender's")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled, or called after revoke")
    @State
    public static class SendVsRevoke extends States.AwaitedRound {
        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void revoker(LLL_Result r) {
            r.r2 = callback.revoke();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = callback.outcome();
        }
    }

    /** The receiver gives up the round: the callback is notified. */
    @JCStressTest
    @Outcome(id = "true, false, 42", expect = ACCEPTABLE, desc = "delivered; too late to revoke")
    @Outcome(id = "false, true, closed", expect = ACCEPTABLE, desc = "revoked; the callback is told")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled, or not told")
    @State
    public static class SendVsReceiverRevoke extends States.AwaitedRound {
        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void revoker(LLL_Result r) {
            r.r2 = receiver.revoke();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = callback.outcome();
        }
    }

    /** Both ways of giving up at once. */
    @JCStressTest
    @Outcome(id = "true, false, none, open", expect = ACCEPTABLE, desc = "cancelled; the round goes on")
    @Outcome(id = "false, true, none, closed", expect = ACCEPTABLE, desc = "revoked; the round is over")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one, or called")
    @State
    public static class CancelVsRevoke extends States.AwaitedRound {
        @Actor
        public void canceller(LLLL_Result r) {
            r.r1 = callback.cancel();
        }

        @Actor
        public void revoker(LLLL_Result r) {
            r.r2 = callback.revoke();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.tryReceive(receiver);
        }
    }

    /** Giving up the wait while another thread revokes the round. */
    @JCStressTest
    @Outcome(id = "true, true, none, closed", expect = ACCEPTABLE, desc = "cancelled, then revoked")
    @Outcome(id = "false, true, closed, closed", expect = ACCEPTABLE, desc = "revoked; the callback is told")
    @Outcome(expect = FORBIDDEN, desc = "not revoked, or told after cancel")
    @State
    public static class CancelVsReceiverRevoke extends States.AwaitedRound {
        @Actor
        public void canceller(LLLL_Result r) {
            r.r1 = callback.cancel();
        }

        @Actor
        public void revoker(LLLL_Result r) {
            r.r2 = receiver.revoke();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.tryReceive(receiver);
        }
    }
}
