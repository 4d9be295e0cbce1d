package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A value, and the receive that is to have it, whichever comes first (S1, S2, R2, R6, T2, T4). */
public class SendVsReceiveStress {

    /** By callback, on a fresh sender. */
    @JCStressTest
    @Outcome(id = "true, 42", expect = ACCEPTABLE, desc = "delivered once, whoever came first")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled or refused")
    @State
    public static class ByCallback extends States.OpenRound {
        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void receiver() {
            receiver.receive(callback);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = callback.outcome();
        }
    }

    /** The same on a recycled sender and with a callback that was used before. */
    @JCStressTest
    @Outcome(id = "true, 41 and 42", expect = ACCEPTABLE, desc = "each round's value once, in order")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled or refused")
    @State
    public static class ByCallbackRecycled extends States.OpenRound {
        public ByCallbackRecycled() {
            sender.send(41);
            receiver.receive(callback);
            receiver.recycle(sender);
        }

        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void receiver() {
            receiver.receive(callback);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = callback.outcome();
        }
    }

    /** By looking, once during the send and once after it. */
    @JCStressTest
    @Outcome(id = "true, open, 42", expect = ACCEPTABLE, desc = "looked before the send; the value waits")
    @Outcome(id = "true, 42, closed", expect = ACCEPTABLE, desc = "looked after the send; the round is over")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled or refused")
    @State
    public static class ByLooking extends States.OpenRound {
        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void receiver(LLL_Result r) {
            r.r2 = Outcomes.tryReceive(receiver);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = Outcomes.tryReceive(receiver);
        }
    }

    /** As a future. */
    @JCStressTest
    @Outcome(id = "true, 42", expect = ACCEPTABLE, desc = "the future has the value")
    @Outcome(expect = FORBIDDEN, desc = "lost or refused")
    @State
    public static class ByFuture extends States.OpenRound {
        CompletableFuture<Integer> future;

        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void receiver() {
            future = receiver.receiveAsync();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = future.getNow(-1);
        }
    }

    /** The future is cancelled from outside at the same time. */
    @JCStressTest
    @Outcome(id = "true, false, 42", expect = ACCEPTABLE, desc = "the value came first; the future has it")
    @Outcome(
            id = "true, true, 42",
            expect = ACCEPTABLE,
            desc = "the cancel came first; the value waits for the next receive")
    @Outcome(expect = FORBIDDEN, desc = "lost or refused")
    @State
    public static class FutureCancelled extends States.OpenRound {
        final CompletableFuture<Integer> future = receiver.receiveAsync();

        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void canceller(LLL_Result r) {
            r.r2 = future.cancel(false);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r3 = future.isCancelled() ? Outcomes.tryReceive(receiver) : future.getNow(-1);
        }
    }

    /** Two receives that follow each other, the second with another callback after cancelling the first. */
    @JCStressTest
    @Outcome(id = "true, 42, none", expect = ACCEPTABLE, desc = "the first callback got it before it was cancelled")
    @Outcome(id = "true, 42, closed", expect = ACCEPTABLE, desc = "the same; the second found the round over")
    @Outcome(id = "true, none, 42", expect = ACCEPTABLE, desc = "cancelled in time; the second got it")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled or refused")
    @State
    public static class ChangeOfCallback extends States.OpenRound {
        final RecordingCallback<Integer> first = new RecordingCallback<>();
        final RecordingCallback<Integer> second = new RecordingCallback<>();

        @Actor
        public void sender(LLL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void receiver() {
            receiver.receive(first);
            if (first.cancel()) {
                receiver.receive(second);
            }
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = first.outcome();
            r.r3 = second.outcome();
        }
    }
}
