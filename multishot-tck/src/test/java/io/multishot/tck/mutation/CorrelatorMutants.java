package io.multishot.tck.mutation;

import java.util.List;

/** What can be done wrong in the correlator and in its requests. */
final class CorrelatorMutants {
    private CorrelatorMutants() {}

    static List<Mutant> all() {
        return List.of(
                correlator(
                        "a reply frees the slot before it ends the request",
                        "a slot is given out that is in flight",
                        "Object replaced = request.endByReply(Outcome.ofValue(value)); if (replaced == null) {",
                        """
                        release(slot(ticket), ReplyResult.DUPLICATE);
                        Object replaced = request.endByReply(Outcome.ofValue(value));
                        if (replaced == null) {
                        """,
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                correlator(
                        "a slot is given back twice",
                        "two requests share a slot",
                        "slot.vacate(further); free.push(slot);",
                        "slot.vacate(further); free.push(slot); free.push(slot);",
                        "Slot.turns[1, CANCEL]"),
                correlator(
                        "a slot is not given back",
                        "the correlator runs full",
                        "slot.vacate(further); free.push(slot);",
                        "slot.vacate(further);",
                        "Slot.turns[1, CANCEL]"),
                correlator(
                        "a slot is given back before the request is taken out",
                        "the request that takes the slot is taken out instead, and never answered",
                        "slot.vacate(further); free.push(slot);",
                        "free.push(slot); slot.vacate(further);",
                        "Slot.replyAndNext[]"),
                correlator(
                        "who lost the race for a request frees its slot all the same",
                        "two requests share a slot",
                        "if (replaced == null) { return refuse(request.refusal()); } Slot<T> slot = slot(ticket);",
                        """
                        if (replaced == null) { release(slot(ticket), ReplyResult.LATE); return refuse(request.refusal()); }
                        Slot<T> slot = slot(ticket);
                        """,
                        "Correlator.twoEndings[COMPLETE, COMPLETE, true]"),
                correlator(
                        "open does not look again whether the correlator is closed",
                        "a request waits for ever",
                        "if (closed) { end(slot, request, closedException(), failed); // close() may not have found this request }",
                        "",
                        "Correlator.openAndClose[true]"),
                correlator(
                        "open looks again before the request is published",
                        "a request waits for ever",
                        """
                        slot.occupy(request, now, SaturatingNanos.later(now, timeout), place);
                        } catch (Throwable thrown) { giveBack(slot); throw thrown; }
                        request.begin(waiter);
                        VarHandle.fullFence(); // what others see of the request is ordered before the look at closed
                        if (closed) {
                        """,
                        """
                        requireNotClosed();
                        slot.occupy(request, now, SaturatingNanos.later(now, timeout), place);
                        } catch (Throwable thrown) { giveBack(slot); throw thrown; }
                        request.begin(waiter);
                        if (false) {
                        """,
                        "Correlator.openAndClose[false]"),
                correlator(
                        "open looks at closed without a fence",
                        "neither open nor close sees the other: a request waits for ever",
                        "VarHandle.fullFence();",
                        "",
                        "Correlator.openAndClose[true]"),
                correlator(
                        "a request begins before it is published",
                        "a callback that is revoked meanwhile frees a slot that somebody is still opening a request in",
                        "slot.occupy(request, now, SaturatingNanos.later(now, timeout), place);",
                        "request.begin(waiter); slot.occupy(request, now, SaturatingNanos.later(now, timeout), place);",
                        "Correlator.openAndStop[true]"),
                correlator(
                        "a callback is bound after the request begins",
                        "it cannot be revoked",
                        "if (waiter != null) { waiter.bind(request); } slot.occupy(request, now, SaturatingNanos.later(now, timeout), place);",
                        "slot.occupy(request, now, SaturatingNanos.later(now, timeout), place); request.begin(waiter); if (waiter != null) { waiter.bind(request); }",
                        "Slot.openingAgain[]"),
                correlator(
                        "close looks at the slots before it is closed",
                        "a request waits for ever",
                        "if (CLOSED.compareAndSet(this, false, true)) { failAll(closedException()); }",
                        "if (!closed) { failAll(closedException()); closed = true; }",
                        "Correlator.openAndClose[true]"),
                correlator(
                        "close does not look at the slots",
                        "requests wait for ever",
                        "if (CLOSED.compareAndSet(this, false, true)) { failAll(closedException()); }",
                        "CLOSED.compareAndSet(this, false, true);",
                        "Correlator.twoCloses[]"),
                correlator(
                        "whoever frees a slot does not look for who waits for one",
                        "a slot is free and somebody waits for it",
                        "if (!line.isEmpty()) { line.giveOut(); }",
                        "",
                        "AdmissionQueue.overtakeAndRelease[]"),
                correlator(
                        "who waits is looked for before the slot is free",
                        "a slot is free and somebody waits for it",
                        """
                        cancelled.increment();
                        release(slot, ReplyResult.LATE);
                        try { if (waiter != null) { waiter.onClosed(); } } finally { giveOut(); }
                        """,
                        """
                        cancelled.increment();
                        giveOut();
                        release(slot, ReplyResult.LATE);
                        if (waiter != null) { waiter.onClosed(); }
                        """,
                        "AdmissionQueue.overtakeAndRelease[]"),
                correlator(
                        "an opening that was cancelled keeps its slot",
                        "a slot is lost",
                        "} else { giveBack(slot); } } else if (patience",
                        "} } else if (patience",
                        "AdmissionQueue.openAndCancel[]"),
                correlator(
                        "a slot whose opening was cancelled is given to nobody",
                        "a slot is free and an opening waits for it",
                        "private void giveBack(Slot<T> slot) { free.push(slot); giveOut(); }",
                        "private void giveBack(Slot<T> slot) { free.push(slot); }",
                        "AdmissionQueue.openAndCancelThenWait[]"),
                correlator(
                        "an opening is refused without a claim",
                        "it is refused after it was cancelled",
                        "if (opening.claim()) { refuse(opening, full()); }",
                        "opening.claim(); refuse(opening, full());",
                        "AdmissionQueue.refuseAndCancel[]"),
                correlator(
                        "a request that ends without a reply leaves DUPLICATE",
                        "a first reply is told to be a second one",
                        "count.increment(); release(slot, ReplyResult.LATE);",
                        "count.increment(); release(slot, ReplyResult.DUPLICATE);",
                        "Correlator.twoEndings[COMPLETE, EXPIRE, true]"),
                correlator(
                        "a cancelled request leaves DUPLICATE",
                        "a first reply is told to be a second one",
                        "cancelled.increment(); release(slot, ReplyResult.LATE);",
                        "cancelled.increment(); release(slot, ReplyResult.DUPLICATE);",
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                correlator(
                        "an answered request leaves LATE",
                        "a second reply is told to be late",
                        "slot.countDelivered(); release(slot, ReplyResult.DUPLICATE);",
                        "slot.countDelivered(); release(slot, ReplyResult.LATE);",
                        "Correlator.twoEndings[COMPLETE, COMPLETE, true]"),
                correlator(
                        "a reply is counted after the slot is free",
                        "a count is lost, since two write it",
                        "slot.countDelivered(); release(slot, ReplyResult.DUPLICATE);",
                        "release(slot, ReplyResult.DUPLICATE); slot.countDelivered();",
                        "Slot.turns[1, COMPLETE]"),
                correlator(
                        "a callback is called before the slot is free",
                        "it cannot open the next request from inside",
                        """
                        release(slot, ReplyResult.DUPLICATE);
                        try { if (replaced instanceof OutcomeHandler<?>) { waiter(replaced).onValue(value); } } finally { giveOut(); }
                        """,
                        """
                        try {
                            if (replaced instanceof OutcomeHandler<?>) { waiter(replaced).onValue(value); }
                        } finally {
                            release(slot, ReplyResult.DUPLICATE);
                            giveOut();
                        }
                        """,
                        "Slot.openingFromInside[]"),
                correlator(
                        "a timeout does not tell who waits",
                        "a receive waits for ever",
                        "release(slot, ReplyResult.LATE); tellFailure(replaced, cause); return true;",
                        "release(slot, ReplyResult.LATE); giveOut(); return true;",
                        "Blocking.request[EXPIRE]"),
                new Mutant(
                        "a sweep that finds nothing in flight disarms itself and does not look again",
                        "no sweep checks the deadline of a request that was opened meanwhile",
                        "DeadlineSweeper",
                        "armed = false; if (!correlator.isIdle()) { arm(); }",
                        "armed = false;",
                        "Correlator.openAndSweep[]"),
                pending(
                        "a request begins by opaque",
                        "a thread that revokes the callback and opens the next request finds the slot half-written",
                        "STATE.setRelease(this, waiter == null ? OPEN : waiter);",
                        "STATE.setOpaque(this, waiter == null ? OPEN : waiter);",
                        "Slot.revokeAndNext[]"),
                pending(
                        "a request is ended by check, then store",
                        "a request ends twice",
                        "Object witness = compareAndExchangeState(now, now == OPEN ? ifNobodyWaits : ifTold);",
                        "Object witness = now; STATE.setRelease(this, now == OPEN ? ifNobodyWaits : ifTold);",
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                pending(
                        "cancel and revoke of a callback by check, then store",
                        "the outcome that comes meanwhile is lost, or comes though the callback was cancelled",
                        "if (compareAndExchangeState(waiter, revoke ? Outcome.REVOKED : OPEN) != waiter) { return false; }",
                        """
                        if (stateAcquire() != waiter) { return false; }
                        STATE.setRelease(this, revoke ? Outcome.REVOKED : OPEN);
                        """,
                        "Correlator.callbackCancel[COMPLETE]"),
                pending(
                        "revoke of a callback leaves the slot",
                        "the correlator runs full",
                        "if (revoke) { correlator().cancelled(slot(), null); }",
                        "",
                        "Correlator.callbackRevoke[COMPLETE]"),
                pending(
                        "revoke of a callback leaves the request open",
                        "it is ended twice, and its slot is shared",
                        "compareAndExchangeState(waiter, revoke ? Outcome.REVOKED : OPEN)",
                        "compareAndExchangeState(waiter, OPEN)",
                        "Correlator.callbackRevoke[COMPLETE]"),
                pending(
                        "a receive registers by a store",
                        "the outcome that comes meanwhile is lost, and with it the wake-up",
                        "Object witness = compareAndExchangeState(now, now == OPEN ? waiter : received(now));",
                        "Object witness = now; STATE.setRelease(this, now == OPEN ? waiter : received(now));",
                        "Correlator.receiving[COMPLETE]"),
                pending(
                        "tryReceive leaves the outcome",
                        "the outcome is received twice",
                        "Object witness = compareAndExchangeState(now, received(now));",
                        "Object witness = now; received(now);",
                        "Correlator.trying[]"),
                pending(
                        "cancel does not tell who waits",
                        "a receive waits for ever",
                        "replaced instanceof OutcomeHandler<?> waiter ? waiter : null",
                        "null",
                        "Blocking.request[CANCEL]"),
                pending(
                        "endings without release and acquire",
                        "the value is received half-made",
                        "return STATE.compareAndExchange(this, expected, next);",
                        "return STATE.weakCompareAndSetPlain(this, expected, next) ? expected : STATE.getOpaque(this);",
                        "Correlator.receiving[COMPLETE]"));
    }

    private static Mutant correlator(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "Correlator", original, replacement, killer);
    }

    private static Mutant pending(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "Pending", original, replacement, killer);
    }
}
