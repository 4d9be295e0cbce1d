package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Deadlines that pass on the timer that all correlators share. */
public class TimerStress {
    private static final long TIMEOUT = 20_000;

    /** A reply comes just when the deadline passes, and a thread blocks for the outcome. */
    @JCStressTest
    @Outcome(id = "DELIVERED, 42, balance", expect = ACCEPTABLE, desc = "delivered")
    @Outcome(id = "LATE, failed, balance", expect = ACCEPTABLE, desc = "timed out; the reply is late")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CompleteVsDeadline {
        private final Correlator<Integer> correlator =
                Correlator.builder(1).resolution(Duration.ofNanos(1)).build();
        private volatile Pending<Integer> request;

        @Actor
        public void replier(LLL_Result r) {
            long due = System.nanoTime() + TIMEOUT;
            Pending<Integer> opened = correlator.open(Duration.ofNanos(TIMEOUT));
            request = opened;
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            r.r1 = correlator.complete(opened.ticket(), 42);
        }

        @Actor
        public void receiver(LLL_Result r) {
            while (request == null) {
                Thread.onSpinWait();
            }
            r.r2 = Outcomes.receive(request);
        }

        @Arbiter
        public void result(LLL_Result r) {
            while (correlator.inFlight() != 0) { // the timer tells the receiver before it is done
                Thread.onSpinWait();
            }
            r.r3 = Outcomes.books(correlator);
        }
    }
}
