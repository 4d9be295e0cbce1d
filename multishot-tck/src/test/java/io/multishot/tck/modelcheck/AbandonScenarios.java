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

/** The hook of the sending side: it runs once if the receiving side gives the round up, and never otherwise. */
final class AbandonScenarios {
    private AbandonScenarios() {}

    /** Counts its runs; plain, so that a missing happens-before is a data race. */
    private static final class Hook implements Runnable {
        private int runs;

        @Override
        public void run() {
            runs++;
        }
    }

    /** Registers a hook: in time, it runs; otherwise the registration returns false. */
    static void revoke(boolean byClose, boolean waits) {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        if (waits) {
            receiver.receive(callback);
        }
        Thread thread = start(() -> {
            if (byClose) {
                receiver.close();
            } else {
                check(receiver.revoke(), "nothing revoked");
            }
        });
        Hook hook = new Hook();
        boolean registered = sender.onAbandoned(hook);
        join(thread);
        checkEquals(registered ? 1 : 0, hook.runs, "runs of the hook");
        check(!sender.send(new Box(VALUE)), "accepted");
        if (waits) {
            checkCalled(callback, Recorder.CLOSED, "callback");
        }
    }

    /** A close of the receiver that does not find the sender, because it is being opened, leaves no hook behind. */
    static void opening() {
        Receiver<Box> receiver = new Receiver<>();
        Thread thread = start(receiver::close);
        Hook hook = new Hook();
        boolean registered = false;
        try {
            registered = receiver.sender().onAbandoned(hook);
        } catch (IllegalStateException closed) {
            check(receiver.isClosed(), "refused, but open");
        }
        join(thread);
        checkEquals(registered ? 1 : 0, hook.runs, "runs of the hook");
    }

    /** A round that the sender ends is not given up; and no value is lost. */
    static void ending(String ending) {
        Scenario.Ending how = Scenario.Ending.valueOf(ending);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Hook hook = new Hook();
        Thread thread = start(() -> sender.onAbandoned(hook));
        check(how.end(sender), "refused");
        checkEquals(how.outcome, tryReceive(receiver), "outcome");
        receiver.close();
        join(thread);
        checkEquals(0, hook.runs, "runs of the hook");
    }

    /** Registering, or taking back, a callback keeps the hook; registering a hook keeps the callback. */
    static void callback(boolean cancels) {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        Hook hook = new Hook();
        if (cancels) {
            receiver.receive(callback);
        }
        Thread thread = start(() -> check(sender.onAbandoned(hook), "not registered"));
        if (cancels) {
            check(callback.cancel(), "not cancelled");
        } else {
            receiver.receive(callback);
        }
        join(thread);
        check(receiver.revoke(), "nothing revoked");
        checkEquals(1, hook.runs, "runs of the hook");
        if (cancels) {
            checkNotCalled(callback, "callback");
        } else {
            checkCalled(callback, Recorder.CLOSED, "callback");
        }
    }

    /** The callback revokes its round. */
    static void callbackRevoke() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        receiver.receive(callback);
        Thread thread = start(() -> check(callback.revoke(), "nothing revoked"));
        Hook hook = new Hook();
        boolean registered = sender.onAbandoned(hook);
        join(thread);
        checkEquals(registered ? 1 : 0, hook.runs, "runs of the hook");
        checkNotCalled(callback, "callback");
    }

    /** A hook, a send, and a receiver that gives up: the value or the hook, never both, never neither. */
    static void sendAndRevoke() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Hook hook = new Hook();
        check(sender.onAbandoned(hook), "not registered");
        Recorder callback = new Recorder();
        receiver.receive(callback);
        boolean[] sent = new boolean[1];
        Thread thread = start(() -> sent[0] = sender.send(new Box(VALUE)));
        boolean revoked = callback.revoke();
        join(thread);
        check(sent[0] != revoked, "sent " + sent[0] + " and revoked " + revoked);
        checkEquals(revoked ? 1 : 0, hook.runs, "runs of the hook");
        if (sent[0]) {
            checkCalled(callback, VALUE, "callback");
            checkEquals(Recorder.CLOSED, tryReceive(receiver), "what is left");
        } else {
            checkNotCalled(callback, "callback");
        }
    }
}
