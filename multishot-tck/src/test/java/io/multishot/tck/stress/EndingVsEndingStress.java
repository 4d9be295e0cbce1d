package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two threads with the same sender end the round at the same time: one wins (S1, S2, S4). */
public class EndingVsEndingStress {

    /** Two values, no receive waits. */
    @JCStressTest
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "the first won")
    @Outcome(id = "false, true, 2", expect = ACCEPTABLE, desc = "the second won")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ending")
    @State
    public static class SendVsSend extends States.OpenRound {
        @Actor
        public void first(LLL_Result r) {
            r.r1 = sender.send(1);
        }

        @Actor
        public void second(LLL_Result r) {
            r.r2 = sender.send(2);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = Outcomes.tryReceive(receiver);
        }
    }

    /** A value and a close, a callback waits. */
    @JCStressTest
    @Outcome(id = "true, 42", expect = ACCEPTABLE, desc = "the value won")
    @Outcome(id = "false, closed", expect = ACCEPTABLE, desc = "the close won")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ending, delivered once")
    @State
    public static class SendVsClose extends States.AwaitedRound {
        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void closer() {
            sender.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = callback.outcome();
        }
    }

    /** A value and a failure, a callback waits. */
    @JCStressTest
    @Outcome(id = "true, false, 42", expect = ACCEPTABLE, desc = "the value won")
    @Outcome(id = "false, true, failed", expect = ACCEPTABLE, desc = "the failure won")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ending, delivered once")
    @State
    public static class SendVsFail extends States.AwaitedRound {
        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void failer(LLL_Result r) {
            r.r2 = sender.fail(Requests.CAUSE);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = callback.outcome();
        }
    }
}
