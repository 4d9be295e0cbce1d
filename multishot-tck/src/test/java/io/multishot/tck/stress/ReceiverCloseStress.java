package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.multishot.Receiver;
import io.multishot.Sender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** The receiver is closed by another thread while its own thread, or a sender, is at work (S3, R3, R10, X1-X4, N6). */
public class ReceiverCloseStress {

    /** No receive waits. */
    @JCStressTest
    @Outcome(id = "true, closed", expect = ACCEPTABLE, desc = "accepted, then released by the close")
    @Outcome(id = "false, closed", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "a value outlived the close")
    @State
    public static class CloseVsSend extends States.OpenRound {
        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void closer() {
            receiver.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = Outcomes.tryReceive(receiver);
        }
    }

    /** A callback waits. */
    @JCStressTest
    @Outcome(id = "true, 42", expect = ACCEPTABLE, desc = "delivered before the close")
    @Outcome(id = "false, closed", expect = ACCEPTABLE, desc = "refused; the callback is told")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled, or not told")
    @State
    public static class CloseVsSendAwaited extends States.AwaitedRound {
        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(42);
        }

        @Actor
        public void closer() {
            receiver.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = callback.outcome();
        }
    }

    /** The callback registers at that moment. */
    @JCStressTest
    @Outcome(
            id = "closed, false",
            expect = ACCEPTABLE,
            desc = "told once, by the one or the other; the sender is refused")
    @Outcome(expect = FORBIDDEN, desc = "left waiting, told twice, or a live sender left behind")
    @State
    public static class CloseVsReceive extends States.OpenRound {
        @Actor
        public void receiver() {
            receiver.receive(callback);
        }

        @Actor
        public void closer() {
            receiver.close();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = callback.outcome();
            r.r2 = sender.send(42);
        }
    }

    /** A fresh sender is opened at that moment. */
    @JCStressTest
    @Outcome(id = "thrown", expect = ACCEPTABLE, desc = "opened after the close")
    @Outcome(id = "refused", expect = ACCEPTABLE, desc = "opened before or during the close, and refused")
    @Outcome(expect = FORBIDDEN, desc = "a live sender left behind")
    @State
    public static class CloseVsSender {
        final Receiver<Integer> receiver = new Receiver<>();
        Sender<Integer> sender;

        @Actor
        public void receiver() {
            try {
                sender = receiver.sender();
            } catch (IllegalStateException closed) {
                sender = null;
            }
        }

        @Actor
        public void closer() {
            receiver.close();
        }

        @Arbiter
        public void result(L_Result r) {
            r.r1 = sender == null ? "thrown" : sender.isOpen() || sender.send(42) ? "live" : "refused";
        }
    }

    /** The sender is recycled at that moment, and used by the closing thread as soon as its close has returned. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "refused from the close on")
    @Outcome(expect = FORBIDDEN, desc = "accepted after the close")
    @State
    public static class CloseThenSendVsRecycle extends States.OpenRound {
        public CloseThenSendVsRecycle() {
            sender.close();
        }

        @Actor
        public void receiver() {
            try {
                receiver.recycle(sender);
            } catch (IllegalStateException closed) {
                // as it should be
            }
        }

        @Actor
        public void closer(LL_Result r) {
            receiver.close();
            r.r1 = sender.send(42);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = sender.isOpen() || sender.send(42);
        }
    }

    /** The same with a callback that is registered in one step, where the last value was not received. */
    @JCStressTest
    @Outcome(id = "false, closed", expect = ACCEPTABLE, desc = "refused from the close on, and the callback told")
    @Outcome(id = "false, none", expect = ACCEPTABLE, desc = "closed before the recycle: nothing was registered")
    @Outcome(expect = FORBIDDEN, desc = "accepted after the close, or left waiting")
    @State
    public static class CloseThenSendVsRecycleWithCallback extends States.OpenRound {
        public CloseThenSendVsRecycleWithCallback() {
            sender.send(1);
        }

        @Actor
        public void receiver() {
            try {
                receiver.recycle(sender, callback);
            } catch (IllegalStateException closed) {
                // as it should be
            }
        }

        @Actor
        public void closer(LL_Result r) {
            receiver.close();
            r.r1 = sender.send(42);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = callback.outcome();
        }
    }

    /** Closing while the round is revoked and its callback cancelled. */
    @JCStressTest
    @Outcome(id = "true, none, false", expect = ACCEPTABLE, desc = "cancelled; the sender is refused")
    @Outcome(id = "false, closed, false", expect = ACCEPTABLE, desc = "too late to cancel; the callback is told")
    @Outcome(expect = FORBIDDEN, desc = "told after cancel, not told, or a live sender left behind")
    @State
    public static class CloseVsCancel extends States.AwaitedRound {
        @Actor
        public void canceller(LLL_Result r) {
            r.r1 = callback.cancel();
        }

        @Actor
        public void closer() {
            receiver.close();
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = callback.outcome();
            r.r3 = sender.send(42);
        }
    }
}
