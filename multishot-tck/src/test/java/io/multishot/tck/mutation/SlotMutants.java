package io.multishot.tck.mutation;

import java.util.List;

/** What can be done wrong in the correlator's slots, and with those who wait for them. */
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
                        "every refused reply is told what became of the latest request",
                        "a reply that is late is told to be a double",
                        "return distance == (issued - 1) << indexBits() ? ofLatest : ReplyResult.LATE;",
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
                        "DEADLINE.setRelease(this, deadline); PLACE.setRelease(this, place); CURRENT.setRelease(this, request);",
                        "PLACE.setRelease(this, place); CURRENT.setRelease(this, request); DEADLINE.setRelease(this, deadline);",
                        "Slot.sweepAndNext[]"),
                slot(
                        "the deadline is read before the request",
                        "a sweep takes the deadline of the request before for that of the next",
                        "Pending<T> request = request(); return request != null && deadlineAcquire() <= elapsed ? request : null;",
                        "boolean due = deadlineAcquire() <= elapsed; Pending<T> request = request(); return due ? request : null;",
                        "Slot.sweepAndNext[]"),
                slot(
                        "no second look after the age is read",
                        "an age is told that is another request's",
                        "if (request() == request) { return new RequestInfo(request.ticket(), age, at); }",
                        "return new RequestInfo(request.ticket(), age, at);",
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
                        "long now = headVolatile(); while (true) { int top = topOf(now); slot.putOn(top, depthOf(top) + 1);",
                        "long now = headVolatile(); slot.putOn(topOf(now), depthOf(topOf(now)) + 1); while (true) {",
                        "Slot.twoEndings[]"),
                new Mutant(
                        "one look at each stack is enough",
                        "refused as full, though there was always a free slot",
                        "StripedFreeList",
                        "if (pops == before) {",
                        "if (true) {",
                        "Slot.openingAcrossStacks[]"),
                line(
                        "the size is read by acquire",
                        "freeing a slot and entering miss each other: a slot is free and an opening waits",
                        "boolean isEmpty() { return size.get() == 0; }",
                        "boolean isEmpty() { return size.getAcquire() == 0; }",
                        "AdmissionQueue.waitAndRelease[]"),
                line(
                        "who is cancelled while he enters stays in the line",
                        "a place to wait is lost, and slots go to nobody",
                        "if (!opening.isWaiting()) { forget(opening); // who cancelled it may have looked for it too early }",
                        "",
                        "AdmissionQueue.waitBehindAndCancel[]"),
                line(
                        "a slot that nobody claims any more is not given back",
                        "a slot is lost",
                        "} else { free.push(slot); }",
                        "}",
                        "AdmissionQueue.cancelAndRelease[]"),
                line(
                        "who waits is handed a slot without a claim",
                        "it is told after it was cancelled",
                        "if (first.claim()) { forget(first);",
                        "first.claim(); if (true) { forget(first);",
                        "AdmissionQueue.cancelAndRelease[]"),
                line(
                        "who is refused is not claimed",
                        "it is told twice",
                        "if (whom.test(opening) && opening.claim()) {",
                        "if (whom.test(opening) && opening.isWaiting()) {",
                        "AdmissionQueue.failAllAndCancel[]"),
                line(
                        "who was served stays counted",
                        "while nobody waits, others are refused",
                        "if (queue.remove(opening)) { size.getAndDecrement(); }",
                        "queue.remove(opening);",
                        "AdmissionQueue.cancelAndRelease[]"),
                new Mutant(
                        "cancel of an opening by check, then store",
                        "it is told after it was cancelled",
                        "SlotRequest",
                        "if (!STAGE.compareAndSet(this, WAITS, CANCELLED)) { return false; }",
                        "if (stage != WAITS) { return false; } stage = CANCELLED;",
                        "AdmissionQueue.cancelAndRelease[]"),
                new Mutant(
                        "an opening begins by a store",
                        "it is told after it was cancelled",
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

    private static Mutant line(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "AdmissionQueue", original, replacement, killer);
    }
}
