package io.multishot.tck.mutation;

import java.util.List;

/** Mutants of the sender. */
final class SenderMutants {
    private SenderMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "send by a store",
                        "a receive that registers meanwhile is never called",
                        "compareAndExchangeState(now, open instanceof OutcomeHandler ? Outcome.TAKEN : outcome);",
                        "now; setStateRelease(open instanceof OutcomeHandler ? Outcome.TAKEN : outcome);",
                        "Loom.notification[SEND]"),
                mutant(
                        "the callback is called before the state is final",
                        "a callback cannot open the next round from inside",
                        "Object replaced = end(Outcome.ofValue(value));",
                        """
                        if (stateAcquire() instanceof OutcomeHandler<?> early) { handler(early).onValue(value); }
                        Object replaced = end(Outcome.ofValue(value));
                        if (replaced instanceof OutcomeHandler<?>) { return true; }
                        """,
                        "Rival.rearmingFromInside[]"),
                mutant(
                        "the callback is called though it was not taken out",
                        "a callback is called that was cancelled, or by two senders",
                        "Object replaced = end(Outcome.ofValue(value)); if (replaced instanceof OutcomeHandler<?>) {",
                        """
                        Object seen = stateAcquire();
                        Object replaced = end(Outcome.ofValue(value));
                        if (seen instanceof OutcomeHandler<?>) { handler(seen).onValue(value); return true; }
                        if (replaced instanceof OutcomeHandler<?>) {
                        """,
                        "Rival.cancel[SEND]"),
                mutant(
                        "close ends whatever round the receiver is in by then",
                        "a late close ends a later round",
                        "Object replaced = end(Outcome.CLOSED);",
                        """
                        Object replaced = stateAcquire() instanceof Receiver<?> receiver && receiver.revoke()
                                ? null : end(Outcome.CLOSED);
                        """,
                        "Rival.staleSender[SEND, CLOSE]"),
                mutant(
                        "the receiver is not asked whether it is closed",
                        "a value is accepted by a sender that was opened while the receiver was closed",
                        "while (isOpen(now) && !refusedByReceiver(now)) { Object open",
                        "while (isOpen(now)) { Object open",
                        "Close.recycling[false]"),
                mutant(
                        "any receiver of the handler is asked, not only this sender's",
                        "a value is refused because another receiver is closed",
                        "&& receiver.isCurrent(this)",
                        "",
                        "Rival.callbackMoves[]"),
                mutant(
                        "closed is not read after an outcome is stored",
                        "a value that was sent while the receiver was closed is kept for ever",
                        "releaseIfClosed(open, outcome); return open;",
                        "return open;",
                        "Close.openingAndSending[false]"),
                mutant(
                        "closed is read after an outcome is stored, but before the store is visible",
                        "a value that was sent while the receiver was closed is kept for ever",
                        "receiver.isClosed()) { compareAndExchangeState(outcome",
                        "receiver.isClosedAcquire()) { compareAndExchangeState(outcome",
                        "Close.openingAndSending[false]"),
                mutant(
                        "revoke forgets the handler",
                        "a receive waits for ever in a revoked round",
                        "notifyRevoked(now); return true;",
                        "return true;",
                        "Blocking.receivingSide[false]"),
                mutant(
                        "revoke by a store",
                        "a receive that registers meanwhile waits for ever",
                        "Object witness = compareAndExchangeState(now, Outcome.REVOKED);",
                        "Object witness = now; setStateRelease(Outcome.REVOKED);",
                        "Blocking.receivingSide[false]"),
                mutant(
                        "Receiver.close leaves an outcome that was not received",
                        "the value is kept for ever",
                        "if (isOutcome(outcome)) { compareAndExchangeState(outcome, Outcome.REVOKED);",
                        "if (isOutcome(outcome)) {",
                        "Close.sendAndCancel[]"),
                mutant(
                        "Receiver.close releases an outcome by a store",
                        "the round that was opened meanwhile loses its handler",
                        "if (isOutcome(outcome)) { compareAndExchangeState(outcome, Outcome.REVOKED);",
                        "if (isOutcome(outcome)) { setStateRelease(Outcome.REVOKED);",
                        "Close.recycling[true]"),
                mutant(
                        "no release: compareAndExchangeAcquire",
                        "the value is received half-made",
                        "STATE.compareAndExchange(this, expected, next)",
                        "STATE.compareAndExchangeAcquire(this, expected, next)",
                        "Loom.notification[SEND]"),
                mutant(
                        "no acquire: compareAndExchangeRelease",
                        "the value is received half-made",
                        "STATE.compareAndExchange(this, expected, next)",
                        "STATE.compareAndExchangeRelease(this, expected, next)",
                        "Loom.notification[SEND]"),
                mutant(
                        "no release when the round is opened in place",
                        "a thread that finds the sender open again does not see what the receiver did before",
                        "STATE.setRelease(this, next)",
                        "STATE.setOpaque(this, next)",
                        "Loom.recyclingPublishes[]"),
                mutant(
                        "a round is opened with its callback by a store",
                        "neither the opening nor a concurrent close sees the other: its callback is never called",
                        "Object witness = compareAndExchangeState(now, handler);",
                        "Object witness = now; setStateRelease(handler);",
                        "Close.recyclingWithCallback[]"),
                mutant(
                        "recycle with a callback does not read closed afterwards",
                        "its callback is never called",
                        "revoke(); // N12:",
                        "// N12:",
                        "Close.recyclingWithCallback[]"),
                mutant(
                        "closed is read after a recycle with a callback, but before the opening is visible",
                        "its callback is never called",
                        "if (receiver.isClosed()) { revoke(); // N12:",
                        "if (receiver.isClosedAcquire()) { revoke(); // N12:",
                        "Close.recyclingWithCallback[]"),
                mutant(
                        "the state is first read without acquire",
                        "the receiver does not see what the old sender's holder did before it ended the round",
                        "STATE.getAcquire(this)",
                        "STATE.getOpaque(this)",
                        "Loom.recyclingWithoutReceiving[CLOSE, true]"),
                mutant(
                        "no fence at the end of the constructor",
                        "a sender that is handed over by a data race is found without its state",
                        "VarHandle.releaseFence();",
                        "",
                        "Loom.handOverWithoutOrder[]"),
                mutant(
                        "a hook is registered by a store",
                        "a value is lost, or a round that is over opens again",
                        "Object witness = compareAndExchangeState(now, new HookedState(now, hook));",
                        "Object witness = now; setStateRelease(new HookedState(now, hook));",
                        "Abandon.ending[SEND]"),
                mutant(
                        "closed is not read after a hook is registered",
                        "the hook never runs, though the receiver is closed",
                        "revoke(); // H3:",
                        "// H3:",
                        "Abandon.opening[]"),
                mutant(
                        "closed is read after a hook is registered, but before the registration is visible",
                        "the hook never runs, though the receiver is closed",
                        "receiver.isClosed()) { revoke(); // H3:",
                        "receiver.isClosedAcquire()) { revoke(); // H3:",
                        "Abandon.opening[]"),
                mutant(
                        "a round with a hook is ended as if no receive waited",
                        "a receive waits for ever",
                        "open instanceof OutcomeHandler ? Outcome.TAKEN",
                        "now instanceof OutcomeHandler ? Outcome.TAKEN",
                        "Abandon.sendAndRevoke[]"),
                mutant(
                        "revoke forgets the hook",
                        "work goes on whose result is not wanted any more",
                        "finally { hooked.hook().run(); }",
                        "finally { }",
                        "Abandon.revoke[false, true]"),
                mutant(
                        "revoke of a callback forgets the hook",
                        "work goes on whose result is not wanted any more",
                        "if (now instanceof HookedState hooked && next == Outcome.REVOKED) { hooked.hook().run(); }",
                        "",
                        "Abandon.callbackRevoke[]"),
                mutant(
                        "cancel forgets the hook",
                        "work goes on whose result is not wanted any more",
                        "next == Outcome.REVOKED ? next : HookedState.rewrap(now, next)",
                        "next",
                        "Abandon.callback[true]"),
                mutant(
                        "cancel does not find its callback behind a hook",
                        "a callback is called that was cancelled",
                        "if (HookedState.unwrap(witness) != handler) {",
                        "if (witness != handler) {",
                        "Abandon.callback[true]"));
    }

    private static Mutant mutant(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "Sender", original, replacement, killer);
    }
}
