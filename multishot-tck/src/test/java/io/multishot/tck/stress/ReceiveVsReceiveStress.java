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

/** Two callbacks are handed to one receiver at the same time: one has the outcome (R2, R5, R6, R9). */
public class ReceiveVsReceiveStress {

    /** Receives, and tells whether it was refused. */
    private static boolean receive(Receiver<Integer> receiver, RecordingCallback<Integer> callback) {
        try {
            receiver.receive(callback);
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    /** The outcome is there. */
    @JCStressTest
    @Outcome(id = "42, closed", expect = ACCEPTABLE, desc = "the first had it, the second found the round over")
    @Outcome(id = "closed, 42", expect = ACCEPTABLE, desc = "the second had it, the first found the round over")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    @State
    public static class OutcomeThere {
        final Receiver<Integer> receiver = new Receiver<>();
        final RecordingCallback<Integer> first = new RecordingCallback<>();
        final RecordingCallback<Integer> second = new RecordingCallback<>();

        public OutcomeThere() {
            receiver.sender().send(42);
        }

        @Actor
        public void first() {
            receiver.receive(first);
        }

        @Actor
        public void second() {
            receiver.receive(second);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = first.outcome();
            r.r2 = second.outcome();
        }
    }

    /** Nothing is there yet. */
    @JCStressTest
    @Outcome(id = "42, none", expect = ACCEPTABLE, desc = "the first waits and has the value, the second was refused")
    @Outcome(id = "none, 42", expect = ACCEPTABLE, desc = "the second waits and has the value, the first was refused")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled, or both or neither refused")
    @State
    public static class NothingThere extends States.OpenRound {
        final RecordingCallback<Integer> first = new RecordingCallback<>();
        final RecordingCallback<Integer> second = new RecordingCallback<>();
        boolean firstTaken;
        boolean secondTaken;

        @Actor
        public void first() {
            firstTaken = receive(receiver, first);
        }

        @Actor
        public void second() {
            secondTaken = receive(receiver, second);
        }

        @Arbiter
        public void result(LL_Result r) {
            sender.send(42);
            r.r1 = first.outcome();
            r.r2 = firstTaken == secondTaken ? "both or neither refused" : second.outcome();
        }
    }

    /** The outcome comes at the same time. */
    @JCStressTest
    @Outcome(id = "true, 42, none", expect = ACCEPTABLE, desc = "the first waited, the second was refused")
    @Outcome(id = "true, none, 42", expect = ACCEPTABLE, desc = "the second waited, the first was refused")
    @Outcome(id = "true, 42, closed", expect = ACCEPTABLE, desc = "the first had it, the second found the round over")
    @Outcome(id = "true, closed, 42", expect = ACCEPTABLE, desc = "the second had it, the first found the round over")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    @State
    public static class OutcomeComing extends States.OpenRound {
        final RecordingCallback<Integer> first = new RecordingCallback<>();
        final RecordingCallback<Integer> second = new RecordingCallback<>();

        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void first() {
            receive(receiver, first);
        }

        @Actor
        public void second() {
            receive(receiver, second);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = first.outcome();
            r.r3 = second.outcome();
        }
    }
}
