package io.multishot.tck.mutation;

import java.util.List;

/** Mutants of the receiver. */
final class ReceiverMutants {
    private ReceiverMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "trySender(OutcomeHandler) opens although an outcome was not received",
                        "the outcome is lost",
                        "if (last != null && !last.isOver()) {",
                        "if (last != null && last.isLive()) {",
                        "Rival.twoTries[false]"),
                mutant(
                        "trySender(OutcomeHandler) opens although another opening was first",
                        "a round is lost, with the value that is sent in it",
                        "if (!casCurrent(last, next)) { return null; }",
                        "casCurrent(last, next);",
                        "Rival.twoTries[false]"),
                mutant(
                        "register by a store",
                        "the outcome that comes meanwhile is lost, and with it the wake-up",
                        "Object witness = sender.compareAndExchangeState(now, HookedState.rewrap(now, handler));",
                        "Object witness = now; sender.setStateRelease(handler);",
                        "Loom.notification[SEND]"),
                mutant(
                        "register forgets the hook of the sending side",
                        "work goes on whose result is not wanted any more",
                        "HookedState.rewrap(now, handler)",
                        "handler",
                        "Abandon.callback[false]"),
                mutant(
                        "the handler is not bound to the receiver",
                        "it cannot be cancelled",
                        "handler.bind(this);",
                        "",
                        "Rival.givingUp[]"),
                mutant(
                        "take by a store",
                        "two receives at once both get the outcome",
                        "now = sender.compareAndExchangeState(outcome, Outcome.TAKEN);",
                        "sender.setStateRelease(Outcome.TAKEN);",
                        "Rival.secondReceive[true]"),
                mutant(
                        "deliver before the take",
                        "a callback that receives again from inside is called twice",
                        """
                        now = sender.compareAndExchangeState(outcome, Outcome.TAKEN);
                        if (now == outcome) { Outcome.deliver(outcome, handler); return; }
                        """,
                        """
                        Outcome.deliver(outcome, handler);
                        now = sender.compareAndExchangeState(outcome, Outcome.TAKEN);
                        if (now == outcome) { return; }
                        """,
                        "Rival.rearmingFromInside[]"),
                mutant(
                        "tryReceive leaves the outcome",
                        "the outcome is received twice",
                        "sender.setStateRelease(Outcome.TAKEN);",
                        "",
                        "Blocking.timeout[]"),
                mutant(
                        "cancel and revoke of a callback by check, then store",
                        "the outcome that comes meanwhile is lost, or comes though the callback was cancelled",
                        "return sender != null && sender.endWait(handler, revoke ? Outcome.REVOKED : this);",
                        """
                        if (sender == null || sender.stateVolatile() != handler) { return false; }
                        sender.setStateRelease(revoke ? Outcome.REVOKED : this);
                        return true;
                        """,
                        "Rival.cancel[SEND]"),
                mutant(
                        "revoke of a callback leaves the round open",
                        "the sender is accepted after the revoke",
                        "return sender != null && sender.endWait(handler, revoke ? Outcome.REVOKED : this);",
                        "return sender != null && sender.endWait(handler, this);",
                        "Rival.callbackRevoke[]"),
                mutant(
                        "sender() hands out the old sender, open again",
                        "a late send of an earlier round ends a later one",
                        """
                        last.discard(); }
                        Sender<T> next = new Sender<>(this);
                        setCurrentRelease(next);
                        return Tracking.handle(next);
                        """,
                        """
                            last.reopen(this);
                            return last;
                        }
                        Sender<T> next = new Sender<>(this);
                        setCurrentRelease(next);
                        return next;
                        """,
                        "Rival.staleSender[SEND, SEND]"),
                mutant(
                        "a live round does not stop the next one",
                        "the next round opens while the old sender's holder is still at work",
                        "if (last.isLive()) { return null; }",
                        "",
                        "Loom.recyclingWithoutReceiving[CLOSE, false]"),
                mutant(
                        "sender(OutcomeHandler) opens by a store",
                        "of two openings at once one is forgotten, with its callback",
                        "if (!casCurrent(last, next)) { return null; }",
                        "setCurrentRelease(next);",
                        "Rival.oneOpening[]"),
                mutant(
                        "sender(OutcomeHandler) does not refuse when another opening was first",
                        "null is returned, and the callback waits nowhere",
                        "Sender<T> next = open(last, callback); if (next == null) { throw stillLive(); }",
                        "Sender<T> next = open(last, callback);",
                        "Rival.oneOpening[]"),
                mutant(
                        "sender(OutcomeHandler) opens without release: compareAndExchangeAcquire",
                        "neither the opening nor a concurrent close sees the other: its callback is never called",
                        "CURRENT.compareAndSet(this, expected, next)",
                        "CURRENT.compareAndExchangeAcquire(this, expected, next) == expected",
                        "Close.openingWithCallback[]"),
                mutant(
                        "sender(OutcomeHandler) does not read closed after opening",
                        "its callback is never called",
                        "next.revoke(); // N9:",
                        "// N9:",
                        "Close.openingWithCallback[]"),
                mutant(
                        "sender(OutcomeHandler) calls its callback although close did",
                        "the callback is called twice",
                        "next.revoke(); // N9:",
                        "if (state instanceof OutcomeHandler<?> early) { early.onClosed(); } // N9:",
                        "Close.openingWithCallback[]"),
                mutant(
                        "receive does not read closed after registering",
                        "its callback is never called",
                        "sender.revoke(); // R3:",
                        "// R3:",
                        "Close.recycling[true]"),
                mutant(
                        "receive calls its callback although close did",
                        "the callback is called twice",
                        "sender.revoke(); // R3:",
                        "handler.onClosed(); // R3:",
                        "Close.recycling[true]"),
                mutant(
                        "close reads the state before it stores closed",
                        "a round that is opened in between stays open, and its receive waits for ever",
                        """
                        closed = true;
                        Sender<T> sender = currentVolatile();
                        if (sender != null) { sender.abandon(); }
                        """,
                        """
                        Sender<T> sender = currentVolatile();
                        if (sender != null) { sender.abandon(); }
                        closed = true;
                        """,
                        "Close.recycling[true]"),
                mutant(
                        "close does not read the state",
                        "a receive that waits already waits for ever",
                        """
                        closed = true;
                        Sender<T> sender = currentVolatile();
                        if (sender != null) { sender.abandon(); }
                        """,
                        "closed = true;",
                        "Blocking.receivingSide[true]"),
                mutant(
                        "closed is read after registering, but before the registration is visible",
                        "its callback is never called",
                        "if (closed) { sender.revoke(); // R3:",
                        "if (isClosedAcquire()) { sender.revoke(); // R3:",
                        "Close.recycling[true]"),
                mutant(
                        "closed is read after an opening with a callback, but before the opening is visible",
                        "its callback is never called",
                        "if (closed) { next.revoke(); // N9:",
                        "if (isClosedAcquire()) { next.revoke(); // N9:",
                        "Close.openingWithCallback[]"),
                mutant(
                        "closed is stored by release",
                        "neither close nor a receive that registers concurrently ends the wait",
                        "closed = true;",
                        "CLOSED.setRelease(this, true);",
                        "Close.recycling[true]"),
                mutant(
                        "the current sender is read without acquire",
                        "a receive finds a sender that is being opened without its state",
                        "CURRENT.getAcquire(this)",
                        "CURRENT.getOpaque(this)",
                        "Rival.openingAndReceiving[]"),
                mutant(
                        "close reads the current sender before its store of closed is visible",
                        "neither close nor a concurrent opening with a callback ends the wait",
                        "CURRENT.getVolatile(this)",
                        "CURRENT.getAcquire(this)",
                        "Close.openingWithCallback[]"));
    }

    private static Mutant mutant(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "Receiver", original, replacement, killer);
    }
}
