package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Scenario.VALUE;
import static io.multishot.tck.modelcheck.Scenario.check;
import static io.multishot.tck.modelcheck.Scenario.checkCalled;
import static io.multishot.tck.modelcheck.Scenario.checkEquals;
import static io.multishot.tck.modelcheck.Scenario.checkNotCalled;
import static io.multishot.tck.modelcheck.Scenario.join;
import static io.multishot.tck.modelcheck.Scenario.start;
import static io.multishot.tck.modelcheck.Scenario.tryReceive;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes the receiver in another thread: no receive waits any more, and no live sender is left behind. */
final class CloseScenarios {
    private CloseScenarios() {}

    /** While a value comes and a receive registers. */
    static void sendAndReceive() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        AtomicBoolean sent = new AtomicBoolean();
        Thread sending = start(() -> sent.set(sender.send(new Box(VALUE))));
        Thread closing = start(receiver::close);
        Recorder callback = new Recorder();
        receiver.receive(callback);
        join(sending, closing);
        checkEquals(1, callback.takeCalls(), "calls");
        if (callback.outcome() == VALUE) {
            check(sent.get(), "delivered, but refused");
        } else {
            checkEquals(Recorder.CLOSED, callback.outcome(), "outcome");
        }
        checkRefusedAndEmpty(receiver, sender);
    }

    /** While a receive registers. */
    static void receiving() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Thread closing = start(receiver::close);
        Recorder callback = new Recorder();
        receiver.receive(callback);
        join(closing);
        checkCalled(callback, Recorder.CLOSED, "callback");
        checkRefusedAndEmpty(receiver, sender);
    }

    /** While a waiting callback is cancelled and the value comes. */
    static void sendAndCancel() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        receiver.receive(callback);
        Thread sending = start(() -> sender.send(new Box(VALUE)));
        Thread closing = start(receiver::close);
        boolean cancelled = callback.cancel();
        join(sending, closing);
        checkEquals(cancelled ? 0 : 1, callback.takeCalls(), "calls");
        checkRefusedAndEmpty(receiver, sender);
    }

    /** While the next round is opened on a fresh sender, and a receive registers in it. */
    static void opening() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> last = receiver.sender();
        last.close();
        Recorder callback = new Recorder();
        AtomicBoolean sentAfterClose = new AtomicBoolean();
        Thread closing = start(() -> {
            receiver.close();
            sentAfterClose.set(last.send(new Box(VALUE)));
        });
        Sender<Box> next = openUnlessClosed(() -> receiver.sender());
        if (next != null) {
            receiver.receive(callback);
        }
        join(closing);
        check(!sentAfterClose.get(), "an old sender was accepted");
        checkEquals(next == null ? 0 : 1, callback.takeCalls(), "calls");
        if (next != null) {
            checkRefusedAndEmpty(receiver, next);
        }
    }

    /** While the sender is recycled, which the closing thread uses as soon as its close has returned. */
    static void recycling(boolean receives) {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        sender.close();
        Recorder callback = new Recorder();
        Thread closing = start(() -> {
            receiver.close();
            check(!sender.isOpen(), "open after the close");
            check(!sender.send(new Box(VALUE)), "accepted after the close");
        });
        Sender<Box> recycled = openUnlessClosed(() -> receiver.recycle(sender));
        if (recycled != null && receives) {
            receiver.receive(callback);
        }
        join(closing);
        checkEquals(recycled != null && receives ? 1 : 0, callback.takeCalls(), "calls");
        checkRefusedAndEmpty(receiver, sender);
    }

    /** While the next round is opened and answered by the receiving thread itself: an accepted value is released. */
    static void openingAndSending(boolean inPlace) {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> last = receiver.sender();
        last.close();
        Thread closing = start(receiver::close);
        Sender<Box> next = openUnlessClosed(() -> inPlace ? receiver.recycle(last) : receiver.sender());
        if (next != null) {
            next.send(new Box(VALUE));
        }
        join(closing);
        if (next != null) {
            checkRefusedAndEmpty(receiver, next);
        }
    }

    /** While the next round is opened with a callback that waits already. */
    static void openingWithCallback() {
        Receiver<Box> receiver = new Receiver<>();
        Recorder callback = new Recorder();
        Thread closing = start(receiver::close);
        Sender<Box> next = openUnlessClosed(() -> receiver.sender(callback));
        join(closing);
        if (next == null) {
            checkNotCalled(callback, "the callback of a refused opening");
        } else {
            checkCalled(callback, Recorder.CLOSED, "callback");
            checkRefusedAndEmpty(receiver, next);
        }
    }

    /** While the last round, with its value, is recycled with a callback that waits already. */
    static void recyclingWithCallback() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        sender.send(new Box(VALUE));
        Recorder callback = new Recorder();
        Thread closing = start(() -> {
            receiver.close();
            check(!sender.isOpen(), "open after the close");
            check(!sender.send(new Box(VALUE)), "accepted after the close");
        });
        Sender<Box> recycled = openUnlessClosed(() -> receiver.recycle(sender, callback));
        join(closing);
        if (recycled == null) {
            checkNotCalled(callback, "the callback of a refused opening");
        } else {
            checkCalled(callback, Recorder.CLOSED, "callback");
        }
        checkRefusedAndEmpty(receiver, sender);
    }

    private static Sender<Box> openUnlessClosed(java.util.function.Supplier<Sender<Box>> opening) {
        try {
            return opening.get();
        } catch (IllegalStateException closed) {
            return null;
        }
    }

    private static void checkRefusedAndEmpty(Receiver<Box> receiver, Sender<Box> sender) {
        check(!sender.isOpen(), "open though its receiver is closed");
        check(!sender.send(new Box(VALUE)), "accepted though its receiver is closed");
        check(!sender.toString().contains("value"), "a value outlived the close");
        checkEquals(Recorder.CLOSED, tryReceive(receiver), "a receive after the close");
    }
}
