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
                        "table.retire(request, Ending.DELIVERED); Object outcome = Pending.ofValue(value);",
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                table(
                        "a slot is given back twice",
                        "two requests share a slot",
                        "free.release(chunk, slot, ending == Ending.DELIVERED);",
                        """
                        free.release(chunk, slot, ending == Ending.DELIVERED);
                        free.release(chunk, slot, ending == Ending.DELIVERED);
                        """,
                        "Slot.turns[1, CANCEL]"),
                table(
                        "a slot is not given back",
                        "the correlator runs full",
                        "free.release(chunk, slot, ending == Ending.DELIVERED);",
                        "",
                        "Slot.turns[1, CANCEL]"),
                table(
                        "a slot is given back before the request is taken out",
                        "the request that takes the slot is taken out instead, and never answered",
                        """
                        chunk.vacate(slot, ending.furtherReply());
                        free.release(chunk, slot, ending == Ending.DELIVERED);
                        """,
                        """
                        free.release(chunk, slot, ending == Ending.DELIVERED);
                        chunk.vacate(slot, ending.furtherReply());
                        """,
                        "Slot.replyAndNext[]"),
                engine(
                        "a reply that lost the race for a request frees its slot all the same",
                        "two requests share a slot",
                        "if (replaced == null) { return refuseReply(request.refusal()); }",
                        """
                        if (replaced == null) {
                            table.retire(request, ending);
                            return refuseReply(request.refusal());
                        }
                        """,
                        "Correlator.twoEndings[COMPLETE, COMPLETE, true]"),
                engine(
                        "open does not read closed again",
                        "a request waits for ever",
                        "if (isClosed()) { end(request, Ending.ABORTED, closedException(request));",
                        "if (false) { end(request, Ending.ABORTED, closedException(request));",
                        "Correlator.openAndClose[true]"),
                engine(
                        "open reads closed again before the request is published",
                        "a request waits for ever",
                        """
                        Pending<T> request = publish(address, now, deadline, handler);
                        VarHandle.fullFence(); // what others see of the request is ordered before the
                        reads of bounds and control
                        if (deadline != DeadlineWord.NEVER) { sweeper.watch(request, deadline); }
                        ensureTimerOf(request, deadline, now);
                        if (isClosed()) {
                        """,
                        """
                        requireOpen();
                        Pending<T> request = publish(address, now, deadline, handler);
                        VarHandle.fullFence();
                        if (deadline != DeadlineWord.NEVER) { sweeper.watch(request, deadline); }
                        ensureTimerOf(request, deadline, now);
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
                        "chunk.occupy(slot, request, epoch, now, deadline, trace);",
                        """
                        request.begin(handler);
                        chunk.occupy(slot, request, epoch, now, deadline, trace);
                        """,
                        "Correlator.openAndStop[true]"),
                engine(
                        "a callback is bound after the request begins",
                        "it cannot be revoked",
                        """
                        if (handler != null) { request.bindTo(handler); }
                        chunk.occupy(slot, request, epoch, now, deadline, trace);
                        """,
                        """
                        chunk.occupy(slot, request, epoch, now, deadline, trace);
                        request.begin(handler);
                        if (handler != null) { request.bindTo(handler); }
                        """,
                        "Slot.openingAgain[]"),
                engine(
                        "close reads the slots before it is closed",
                        "a request waits for ever",
                        """
                        long before = (long) CONTROL.getAndBitwiseOr(this, CLOSED);
                        if ((before & CLOSED) == 0) {
                            try {
                                endAll(Long.MAX_VALUE, RequestEngine::closedException,
                                        RequestEngine::closedWhileWaiting);
                        """,
                        """
                        long before = control;
                        if ((before & CLOSED) == 0) {
                            try {
                                endAll(Long.MAX_VALUE, RequestEngine::closedException,
                                        RequestEngine::closedWhileWaiting);
                                CONTROL.getAndBitwiseOr(this, CLOSED);
                        """,
                        "Correlator.openAndClose[true]"),
                engine(
                        "close does not read the slots",
                        "requests wait for ever",
                        "endAll(Long.MAX_VALUE, RequestEngine::closedException, RequestEngine::closedWhileWaiting);",
                        "",
                        "Correlator.twoCloses[]"),
                engine(
                        "failAll does not compare the epochs",
                        "a request fails that was opened after the connection was renewed",
                        "chunk.epoch(slot) <= epoch && chunk.requestAcquire(slot) == request",
                        "chunk.requestAcquire(slot) == request",
                        "Slot.openingWhileAllFail[]"),
                engine(
                        "failAll spares the requests of its own epoch",
                        "a request waits for ever",
                        "chunk.epoch(slot) <= epoch",
                        "chunk.epoch(slot) < epoch",
                        "Correlator.receiving[FAIL_ALL]"),
                engine(
                        "failAll leaves the epoch",
                        "a request fails that was opened after the connection was renewed",
                        "CONTROL.getAndAdd(this, 1L << EPOCH_SHIFT)",
                        "CONTROL.getVolatile(this)",
                        "Slot.openingWhileAllFail[]"),
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
                        table.retire(request, ending);
                        try { if (handler != null) { Pending.notify(handler, outcome); } } finally { serve(); }
                        """,
                        """
                        serve();
                        table.retire(request, ending);
                        if (handler != null) { Pending.notify(handler, outcome); }
                        """,
                        "AdmissionQueue.overtakeAndRelease[]"),
                engine(
                        "a request for a slot that was cancelled keeps its slot",
                        "a slot is lost",
                        "} else { giveBack(address); } } else if (maxWait",
                        "} } else if (maxWait",
                        "AdmissionQueue.openAndCancel[]"),
                engine(
                        "a slot whose request was cancelled meanwhile is given to no other",
                        "a slot is free and a request waits for it",
                        "private void giveBack(int address) { table.giveBack(address); serve(); }",
                        "private void giveBack(int address) { table.giveBack(address); }",
                        "AdmissionQueue.openAndCancelThenWait[]"),
                engine(
                        "a request for a slot is refused without a claim",
                        "it is refused after it was cancelled",
                        "if (request.claim()) { refuse(request, fullNow()); }",
                        "request.claim(); refuse(request, fullNow());",
                        "AdmissionQueue.refuseAndCancel[]"),
                table(
                        "a request that the correlator ends leaves DUPLICATE",
                        "the answer to a first reply is that it was a second one",
                        "chunk.vacate(slot, ending.furtherReply());",
                        """
                        boolean late = ending == Ending.CANCELLED;
                        chunk.vacate(request.slot(), late ? ReplyResult.LATE : ReplyResult.DUPLICATE);
                        """,
                        "Correlator.twoEndings[COMPLETE, EXPIRE, true]"),
                table(
                        "a cancelled request leaves DUPLICATE",
                        "the answer to a first reply is that it was a second one",
                        "chunk.vacate(slot, ending.furtherReply());",
                        """
                        boolean cancelled = ending == Ending.CANCELLED;
                        chunk.vacate(request.slot(), cancelled ? ReplyResult.DUPLICATE : ending.furtherReply());
                        """,
                        "Correlator.twoEndings[COMPLETE, CANCEL, true]"),
                table(
                        "an answered request leaves LATE",
                        "the answer to a second reply is that it was late",
                        "chunk.vacate(slot, ending.furtherReply());",
                        "chunk.vacate(slot, ReplyResult.LATE);",
                        "Correlator.twoEndings[COMPLETE, COMPLETE, true]"),
                table(
                        "a slot that a value freed goes where the others go",
                        "the reply is not counted",
                        "free.release(chunk, slot, ending == Ending.DELIVERED);",
                        "free.release(chunk, slot, false);",
                        "Slot.turns[1, COMPLETE]"),
                table(
                        "a slot that was taken for nothing is not counted",
                        "more requests count as opened than end",
                        "counters.countEnd(Ending.UNOPENED);",
                        "",
                        "AdmissionQueue.openAndCancel[]"),
                engine(
                        "a callback is called before the slot is free",
                        "it cannot open the next request from inside",
                        """
                        table.retire(request, ending);
                        try { if (handler != null) { Pending.notify(handler, outcome); } } finally { serve(); }
                        """,
                        """
                        try {
                            if (handler != null) { Pending.notify(handler, outcome); }
                        } finally {
                            table.retire(request, ending);
                            serve();
                        }
                        """,
                        "Slot.openingFromInside[]"),
                engine(
                        "failAll does not call the handler",
                        "a receive waits for ever",
                        "finish(request, ending, Pending.handlerOf(replaced), outcome); return true;",
                        "finish(request, ending, null, outcome); return true;",
                        "Blocking.request[FAIL_ALL]"),
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
                        "if (revoke) { range.chunk().owner().cancelled(this, null); }",
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
                        "range.chunk().owner().cancelled(this, handlerOf(replaced));",
                        "range.chunk().owner().cancelled(this, null);",
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

    private static Mutant table(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "SlotTable", original, replacement, killer);
    }

    private static Mutant pending(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "Pending", original, replacement, killer);
    }
}
