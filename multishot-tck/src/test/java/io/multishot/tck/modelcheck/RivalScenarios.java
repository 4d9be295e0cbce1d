package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Scenario.OPEN;
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

/** Lets two or three threads contend for one round: exactly one succeeds. */
final class RivalScenarios {
    private RivalScenarios() {}

    /** Lets two threads hold the sender; the receive comes before or after them. */
    static void twoSenders(String ending, String otherEnding, boolean awaited) {
        Ending how = Ending.valueOf(ending);
        Ending otherHow = Ending.valueOf(otherEnding);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        AtomicBoolean first = new AtomicBoolean();
        Recorder callback = new Recorder();
        if (awaited) {
            receiver.receive(callback);
        }
        Thread one = start(() -> first.setPlain(how.end(sender)));
        boolean second = otherHow.end(sender);
        join(one);
        if (!awaited) {
            receiver.receive(callback);
        }
        if (how != Ending.CLOSE && otherHow != Ending.CLOSE) { // close() does not tell
            check(first.getPlain() != second, "not exactly one ended the round");
            checkCalled(callback, first.getPlain() ? how.outcome : otherHow.outcome, "callback");
        } else {
            checkEquals(1, callback.takeCalls(), "calls");
        }
    }

    /** The receiving side stops waiting while the round ends: delivered, or left for the next receive. */
    static void cancel(String ending) {
        Ending how = Ending.valueOf(ending);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        receiver.receive(callback);
        Thread thread = start(() -> check(how.end(sender), "refused"));
        boolean cancelled = callback.cancel();
        join(thread);
        if (cancelled) {
            checkNotCalled(callback, "a cancelled callback");
            checkEquals(how.outcome, tryReceive(receiver), "the next receive");
        } else {
            checkCalled(callback, how.outcome, "callback");
            checkEquals(Recorder.CLOSED, tryReceive(receiver), "the next receive");
        }
    }

