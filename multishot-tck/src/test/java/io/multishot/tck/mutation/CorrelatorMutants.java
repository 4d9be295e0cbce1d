package io.multishot.tck.mutation;

import java.util.List;

/** Mutants of the correlator and of its requests. */
final class CorrelatorMutants {
    private CorrelatorMutants() {}

    static List<Mutant> all() {
        return List.of(
                engine(
                        "a reply frees the slot before it ends the request",
                        "a slot is given out that is in flight",
                        "Object outcome = Pending.ofValue(value);",
                        """
                        table.slotOf(ticket).vacate(ReplyResult.DUPLICATE);
                        table.giveBack(table.slotOf(ticket));
                        Object outcome = Pending.ofValue(value);
                        """,
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                engine(
                        "a slot is given back twice",
                        "two requests share a slot",
                        "slot.vacate(ending.furtherReply()); table.giveBack(slot);",
                        "slot.vacate(ending.furtherReply()); table.giveBack(slot); table.giveBack(slot);",
                        "Slot.turns[1, CANCEL]"),
                engine(
                        "a slot is not given back",
                        "the correlator runs full",
                        "slot.vacate(ending.furtherReply()); table.giveBack(slot);",
                        "slot.vacate(ending.furtherReply());",
                        "Slot.turns[1, CANCEL]"),
                engine(
                        "a slot is given back before the request is taken out",
                        "the request that takes the slot is taken out instead, and never answered",
                        "slot.vacate(ending.furtherReply()); table.giveBack(slot);",
                        "table.giveBack(slot); slot.vacate(ending.furtherReply());",
                        "Slot.replyAndNext[]"),
                engine(
                        "a reply that lost the race for a request frees its slot all the same",
                        "two requests share a slot",
                        "if (replaced == null) { return refuseReply(request.refusal()); }",
                        """
                        if (replaced == null) {
                            table.slotOf(ticket).vacate(ReplyResult.LATE);
                            table.giveBack(table.slotOf(ticket));
                            return refuseReply(request.refusal());
                        }
                        """,
                        "Correlator.twoEndings[COMPLETE, COMPLETE, true]"),
                engine(
                        "open does not read closed again",
                        "a request waits for ever",
                        "if (closed) { end(slot, request, Ending.ABORTED, closedException());",
                        "if (false) { end(slot, request, Ending.ABORTED, closedException());",
                        "Correlator.openAndClose[true]"),
                engine(
                        "open reads closed again before the request is published",
                        "a request waits for ever",
                        """
                        slot.occupy(request, now, SaturatingNanos.later(now, timeout), trace);
                        } catch (Throwable thrown) { giveBack(slot); throw thrown; }
                        request.begin(handler);
                        VarHandle.fullFence(); // what others see of the request is ordered before the read of closed
                        if (closed) {
                        """,
                        """
                        requireNotClosed();
                        slot.occupy(request, now, SaturatingNanos.later(now, timeout), trace);
                        } catch (Throwable thrown) { giveBack(slot); throw thrown; }
                        request.begin(handler);
                        if (false) {
                        """,
                        "Correlator.openAndClose[false]"),
                engine(
                        "open reads closed again without a fence",
                        "neither open nor close sees the other: a request waits for ever",
                        "VarHandle.fullFence();",
                        "",
                        "Correlator.openAndClose[true]"),
                engine(
                        "a request begins before it is published",
                        "a callback that is revoked meanwhile frees a slot in which a request is still being opened",
                        "slot.occupy(request, now, SaturatingNanos.later(now, timeout), trace);",
                        """
                        request.begin(handler);
                        slot.occupy(request, now, SaturatingNanos.later(now, timeout), trace);
                        """,
                        "Correlator.openAndStop[true]"),
                engine(
                        "a callback is bound after the request begins",
                        "it cannot be revoked",
                        """
                        if (handler != null) { request.bindTo(handler); }
                        slot.occupy(request, now, SaturatingNanos.later(now, timeout), trace);
                        """,
                        """
                        slot.occupy(request, now, SaturatingNanos.later(now, timeout), trace);
                        request.begin(handler);
                        if (handler != null) { request.bindTo(handler); }
                        """,
                        "Slot.openingAgain[]"),
                engine(
                        "close reads the slots before it is closed",
                        "a request waits for ever",
                        "if (CLOSED.compareAndSet(this, false, true)) { failAll(closedException()); }",
                        "if (!closed) { failAll(closedException()); closed = true; }",
                        "Correlator.openAndClose[true]"),
                engine(
                        "close does not read the slots",
                        "requests wait for ever",
                        "if (CLOSED.compareAndSet(this, false, true)) { failAll(closedException()); }",
                        "CLOSED.compareAndSet(this, false, true);",
                        "Correlator.twoCloses[]"),
                engine(
                        "the queue is not served when a slot becomes free",
                        "a slot is free and a request waits for it",
                        "if (!queue.isEmpty()) { queue.drain(); }",
                        "",
                        "AdmissionQueue.overtakeAndRelease[]"),
                engine(
                        "the queue is served before the slot is free",
                        "a slot is free and a request waits for it",
                        """
                        slot.vacate(ending.furtherReply());
                        table.giveBack(slot);
                        try { if (handler != null) { Pending.notify(handler, outcome); } } finally { serve(); }
                        """,
                        """
                        serve();
                        slot.vacate(ending.furtherReply());
                        table.giveBack(slot);
                        if (handler != null) { Pending.notify(handler, outcome); }
                        """,
                        "AdmissionQueue.overtakeAndRelease[]"),
                engine(
                        "a request for a slot that was cancelled keeps its slot",
                        "a slot is lost",
                        "} else { giveBack(slot); } } else if (maxWait",
                        "} } else if (maxWait",
                        "AdmissionQueue.openAndCancel[]"),
                engine(
                        "a slot whose request was cancelled meanwhile is given to no other",
                        "a slot is free and a request waits for it",
                        "private void giveBack(Slot<T> slot) { table.giveBack(slot); serve(); }",
                        "private void giveBack(Slot<T> slot) { table.giveBack(slot); }",
                        "AdmissionQueue.openAndCancelThenWait[]"),
                engine(
                        "a request for a slot is refused without a claim",
                        "it is refused after it was cancelled",
                        "if (request.claim()) { refuse(request, full()); }",
                        "request.claim(); refuse(request, full());",
                        "AdmissionQueue.refuseAndCancel[]"),
                engine(
                        "a request that the correlator ends leaves DUPLICATE",
                        "the answer to a first reply is that it was a second one",
                        "slot.vacate(ending.furtherReply());",
                        "slot.vacate(ending == Ending.CANCELLED ? ReplyResult.LATE : ReplyResult.DUPLICATE);",
                        "Correlator.twoEndings[COMPLETE, EXPIRE, true]"),
                engine(
                        "a cancelled request leaves DUPLICATE",
                        "the answer to a first reply is that it was a second one",
                        "slot.vacate(ending.furtherReply());",
                        "slot.vacate(ending == Ending.CANCELLED ? ReplyResult.DUPLICATE : ending.furtherReply());",
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                engine(
                        "an answered request leaves LATE",
                        "the answer to a second reply is that it was late",
                        "slot.vacate(ending.furtherReply());",
                        "slot.vacate(ReplyResult.LATE);",
                        "Correlator.twoEndings[COMPLETE, COMPLETE, true]"),
                engine(
                        "a reply is counted after the slot is free",
                        "a count is lost, since two threads write it",
                        "counters.countEnd(ending, slot); slot.vacate(ending.furtherReply()); table.giveBack(slot);",
                        "slot.vacate(ending.furtherReply()); table.giveBack(slot); counters.countEnd(ending, slot);",
                        "Slot.turns[1, COMPLETE]"),
                engine(
                        "a callback is called before the slot is free",
                        "it cannot open the next request from inside",
                        """
                        slot.vacate(ending.furtherReply());
                        table.giveBack(slot);
                        try { if (handler != null) { Pending.notify(handler, outcome); } } finally { serve(); }
                        """,
                        """
                        try {
                            if (handler != null) { Pending.notify(handler, outcome); }
                        } finally {
                            slot.vacate(ending.furtherReply());
                            table.giveBack(slot);
                            serve();
                        }
                        """,
                        "Slot.openingFromInside[]"),
                engine(
                        "a timeout does not call the handler",
                        "a receive waits for ever",
                        "finish(slot, ending, Pending.handlerOf(replaced), outcome); return true;",
                        "finish(slot, ending, null, outcome); return true;",
                        "Blocking.request[EXPIRE]"),
                new Mutant(
                        "a sweep that finds nothing in flight disarms itself and does not check again",
                        "no sweep checks the deadline of a request that was opened meanwhile",
                        "DeadlineSweeper",
                        "armed = false; if (!isIdle.getAsBoolean()) { arm(); }",
                        "armed = false;",
                        "Correlator.openAndSweep[]"),
                pending(
                        "a request begins by opaque",
                        "a thread that revokes the callback and opens the next request finds the slot half-written",
                        "STATE.setRelease(this, handler == null ? OPEN : handler);",
                        "STATE.setOpaque(this, handler == null ? OPEN : handler);",
                        "Slot.revokeAndNext[]"),
                pending(
                        "a request is ended by check, then store",
                        "a request ends twice",
                        "Object witness = compareAndExchangeState(now, now == OPEN ? ifNoneWaits : ifHandlerWaits);",
                        "Object witness = now; STATE.setRelease(this, now == OPEN ? ifNoneWaits : ifHandlerWaits);",
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                pending(
                        "cancel and revoke of a callback by check, then store",
                        "the outcome that comes meanwhile is lost, or comes although the callback was cancelled",
                        "if (compareAndExchangeState(handler, revoke ? CANCELLED : OPEN) != handler) { return false; }",
                        """
                        if (stateAcquire() != handler) { return false; }
                        STATE.setRelease(this, revoke ? CANCELLED : OPEN);
                        """,
                        "Correlator.callbackCancel[COMPLETE]"),
                pending(
                        "revoke of a callback leaves the slot",
                        "the correlator runs full",
                        "if (revoke) { range.owner().cancelled(this, null); }",
                        "",
                        "Correlator.callbackRevoke[COMPLETE]"),
                pending(
                        "revoke of a callback leaves the request open",
                        "it is ended twice, and its slot is shared",
                        "compareAndExchangeState(handler, revoke ? CANCELLED : OPEN)",
                        "compareAndExchangeState(handler, OPEN)",
                        "Correlator.callbackRevoke[COMPLETE]"),
                pending(
                        "a receive registers by a store",
                        "the outcome that comes meanwhile is lost, and with it the wake-up",
                        "Object witness = compareAndExchangeState(now, now == OPEN ? handler : received(now));",
                        "Object witness = now; STATE.setRelease(this, now == OPEN ? handler : received(now));",
                        "Correlator.receiving[COMPLETE]"),
                pending(
                        "tryReceive leaves the outcome",
                        "the outcome is received twice",
                        "Object witness = compareAndExchangeState(now, received(now));",
                        "Object witness = now; received(now);",
                        "Correlator.trying[]"),
                pending(
                        "cancel does not call the handler",
                        "a receive waits for ever",
                        "range.owner().cancelled(this, handlerOf(replaced));",
                        "range.owner().cancelled(this, null);",
                        "Blocking.request[CANCEL]"),
                pending(
                        "endings without release and acquire",
                        "the value is received half-made",
                        "return STATE.compareAndExchange(this, expected, next);",
                        "return STATE.weakCompareAndSetPlain(this, expected, next) ? expected : STATE.getOpaque(this);",
                        "Correlator.receiving[COMPLETE]"));
    }

    private static Mutant engine(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "RequestEngine", original, replacement, killer);
    }

    private static Mutant pending(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "Pending", original, replacement, killer);
    }
}
