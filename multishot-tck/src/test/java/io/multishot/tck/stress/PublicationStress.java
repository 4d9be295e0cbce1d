package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.multishot.Callback;
import io.multishot.Receiver;
import io.multishot.Sender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** One side's plain writes are visible to the other. */
public class PublicationStress {
    private static final int NOTHING_YET = -1;

    /** Filled by plain writes. */
    static final class Box {
        int content;
    }

    /** The value's own fields, to a receiver that looks. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "nothing received yet")
    @Outcome(id = "42", expect = ACCEPTABLE, desc = "received whole")
    @Outcome(expect = FORBIDDEN, desc = "received half-made")
    @State
    public static class ValueToLooking {
        final Receiver<Box> receiver = new Receiver<>();
        final Sender<Box> sender = receiver.sender();

        @Actor
        public void sender() {
            Box box = new Box();
            box.content = 42;
            sender.send(box);
        }

        @Actor
        public void receiver(I_Result r) {
            Box box = receiver.tryReceive();
            r.r1 = box == null ? NOTHING_YET : box.content;
        }
    }

    /** The value's fields to a callback, and the callback's fields to the thread that calls it. */
    @JCStressTest
    @Outcome(id = "42, 7", expect = ACCEPTABLE, desc = "both whole, whoever called it")
    @Outcome(expect = FORBIDDEN, desc = "half-made, or not called")
    @State
    public static class ValueToCallback {
        final Receiver<Box> receiver = new Receiver<>();
        final Sender<Box> sender = receiver.sender();
        int received = NOTHING_YET;
        int kept = NOTHING_YET;

        final class Keeping extends Callback<Box> {
            int own;

            @Override
            protected void onValue(Box box) {
                received = box.content;
                kept = own;
            }

            @Override
            protected void onClosed() {}

            @Override
            protected void onFailure(Throwable cause) {}
        }

        @Actor
        public void sender() {
            Box box = new Box();
            box.content = 42;
            sender.send(box);
        }

        @Actor
        public void receiver() {
            Keeping callback = new Keeping();
            callback.own = 7;
            receiver.receive(callback);
        }

        @Arbiter
        public void result(II_Result r) {
            r.r1 = received;
            r.r2 = kept;
        }
    }

    /** Writes of the receiving thread before sender(), for a thread that finds the sender by a race and asks it. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "no sender yet")
    @Outcome(id = "42", expect = ACCEPTABLE, desc = "the sender is open, and what came before it is visible")
    @Outcome(expect = FORBIDDEN, desc = "the sender is open, but what came before it is not visible")
    @State
    public static class ReceiverToSender {
        final Receiver<Box> receiver = new Receiver<>();
        final Box before = new Box();
        Sender<Box> handedOver;

        @Actor
        public void receiver() {
            before.content = 42;
            handedOver = receiver.sender();
        }

        @Actor
        public void sender(I_Result r) {
            Sender<Box> sender = handedOver;
            r.r1 = sender != null && sender.isOpen() ? before.content : NOTHING_YET;
        }
    }

    /** The same for a recycled sender. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not open yet")
    @Outcome(id = "42", expect = ACCEPTABLE, desc = "the sender is open, and what came before it is visible")
    @Outcome(expect = FORBIDDEN, desc = "the sender is open, but what came before it is not visible")
    @State
    public static class ReceiverToRecycledSender {
        final Receiver<Box> receiver = new Receiver<>();
        final Sender<Box> sender = receiver.sender();
        final Box before = new Box();

        public ReceiverToRecycledSender() {
            sender.close();
        }

        @Actor
        public void receiver() {
            before.content = 42;
            receiver.recycle(sender);
        }

        @Actor
        public void sender(I_Result r) {
            r.r1 = sender.isOpen() ? before.content : NOTHING_YET;
        }
    }

    /** The fresh sender itself, handed over by a data race while a callback registers. */
    @JCStressTest
    @Outcome(id = "null, none", expect = ACCEPTABLE, desc = "not handed over yet")
    @Outcome(id = "true, 42", expect = ACCEPTABLE, desc = "handed over whole: it ends the round")
    @Outcome(expect = FORBIDDEN, desc = "handed over half-made")
    @State
    public static class RacyHandOver {
        final Receiver<Integer> receiver = new Receiver<>();
        final RecordingCallback<Integer> callback = new RecordingCallback<>();
        Sender<Integer> handedOver;

        @Actor
        public void receiver() {
            handedOver = receiver.sender();
            receiver.receive(callback);
        }

        @Actor
        public void sender(LL_Result r) {
            Sender<Integer> sender = handedOver;
            r.r1 = sender == null ? null : sender.send(42);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = callback.outcome();
        }
    }
}