    /** The receiving side revokes by the callback while the round ends. */
    static void callbackRevoke() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        receiver.receive(callback);
        AtomicBoolean sent = new AtomicBoolean();
        Thread thread = start(() -> sent.set(sender.send(new Box(VALUE))));
        boolean revoked = callback.revoke();
        Sender<Box> next = revoked ? receiver.sender() : null;
        join(thread);
        check(sent.get() != revoked, "sent: " + sent.get() + ", revoked: " + revoked);
        if (next == null) {
            checkCalled(callback, VALUE, "callback");
        } else {
            checkNotCalled(callback, "a callback that revoked");
            check(next.isOpen(), "the next round was touched");
        }
    }

    /** Another thread revokes by the receiver while the round ends and the receive registers, or waits already. */
    static void receiverRevoke(boolean waits) {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        AtomicBoolean sent = new AtomicBoolean();
        AtomicBoolean revoked = new AtomicBoolean();
        Recorder callback = new Recorder();
        if (waits) {
            receiver.receive(callback);
        }
        Thread sending = start(() -> sent.set(sender.send(new Box(VALUE))));
        Thread revoking = start(() -> revoked.set(receiver.revoke()));
        if (!waits) {
            receiver.receive(callback);
        }
        join(sending, revoking);
        check(sent.get() != revoked.get(), "sent: " + sent.get() + ", revoked: " + revoked.get());
        checkCalled(callback, sent.get() ? VALUE : Recorder.CLOSED, "callback");
    }

    /** Cancel and revoke of one callback, and the ending. */
    static void cancelAndRevoke() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        receiver.receive(callback);
        AtomicBoolean sent = new AtomicBoolean();
        AtomicBoolean revoked = new AtomicBoolean();
        Thread sending = start(() -> sent.set(sender.send(new Box(VALUE))));
        Thread revoking = start(() -> revoked.set(callback.revoke()));
        boolean cancelled = callback.cancel();
        join(sending, revoking);
        check(!(cancelled && revoked.get()), "cancelled and revoked");
        check(sent.get() != revoked.get(), "sent: " + sent.get() + ", revoked: " + revoked.get());
        if (cancelled || revoked.get()) {
            checkNotCalled(callback, "a callback that gave up");
        } else {
            checkCalled(callback, VALUE, "callback");
        }
        checkEquals(cancelled ? VALUE : Recorder.CLOSED, tryReceive(receiver), "the next receive");
    }

    /** Two receives at once, with the outcome there or on its way. */
    static void secondReceive(boolean outcomeThere) {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        if (outcomeThere) {
            sender.send(new Box(VALUE));
        }
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        Thread thread = start(() -> receiveUnlessRefused(receiver, second));
        receiveUnlessRefused(receiver, first);
        if (!outcomeThere) {
            sender.send(new Box(VALUE));
        }
        join(thread);
        int firstCalls = first.takeCalls();
        int secondCalls = second.takeCalls();
        boolean firstHasIt = firstCalls == 1 && first.outcome() == VALUE;
        boolean secondHasIt = secondCalls == 1 && second.outcome() == VALUE;
        check(firstHasIt != secondHasIt, "not exactly one has the value");
        check(firstCalls <= 1 && secondCalls <= 1, "called more than once");
        check(firstHasIt || firstCalls == 0 || first.outcome() == Recorder.CLOSED, "first: " + first.outcome());
        check(secondHasIt || secondCalls == 0 || second.outcome() == Recorder.CLOSED, "second: " + second.outcome());
    }

    private static void receiveUnlessRefused(Receiver<Box> receiver, Recorder callback) {
        try {
            receiver.receive(callback);
        } catch (IllegalStateException refused) {
            checkNotCalled(callback, "a refused callback");
        }
    }

    /** Two open the next round at once, each with its callback. */
    static void twoOpenings() {
        Receiver<Box> receiver = new Receiver<>();
        receiver.sender().send(new Box(1));
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        AtomicBoolean secondOpened = new AtomicBoolean();
        Thread thread = start(() -> secondOpened.set(openAndAnswer(receiver, second)));
        boolean firstOpened = openAndAnswer(receiver, first);
        join(thread);
        check(firstOpened || secondOpened.get(), "no thread opened");
        checkEquals(firstOpened ? 1 : 0, first.takeCalls(), "calls of the first");
        checkEquals(secondOpened.get() ? 1 : 0, second.takeCalls(), "calls of the second");
        checkEquals(Recorder.CLOSED, tryReceive(receiver), "afterwards");
    }

    private static boolean openAndAnswer(Receiver<Box> receiver, Recorder callback) {
        Sender<Box> sender = openUnlessRefused(receiver, callback);
        if (sender == null) {
            return false;
        }
        check(sender.send(new Box(VALUE)), "refused in a round of its own");
        checkEquals(VALUE, callback.outcome(), "answer");
        return true;
    }

    /** Lets two threads open the next round at once, without an outcome: exactly one of them opens it. */
    static void oneOpening() {
        Receiver<Box> receiver = new Receiver<>();
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        AtomicReference<Sender<Box>> secondSender = new AtomicReference<>();
        Thread thread = start(() -> secondSender.set(openUnlessRefused(receiver, second)));
        Sender<Box> firstSender = openUnlessRefused(receiver, first);
        join(thread);
        boolean firstOpened = firstSender != null;
        check(firstOpened != (secondSender.get() != null), "not exactly one opened the round");
        Sender<Box> sender = firstOpened ? firstSender : secondSender.get();
        check(sender.send(new Box(VALUE)), "refused");
        checkCalled(firstOpened ? first : second, VALUE, "the callback of the round");
        checkNotCalled(firstOpened ? second : first, "a refused callback");
    }

    /** One opens a round with its callback, another one receives: refused, or there was no round yet. */
    static void openingAndReceiving() {
        Receiver<Box> receiver = new Receiver<>();
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        AtomicReference<Sender<Box>> sender = new AtomicReference<>();
        Thread thread = start(() -> sender.set(receiver.sender(first)));
        receiveUnlessRefused(receiver, second);
        join(thread);
        check(sender.get().send(new Box(VALUE)), "refused");
        checkCalled(first, VALUE, "the callback of the round");
        check(
                second.takeCalls() == 0 || second.outcome() == Recorder.CLOSED,
                "the other callback: " + second.outcome());
    }

    /**
     * One thread gives up by a flag and a cancel, the other registers and reads the flag: one of them sees the other.
     */
    static void givingUp() {
        Receiver<Box> receiver = new Receiver<>();
        receiver.sender();
        Recorder callback = new Recorder();
        AtomicBoolean gaveUp = new AtomicBoolean();
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread thread = start(() -> {
            gaveUp.set(true);
            cancelled.set(callback.cancel());
        });
        receiver.receive(callback);
        boolean seen = gaveUp.get();
        join(thread);
        check(seen || cancelled.get(), "neither the flag was seen nor the callback cancelled");
    }

    private static Sender<Box> openUnlessRefused(Receiver<Box> receiver, Recorder callback) {
        try {
            Sender<Box> sender = receiver.sender(callback);
            check(sender != null, "neither opened nor refused");
            return sender;
        } catch (IllegalStateException refused) {
            return null;
        }
    }

    /** A handle of an earlier round, against the next one. */
    static void staleSender(String ending, String staleEnding) {
        Ending how = Ending.valueOf(ending);
        Ending staleHow = Ending.valueOf(staleEnding);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> stale = receiver.sender();
        Thread late = start(() -> staleHow.end(stale));
        receiver.revoke();
        Sender<Box> sender = receiver.sender();
        Recorder callback = new Recorder();
        receiver.receive(callback);
        checkNotCalled(callback, "callback of the next round");
        Thread thread = start(() -> check(how.end(sender), "refused in the next round"));
        join(late, thread);
        checkCalled(callback, how.outcome, "callback of the next round");
    }

    /** The callback opens the next round from inside, and is registered there itself. */
    static void rearmingFromInside() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Rearming callback = new Rearming(receiver);
        Thread first = start(() -> {
            try (sender) {
                check(sender.send(new Box(1)), "refused");
            }
        });
        receiver.receive(callback);
        join(first);
        checkEquals(1, callback.rounds, "rounds");
        Thread second = start(() -> check(callback.next.send(new Box(2)), "refused in the next round"));
        join(second);
        checkEquals(2, callback.rounds, "rounds");
        checkEquals(2, callback.sum - 1, "values");
    }

    /** A callback that waits for the next round as soon as it is called. */
    static final class Rearming extends io.multishot.Callback<Box> {
        private final Receiver<Box> receiver;
        private Sender<Box> next;
        private int rounds;
        private int sum;

        Rearming(Receiver<Box> receiver) {
            this.receiver = receiver;
        }

        @Override
        protected void onValue(Box value) {
            rounds++;
            sum += value.content;
            next = receiver.sender();
            receiver.receive(this);
        }

        @Override
        protected void onClosed() {
            throw new AssertionError("closed");
        }

        @Override
        protected void onFailure(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    /** A callback that is cancelled at one receiver and handed to another, while the first round ends. */
    static void callbackMoves() {
        Receiver<Box> receiver = new Receiver<>();
        Receiver<Box> other = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Sender<Box> otherSender = other.sender();
        Recorder callback = new Recorder();
        receiver.receive(callback);
        Thread thread = start(() -> check(sender.send(new Box(VALUE)), "refused though its round is open"));
        boolean moved = callback.cancel();
        if (moved) {
            other.receive(callback);
            other.close();
            check(!otherSender.isOpen(), "open though its receiver is closed");
        }
        join(thread);
        checkCalled(callback, moved ? Recorder.CLOSED : VALUE, "callback");
        checkEquals(moved ? VALUE : Recorder.CLOSED, tryReceive(receiver), "the first receiver");
        check(moved || tryReceive(other) == OPEN, "the other receiver was touched");
    }

    /**
     * Two openings that discard nothing: one of them has the round, and an outcome that comes meanwhile is still
     * received.
     */
    static void twoTries(boolean waits) {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> first = receiver.sender();
        Recorder callback = new Recorder();
        Thread thread = start(() -> check(first.send(new Box(VALUE)), "refused"));
        Sender<Box> early = receiver.trySender(waits ? callback : null);
        check(early == null, "opened though the round before was not received");
        join(thread);
        checkEquals(VALUE, tryReceive(receiver), "first round");
        Thread rival = start(() -> {
            Sender<Box> next = receiver.trySender(null);
            if (next != null) {
                check(next.send(new Box(13)), "refused in the next round");
            }
        });
        Sender<Box> next = receiver.trySender(waits ? callback : null);
        if (next != null) {
            check(next.send(new Box(14)), "refused in the next round");
        }
        join(rival);
        if (waits && next != null) {
            checkCalled(callback, 14, "callback");
        } else {
            checkEquals(next == null ? 13 : 14, tryReceive(receiver), "next round");
            checkNotCalled(callback, "callback");
        }
    }
}
