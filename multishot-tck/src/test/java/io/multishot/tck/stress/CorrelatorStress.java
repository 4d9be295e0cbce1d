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
import org.openjdk.jcstress.infra.results.LL_Result;

/** One request of a correlator, and two threads that end or receive it: exactly one ending, notified once. */
public class CorrelatorStress {
    /** A reply that comes twice. */
    @JCStressTest
    @Outcome(id = "DELIVERED, DUPLICATE, 42, balance", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "DUPLICATE, DELIVERED, 43, balance", expect = ACCEPTABLE, desc = "the second")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CompleteVsComplete extends States.AwaitedRequest {
        @Actor
        public void replier(LLLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void doubler(LLLL_Result r) {
            r.r2 = correlator.complete(request.ticket(), 43);
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.books(correlator);
        }
    }

    /** The request is given up. */
    @JCStressTest
    @Outcome(id = "DELIVERED, false, 42, balance", expect = ACCEPTABLE, desc = "delivered")
    @Outcome(id = "LATE, true, closed, balance", expect = ACCEPTABLE, desc = "cancelled; the reply is late")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CompleteVsCancel extends States.AwaitedRequest {
        @Actor
        public void replier(LLLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void canceller(LLLL_Result r) {
            r.r2 = request.cancel();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.books(correlator);
        }
    }

    /** Its deadline passes. */
    @JCStressTest
    @Outcome(id = "DELIVERED, 0, 42, balance", expect = ACCEPTABLE, desc = "delivered")
    @Outcome(id = "LATE, 1, failed, balance", expect = ACCEPTABLE, desc = "timed out; the reply is late")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CompleteVsExpire extends States.AwaitedRequest {
        @Actor
        public void replier(LLLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void sweeper(LLLL_Result r) {
            r.r2 = correlator.expire();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.books(correlator);
        }
    }

    /** All requests are failed. */
    @JCStressTest
    @Outcome(id = "DELIVERED, 0, 42, balance", expect = ACCEPTABLE, desc = "delivered")
    @Outcome(id = "LATE, 1, failed, balance", expect = ACCEPTABLE, desc = "failed; the reply is late")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CompleteVsFailAll extends States.AwaitedRequest {
        @Actor
        public void replier(LLLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void failer(LLLL_Result r) {
            r.r2 = correlator.failAll(Requests.CAUSE);
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.books(correlator);
        }
    }

    /** The callback gives the request up. */
    @JCStressTest
    @Outcome(id = "DELIVERED, false, 42, balance", expect = ACCEPTABLE, desc = "delivered")
    @Outcome(id = "LATE, true, none, balance", expect = ACCEPTABLE, desc = "revoked; the reply is late")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CompleteVsRevoke extends States.AwaitedRequest {
        @Actor
        public void replier(LLLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void revoker(LLLL_Result r) {
            r.r2 = callback.revoke();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.books(correlator);
        }
    }

    /** Both without a reply. */
    @JCStressTest
    @Outcome(id = "true, 0, closed, balance", expect = ACCEPTABLE, desc = "cancelled")
    @Outcome(id = "false, 1, failed, balance", expect = ACCEPTABLE, desc = "timed out")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CancelVsExpire extends States.AwaitedRequest {
        @Actor
        public void canceller(LLLL_Result r) {
            r.r1 = request.cancel();
        }

        @Actor
        public void sweeper(LLLL_Result r) {
            r.r2 = correlator.expire();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.books(correlator);
        }
    }

    /** The correlator is closed. */
    @JCStressTest
    @Outcome(id = "DELIVERED, 42, balance", expect = ACCEPTABLE, desc = "delivered")
    @Outcome(id = "LATE, failed, balance", expect = ACCEPTABLE, desc = "closed; the reply is late")
    @Outcome(expect = FORBIDDEN, desc = "not exactly one ended the request, or the books do not balance")
    @State
    public static class CompleteVsClose extends States.AwaitedRequest {
        @Actor
        public void replier(LLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void closer() {
            correlator.close();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = callback.outcome();
            r.r3 = Outcomes.books(correlator);
        }
    }

    /** It is closed twice. */
    @JCStressTest
    @Outcome(id = "failed, balance", expect = ACCEPTABLE, desc = "told once")
    @Outcome(expect = FORBIDDEN, desc = "told twice or not at all, or the books do not balance")
    @State
    public static class CloseVsClose extends States.AwaitedRequest {
        @Actor
        public void closer() {
            correlator.close();
        }

        @Actor
        public void other() {
            correlator.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = callback.outcome();
            r.r2 = Outcomes.books(correlator);
        }
    }

    /** Giving up the wait leaves the request unchanged. */
    @JCStressTest
    @Outcome(id = "DELIVERED, false, 42, refused", expect = ACCEPTABLE, desc = "delivered; too late to cancel")
    @Outcome(
            id = "DELIVERED, true, none, 42",
            expect = ACCEPTABLE,
            desc = "cancelled; the value waits for the next receive")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled, refused, or called after cancel")
    @State
    public static class CompleteVsCallbackCancel extends States.AwaitedRequest {
        @Actor
        public void replier(LLLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void canceller(LLLL_Result r) {
            r.r2 = callback.cancel();
        }

        @Arbiter
        public void result(LLLL_Result r) {
            r.r3 = callback.outcome();
            r.r4 = Outcomes.tryReceive(request);
        }
    }

    /** A callback begins to wait. */
    @JCStressTest
    @Outcome(id = "DELIVERED, 42, balance", expect = ACCEPTABLE, desc = "delivered")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    @State
    public static class CompleteVsReceive extends States.OpenRequest {
        @Actor
        public void replier(LLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void receiver() {
            request.receive(callback);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = callback.outcome();
            r.r3 = Outcomes.books(correlator);
        }
    }

    /** A thread waits. */
    @JCStressTest
    @Outcome(id = "DELIVERED, 42, balance", expect = ACCEPTABLE, desc = "woken, or never parked")
    @Outcome(expect = FORBIDDEN, desc = "lost")
    @State
    public static class CompleteVsBlockingReceive extends States.OpenRequest {
        @Actor
        public void replier(LLL_Result r) {
            r.r1 = correlator.complete(request.ticket(), 42);
        }

        @Actor
        public void receiver(LLL_Result r) {
            r.r2 = Outcomes.receive(request);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = Outcomes.books(correlator);
        }
    }
}
