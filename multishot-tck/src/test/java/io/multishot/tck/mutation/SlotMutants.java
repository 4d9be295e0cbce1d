package io.multishot.tck.mutation;

import java.util.List;

/** Mutants of the correlator's slots and of the queue for them. */
final class SlotMutants {
    private SlotMutants() {}

    static List<Mutant> all() {
        return List.of(
                slot(
                        "the ticket is not compared",
                        "a late reply ends the next request",
                        "return request.ticket() == ticket ? request : refusal(ticket, ReplyResult.LATE);",
                        "return request;",
                        "Slot.replyAndNext[]"),
                slot(
                        "every refused reply gets the answer of the latest request",
                        "the answer to a late reply is DUPLICATE",
                        "return ticket == layout.ticket(firstTicket, issued - 1) ? ofLatest : ReplyResult.LATE;",
                        "return ofLatest;",
                        "Slot.lateAndReply[]"),
                slot(
                        "a request is published by opaque",
                        "a sweep takes its deadline for that of the request before",
                        "CURRENT.setRelease(this, request);",
                        "CURRENT.setOpaque(this, request);",
                        "Slot.sweepAndNext[]"),
                slot(
                        "the deadline is written after the request is published",
                        "a sweep takes the deadline of the request before for that of the next",
                        """
                        DEADLINE.setRelease(this, deadline);
                        TRACE.setRelease(this, trace);
                        CURRENT.setRelease(this, request);
                        """,
                        """
                        TRACE.setRelease(this, trace);
                        CURRENT.setRelease(this, request);
                        DEADLINE.setRelease(this, deadline);
                        """,
                        "Slot.sweepAndNext[]"),
                slot(
                        "the deadline is read before the request",
                        "a sweep takes the deadline of the request before for that of the next",
                        """
                        Pending<T> request = request();
                        return request != null && deadlineAcquire() <= elapsed ? request : null;
                        """,
                        """
                        boolean due = deadlineAcquire() <= elapsed;
                        Pending<T> request = request();
                        return due ? request : null;
                        """,
                        "Slot.sweepAndNext[]"),
                slot(
                        "the request is not read again after its age",
                        "the age is another request's",
                        "if (request() == request) { return new RequestInfo(request.ticket(), age, openedBy); }",
                        "return new RequestInfo(request.ticket(), age, openedBy);",
                        "Slot.looking[]"),
                slot(
                        "tickets are not counted",
                        "a ticket is issued twice",
                        "OPENED.setRelease(this, opened + 1); OPENED_AT",
                        "OPENED_AT",
                        "Slot.turns[1, CANCEL]"),
                free(
                        "the head does not count the pops",
                        "a pop that stalls gives out a slot that is in flight",
                        "head((now >>> INDEX_BITS) + 1, slot.next())",
                        "head(now >>> INDEX_BITS, slot.next())",
                        "Slot.openingAndReuse[]"),
                free(
                        "pop by a store",
                        "two requests share a slot",
                        "long witness = compareAndExchangeHead(now, head((now >>> INDEX_BITS) + 1, slot.next()));",
                        "long witness = now; HEAD.setVolatile(this, head((now >>> INDEX_BITS) + 1, slot.next()));",
                        "Slot.twoOpenings[1]"),
                free(
                        "push by a store",
                        "a slot is lost",
                        "long witness = compareAndExchangeHead(now, head(now >>> INDEX_BITS, slot.index()));",
                        "long witness = now; HEAD.setVolatile(this, head(now >>> INDEX_BITS, slot.index()));",
                        "Slot.twoEndings[]"),
                free(
                        "a push that failed does not link the slot anew",
                        "a slot is lost",
                        """
                        long now = headVolatile();
                        while (true) {
                        int top = topOf(now);
                        slot.putOn(top, depthOf(top) + 1);
                        """,
                        "long now = headVolatile(); slot.putOn(topOf(now), depthOf(topOf(now)) + 1); while (true) {",
                        "Slot.twoEndings[]"),
                new Mutant(
                        "each stack is read once only",
                        "refused as full, although there was always a free slot",
                        "StripedFreeList",
                        "if (pops == before) {",
                        "if (true) {",
                        "Slot.openingAcrossStacks[]"),
                queue(
                        "the size is read by acquire",
                        "freeing and entering threads do not see each other: a slot is free and the request waits",
                        "boolean isEmpty() { return size.get() == 0; }",
                        "boolean isEmpty() { return size.getAcquire() == 0; }",
                        "AdmissionQueue.waitAndRelease[]"),
                queue(
                        "a request that is cancelled while it enters stays in the queue",
                        "a place in the queue is lost, and slots are given to a request that is over",
                        "queue.add(request); if (!request.isWaiting()) {",
                        "queue.add(request); if (false) {",
                        "AdmissionQueue.waitBehindAndCancel[]"),
                queue(
                        "a slot is not given back when its request was cancelled meanwhile",
                        "a slot is lost",
                        "} else { table.giveBack(slot); }",
                        "}",
                        "AdmissionQueue.cancelAndRelease[]"),
                queue(
                        "a request is given a slot without a claim",
                        "it is called after it was cancelled",
                        "if (first.claim()) { remove(first);",
                        "first.claim(); if (true) { remove(first);",
                        "AdmissionQueue.cancelAndRelease[]"),
                queue(
                        "a request is refused without a claim",
                        "both of its methods are called",
                        "if (which.test(request) && request.claim()) {",
                        "if (which.test(request) && request.isWaiting()) {",
                        "AdmissionQueue.failAllAndCancel[]"),
                queue(
                        "a request that was served stays counted",
                        "requests are refused although the queue is empty",
                        "if (queue.remove(request)) { size.getAndDecrement(); }",
                        "queue.remove(request);",
                        "AdmissionQueue.cancelAndRelease[]"),
                new Mutant(
                        "cancel of a request for a slot by check, then store",
                        "it is called after it was cancelled",
                        "SlotRequest",
                        "if (!STAGE.compareAndSet(this, WAITS, CANCELLED)) { return false; }",
                        "if (stage != WAITS) { return false; } stage = CANCELLED;",
                        "AdmissionQueue.cancelAndRelease[]"),
                new Mutant(
                        "a request for a slot begins by a store",
                        "it is called after it was cancelled",
                        "SlotRequest",
                        "return STAGE.compareAndSet(this, BEGINS, WAITS);",
                        "stage = WAITS; return true;",
                        "AdmissionQueue.openAndCancel[]"));
    }

    private static Mutant slot(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "Slot", original, replacement, killer);
    }

    private static Mutant free(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "FreeStack", original, replacement, killer);
    }

    private static Mutant queue(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "AdmissionQueue", original, replacement, killer);
    }
}
