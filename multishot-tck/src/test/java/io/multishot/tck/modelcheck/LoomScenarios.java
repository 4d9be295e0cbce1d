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
import io.multishot.tck.modelcheck.Scenario.Ending;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** The cases that the Rust original runs under Loom, each ended by send, by close and by fail, and two more. */
final class LoomScenarios {
    private LoomScenarios() {}

    /** Checks that the thread that ends the round calls the callback, or the receive finds the outcome. */
    static void notification(String ending) {
        Ending how = Ending.valueOf(ending);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        AtomicBoolean ended = new AtomicBoolean();
        Thread thread = start(() -> {
            check(how.end(sender), "refused");
            ended.setRelease(true);
        });
        Recorder callback = new Recorder();
        receiver.receive(callback);
        boolean wasEnded = ended.getAcquire();
        int calls = callback.takeCalls();
        if (calls == 0) {
            check(!wasEnded, "ended, but the callback was not called");
            join(thread);
            checkCalled(callback, how.outcome, "callback");
        } else {
            checkEquals(1, calls, "calls");
            checkEquals(how.outcome, callback.outcome(), "outcome");
            join(thread);
            checkNotCalled(callback, "callback, again");
        }
    }

    /**
     * The callback is changed while the round ends (by Loom twice): the one that is registered is called, and no other.
     */
    static void changeOfCallback(String ending, int changes) {
        Ending how = Ending.valueOf(ending);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Thread thread = start(() -> check(how.end(sender), "refused"));
        Recorder[] callbacks = {new Recorder(), new Recorder()};
        int registered = 0;
        receiver.receive(callbacks[0]);
        for (int change = 1; change <= changes && callbacks[registered].cancel(); change++) {
            registered = change % 2;
            receiver.receive(callbacks[registered]);
        }
        join(thread);
        checkCalled(callbacks[registered], how.outcome, "the last callback");
        checkNotCalled(callbacks[1 - registered], "the other callback");
    }

    /** As soon as the outcome was received, the next round opens, and works. */
    static void recycling(String ending, boolean inPlace) {
        Ending how = Ending.valueOf(ending);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Thread thread = start(() -> check(how.end(sender), "refused"));
        int first = tryReceive(receiver);
        if (first == Scenario.OPEN) {
            first = tryReceive(receiver);
        }
        if (first != Scenario.OPEN) {
            checkEquals(how.outcome, first, "first round");
            Sender<Box> next = inPlace ? receiver.recycle(sender) : receiver.sender();
            Thread second = start(() -> check(next.send(new Box(13)), "refused in the next round"));
            Recorder callback = new Recorder();
            receiver.receive(callback);
            join(second);
            checkCalled(callback, 13, "callback of the next round");
        }
        join(thread);
    }

    /**
     * The next round is opened without receiving: only that the old round is over orders the receiver after its sender.
     */
    static void recyclingWithoutReceiving(String ending, boolean inPlace) {
        Ending how = Ending.valueOf(ending);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Box shared = new Box(1);
        Thread thread = start(() -> {
            shared.content = 2;
            how.end(sender);
        });
        boolean over = !sender.isOpen();
        Sender<Box> next = over && inPlace ? receiver.recycle(sender) : receiver.trySender();
        if (next != null) {
            checkEquals(2, shared.content, "what the old sender's holder wrote");
            next.close();
            checkEquals(Recorder.CLOSED, tryReceive(receiver), "the next round");
        }
        join(thread);
    }

    /** Checks that the receiver's writes before a recycle are visible to a thread that finds the sender open again. */
    static void recyclingPublishes() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        sender.close();
        Box before = new Box(1);
        Thread thread = start(() -> {
            if (sender.isOpen()) {
                checkEquals(2, before.content, "what the receiver wrote before the recycle");
                check(sender.send(new Box(VALUE)), "refused");
            }
        });
        before.content = 2;
        receiver.recycle(sender);
        join(thread);
        int found = tryReceive(receiver);
        check(found == VALUE || found == Scenario.OPEN, "found " + found);
    }

    /** The same of a recycle with a callback that waits already: it is called if the sender is found open. */
    static void recyclingWithCallback() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        sender.send(new Box(13));
        Box before = new Box(1);
        AtomicBoolean sent = new AtomicBoolean();
        Thread thread = start(() -> {
            if (sender.isOpen()) {
                checkEquals(2, before.content, "what the receiver wrote before the recycle");
            }
            sent.setPlain(sender.send(new Box(VALUE)));
        });
        Recorder callback = new Recorder();
        before.content = 2;
        receiver.recycle(sender, callback);
        join(thread);
        if (sent.getPlain()) {
            checkCalled(callback, VALUE, "callback");
        } else {
            checkNotCalled(callback, "the callback of a round that is open");
            check(sender.send(new Box(VALUE)), "refused");
        }
    }

    /**
     * A fresh sender is whole for a thread that reads it by a data race, as if its state were final. The
     * acquire stands for the order of dependent loads, which the explorer does not know.
     */
    static void handOverWithoutOrder() {
        Receiver<Box> receiver = new Receiver<>();
        AtomicReference<Sender<Box>> handed = new AtomicReference<>();
        Thread thread = start(() -> {
            Sender<Box> sender = handed.getAcquire();
            if (sender != null) {
                check(sender.send(new Box(VALUE)), "refused");
            }
        });
        handed.setOpaque(receiver.sender());
        join(thread);
        int found = tryReceive(receiver);
        check(found == VALUE || found == Scenario.OPEN, "found " + found);
    }
}
