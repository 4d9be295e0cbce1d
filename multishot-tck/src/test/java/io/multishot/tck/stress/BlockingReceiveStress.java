package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A thread that blocks, against whatever may wake it. */
public class BlockingReceiveStress {
    /** By a value. */
    @JCStressTest
    @Outcome(id = "42", expect = ACCEPTABLE, desc = "woken, or never parked")
    @Outcome(expect = FORBIDDEN, desc = "lost")
    @State
    public static class ReceiveVsSend extends States.OpenRound {
        @Actor
        public void receiver(L_Result r) {
            r.r1 = Outcomes.receive(receiver);
        }

        @Actor
        public void sender() {
            sender.send(42);
        }
    }

    /** By the receiver's close. */
    @JCStressTest
    @Outcome(id = "closed", expect = ACCEPTABLE, desc = "woken, or never parked")
    @Outcome(expect = FORBIDDEN, desc = "anything else")
    @State
    public static class ReceiveVsClose extends States.OpenRound {
        @Actor
        public void receiver(L_Result r) {
            r.r1 = Outcomes.receive(receiver);
        }

        @Actor
        public void closer() {
            receiver.close();
        }
    }

    /** By a value or the end of a short time. */
    @JCStressTest
    @Outcome(id = "42, closed", expect = ACCEPTABLE, desc = "the value came in time")
    @Outcome(id = "timed out, 42", expect = ACCEPTABLE, desc = "too late; the value waits for the next receive")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    @State
    public static class ReceiveVsSendVsTimeout extends States.OpenRound {
        private static final Duration SHORT = Duration.ofNanos(2_000);

        @Actor
        public void receiver(LL_Result r) {
            r.r1 = Outcomes.receive(receiver, SHORT);
        }

        @Actor
        public void sender() {
            sender.send(42);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = Outcomes.tryReceive(receiver);
        }
    }

    /** By a value or an interrupt. */
    @JCStressTest
    @Outcome(id = "42, true, closed", expect = ACCEPTABLE, desc = "the value; the interrupt came too late and is kept")
    @Outcome(id = "42, false, closed", expect = ACCEPTABLE, desc = "the value; the interrupt came after")
    @Outcome(
            id = "interrupted, false, 42",
            expect = ACCEPTABLE,
            desc = "interrupted; the value waits for the next receive")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled, or the interrupt swallowed")
    @State
    public static class ReceiveVsSendVsInterrupt extends States.OpenRound {
        /** Guards `waiting`, so that no interrupt reaches the thread once it has moved on. */
        final Object lock = new Object();

        Thread waiting;

        @Actor
        public void receiver(LLL_Result r) {
            synchronized (lock) {
                waiting = Thread.currentThread();
            }
            r.r1 = Outcomes.receive(receiver);
            synchronized (lock) {
                waiting = null;
                r.r2 = Thread.interrupted();
            }
        }

        @Actor
        public void sender() {
            sender.send(42);
        }

        @Actor
        public void interrupter() {
            synchronized (lock) {
                if (waiting != null) {
                    waiting.interrupt();
                }
            }
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = Outcomes.tryReceive(receiver);
        }
    }
}
