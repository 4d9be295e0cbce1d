package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Slots of a correlator that come and go: none is shared or lost, and nothing of a request reaches the next one. */
public class SlotStress {
    /** A reply that is late for its request, which was given up for the next one. */
    @JCStressTest
    @Outcome(id = "LATE, true, open, true", expect = ACCEPTABLE, desc = "late; the next request is as it was")
    @Outcome(id = "DELIVERED, false, 42, true", expect = ACCEPTABLE, desc = "delivered; the next request is as it was")
    @Outcome(id = "DELIVERED, false, 42, false", expect = ACCEPTABLE, desc = "delivered; the slot was not free yet")
    @Outcome(expect = FORBIDDEN, desc = "it reached the next request, or was told something else")
    @State
    public static class ReplyVsNext extends States.OpenRequest {
        volatile Pending<Integer> next;

        @Actor
        public void replier(LLLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void requester(LLLL_Result r) {
            r.r2 = request.cancel();
            next = Outcomes.open(correlator);
        }

        @Arbiter
        public void result(LLLL_Result r) {
            Pending<Integer> second = next;
            boolean cancelled = (boolean) r.r2;
            r.r3 = cancelled ? Outcomes.tryReceive(second) : Outcomes.tryReceive(request);
            r.r4 = second != null && Outcomes.tryReceive(second) == Outcomes.OPEN;
        }
    }

    /** A sweep that is late for a request that was due, and was given up for one with a later deadline. */
    @JCStressTest
    @Outcome(id = "0, true, open", expect = ACCEPTABLE, desc = "cancelled in time; the next request is as it was")
    @Outcome(id = "1, false, open", expect = ACCEPTABLE, desc = "timed out; the next request is as it was")
    @Outcome(id = "1, false, none", expect = ACCEPTABLE, desc = "timed out; the slot was not free yet")
    @Outcome(expect = FORBIDDEN, desc = "it ended the next request")
    @State
    public static class SweepVsNext extends States.OpenRequest {
        volatile Pending<Integer> next;

        @Actor
        public void sweeper(LLL_Result r) {
            r.r1 = correlator.expire();
        }

        @Actor
        public void requester(LLL_Result r) {
            r.r2 = request.cancel();
            next = Outcomes.open(correlator);
        }

        @Arbiter
        public void result(LLL_Result r) {
            Pending<Integer> second = next;
            r.r3 = second == null ? RecordingCallback.NOT_CALLED : Outcomes.tryReceive(second);
        }
    }

    /** A request is opened while the correlator is closed. */
    @JCStressTest
    @Outcome(id = "none, balance", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "failed, balance", expect = ACCEPTABLE, desc = "opened, and ended")
    @Outcome(expect = FORBIDDEN, desc = "left behind")
    @State
    public static class OpenVsClose {
        final Correlator<Integer> correlator = Requests.correlator(1);
        final RecordingCallback<Integer> callback = new RecordingCallback<>();

        @Actor
        public void requester() {
            try {
                correlator.open(null, callback);
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
            r.r1 = callback.outcome();
            r.r2 = Outcomes.books(correlator);
        }
    }

    /** Two requests, one slot. */
    @JCStressTest
    @Outcome(id = "true, false, 1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "false, true, 1, 0", expect = ACCEPTABLE, desc = "the second")
    @Outcome(expect = FORBIDDEN, desc = "the slot is shared or lost")
    @State
    public static class OpenVsOpen {
        final Correlator<Integer> correlator = Requests.correlator(1);

        @Actor
        public void one(LLLL_Result r) {
            r.r1 = Outcomes.open(correlator) != null;
        }

        @Actor
        public void other(LLLL_Result r) {
            r.r2 = Outcomes.open(correlator) != null;
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = correlator.inFlight();
            r.r4 = Outcomes.countFree(correlator);
        }
    }

    /** A request is opened while two others come and the first of them goes: the top slot is the same, not the next. */
    @JCStressTest
    @Outcome(id = "true, true, 0", expect = ACCEPTABLE, desc = "both slots taken")
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "the third came too early")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "the other came too early")
    @Outcome(expect = FORBIDDEN, desc = "a slot is shared or lost")
    @State
    public static class OpenVsReuse {
        final Correlator<Integer> correlator = Requests.correlator(2);

        @Actor
        public void one(LLL_Result r) {
            r.r1 = Outcomes.open(correlator) != null;
        }

        @Actor
        public void other(LLL_Result r) {
            Pending<Integer> first = Outcomes.open(correlator);
            r.r2 = Outcomes.open(correlator) != null;
            first.cancel();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = Outcomes.countFree(correlator);
        }
    }

    /** A request is opened while the only slot is given back. */
    @JCStressTest
    @Outcome(id = "true, true, 0", expect = ACCEPTABLE, desc = "after that")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "before that")
    @Outcome(expect = FORBIDDEN, desc = "the slot is shared or lost")
    @State
    public static class OpenVsRelease extends States.FullTable {
        @Actor
        public void opener(LLL_Result r) {
            r.r1 = Outcomes.open(correlator) != null;
        }

        @Actor
        public void holder(LLL_Result r) {
            r.r2 = holder.cancel();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = Outcomes.countFree(correlator);
        }
    }

    /** Two threads that open and end in turn. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "every slot can be opened again")
    @Outcome(expect = FORBIDDEN, desc = "a slot is shared or lost")
    @State
    public static class TurnVsTurn {
        final Correlator<Integer> correlator = Requests.correlator(2);

        @Actor
        public void one() {
            turn(correlator);
            turn(correlator);
        }

        @Actor
        public void other() {
            turn(correlator);
            turn(correlator);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = correlator.inFlight();
            r.r1 = Outcomes.countFree(correlator);
        }
    }

    private static void turn(Correlator<Integer> correlator) {
        Pending<Integer> request = Outcomes.open(correlator);
        if (request != null) {
            correlator.complete(request.ticket(), 42);
        }
    }
}
