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
import org.openjdk.jcstress.infra.results.LL_Result;

/** A wait for a slot, against its release, a cancel or a close: the request is notified once, and no slot is lost. */
public class AdmissionQueueStress {
    /** A request begins to wait while the slot is given back. */
    @JCStressTest
    @Outcome(id = "true, opened, 1", expect = ACCEPTABLE, desc = "given the slot")
    @Outcome(expect = FORBIDDEN, desc = "the slot or the wait is lost")
    @State
    public static class WaitVsRelease extends States.FullTable {
        @Actor
        public void waiter() {
            correlator.open(null, Requests.HOUR, opening);
        }

        @Actor
        public void holder(LLL_Result r) {
            r.r1 = holder.cancel();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = opening.outcome();
            r.r3 = correlator.inFlight();
        }
    }

    /** The waiting request is cancelled while the slot is given back. */
    @JCStressTest
    @Outcome(id = "true, none, 1", expect = ACCEPTABLE, desc = "cancelled; the slot is free")
    @Outcome(id = "false, opened, 0", expect = ACCEPTABLE, desc = "given the slot")
    @Outcome(expect = FORBIDDEN, desc = "the slot is lost, or told after cancel")
    @State
    public static class CancelVsRelease extends States.QueuedOpening {
        @Actor
        public void canceller(LLL_Result r) {
            r.r1 = opening.cancel();
        }

        @Actor
        public void holder() {
            holder.cancel();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = opening.outcome();
            r.r3 = Outcomes.countFree(correlator);
        }
    }

    /** A request begins to wait while the correlator is closed. */
    @JCStressTest
    @Outcome(id = "none, balance", expect = ACCEPTABLE, desc = "not taken")
    @Outcome(id = "refused, balance", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "opened, balance", expect = ACCEPTABLE, desc = "opened, and ended")
    @Outcome(expect = FORBIDDEN, desc = "left behind")
    @State
    public static class CloseVsWait extends States.FullTable {
        @Actor
        public void waiter() {
            try {
                correlator.open(null, Requests.HOUR, opening);
            } catch (IllegalStateException closed) {
                return; // it is not notified then
            }
        }

        @Actor
        public void closer() {
            correlator.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = opening.outcome();
            r.r2 = Outcomes.books(correlator);
        }
    }

    /** The slot is given back to a waiting request while the correlator is closed. */
    @JCStressTest
    @Outcome(id = "refused, balance", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "opened, balance", expect = ACCEPTABLE, desc = "opened, and ended")
    @Outcome(expect = FORBIDDEN, desc = "left behind, or told twice")
    @State
    public static class CloseVsRelease extends States.QueuedOpening {
        @Actor
        public void holder() {
            holder.cancel();
        }

        @Actor
        public void closer() {
            correlator.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = opening.outcome();
            r.r2 = Outcomes.books(correlator);
        }
    }

    /** The slot is given back when the wait is over. */
    @JCStressTest
    @Outcome(id = "refused, 1", expect = ACCEPTABLE, desc = "refused; the slot is free")
    @Outcome(id = "opened, 0", expect = ACCEPTABLE, desc = "given the slot")
    @Outcome(expect = FORBIDDEN, desc = "the slot is lost, or told twice")
    @State
    public static class ExpireVsRelease extends States.FullTable {
        public ExpireVsRelease() {
            correlator.open(null, Duration.ofNanos(1), opening);
        }

        @Actor
        public void holder() {
            holder.cancel();
        }

        @Actor
        public void sweeper() {
            correlator.expire(1);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = opening.outcome();
            r.r2 = Outcomes.countFree(correlator);
        }
    }

    /** The slot comes and goes by a request that does not wait. */
    @JCStressTest
    @Outcome(id = "opened, 0", expect = ACCEPTABLE, desc = "given the slot, at once or later")
    @Outcome(expect = FORBIDDEN, desc = "the wait is lost")
    @State
    public static class WaitVsTurn {
        final Correlator<Integer> correlator = Requests.correlator(1);
        final RecordingSlotRequest opening = new RecordingSlotRequest();

        @Actor
        public void waiter() {
            correlator.open(null, Requests.HOUR, opening);
        }

        @Actor
        public void other() {
            Pending<Integer> request = Outcomes.open(correlator);
            if (request != null) {
                request.cancel();
            }
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = opening.outcome();
            r.r2 = Outcomes.countFree(correlator);
        }
    }

    /** Two slots are given back to two waiting requests. */
    @JCStressTest
    @Outcome(id = "opened, opened, 0", expect = ACCEPTABLE, desc = "one each")
    @Outcome(expect = FORBIDDEN, desc = "the slot or the wait is lost")
    @State
    public static class ReleaseVsRelease {
        final Correlator<Integer> correlator = Requests.correlator(2);
        final Pending<Integer> one = correlator.open();
        final Pending<Integer> other = correlator.open();
        final RecordingSlotRequest opening = new RecordingSlotRequest();
        final RecordingSlotRequest second = new RecordingSlotRequest();

        public ReleaseVsRelease() {
            correlator.open(null, Requests.HOUR, opening);
            correlator.open(null, Requests.HOUR, second);
        }

        @Actor
        public void one() {
            one.cancel();
        }

        @Actor
        public void other() {
            other.cancel();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r1 = opening.outcome();
            r.r2 = second.outcome();
            r.r3 = Outcomes.countFree(correlator);
        }
    }
}
