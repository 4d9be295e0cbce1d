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
                        "return request.ticket() == ticket ? request : refusal(slot, ticket, ReplyResult.LATE);",
                        "return request;",
                        "Slot.replyAndNext[]"),
                slot(
                        "every refused reply gets the answer of the latest request",
                        "the answer to a late reply is DUPLICATE",
                        "return number == (latest & layout.generationMask()) ? ofLatest : ReplyResult.LATE;",
                        "return ofLatest;",
                        "Slot.lateAndReply[]"),
                slot(
                        "a request is published by opaque",
                        "a sweep takes its deadline for that of the request before",
                        "REQUESTS.setRelease(requests, place(slot), request);",
                        "REQUESTS.setOpaque(requests, place(slot), request);",
                        "Slot.sweepAndNext[]"),
                slot(
                        "the deadline is written after the request is published",
                        "a sweep takes the deadline of the request before for that of the next",
                        """
                        LONGS.setRelease(facts, fact(slot, WORD), DeadlineWord.of(deadline, generation));
                        REQUESTS.setRelease(requests, place(slot), request);
                        """,
                        """
                        REQUESTS.setRelease(requests, place(slot), request);
                        LONGS.setRelease(facts, fact(slot, WORD), DeadlineWord.of(deadline, generation));
                        """,
                        "Slot.sweepAndNext[]"),
                new Mutant(
                        "the deadline is not read again after the request",
                        "a sweep takes the deadline of the request before, which is over, for that of the next",
                        "DeadlineSweeper",
                        "word = chunk.wordAcquire(slot); if (DeadlineWord.isFired(word)) { return request; }",
                        "if (DeadlineWord.isFired(word)) { return request; }",
                        "Slot.sweepAndNextAfterTimeout[]"),
                slot(
                        "the request is not read again after its age",
                        "the age is another request's",
                        """
                        if (requestAcquire(slot) == request) {
                            return new RequestInfo(request.ticket(), age, openedBy);
                        }
                        """,
                        "return new RequestInfo(request.ticket(), age, openedBy);",
                        "Slot.looking[]"),
                slot(
                        "the trace is removed before the request is taken out",
                        "a request is shown without its opening",
                        """
                        REQUESTS.setRelease(requests, place(slot),
                                further == ReplyResult.DUPLICATE ? null : further);
                        """,
                        """
                        if (traces != null) { REQUESTS.setRelease(traces, slot, null); }
                        REQUESTS.setRelease(requests, place(slot), further == ReplyResult.DUPLICATE ? null : further);
                        """,
                        "Slot.looking[]"),
                slot(
                        "tickets are not counted",
                        "a ticket is issued twice",
                        "return new Pending<>(range, TicketRange.number(slot, generation));",
                        "return new Pending<>(range, TicketRange.number(slot, DeadlineWord.generation(word)));",
                        "Slot.replyAndNext[]"),
                free(
                        "the head does not count the pops",
                        "a pop that stalls gives out a slot that is in flight",
                        """
                        if (!compareAndSetHead(now, head(pops, table.nextFree(top)))) { return CONTENDED; }
                        if (pops == POPS) { CARRIED.getAndAdd(this, POPS); }
                        """,
                        """
                        if (!compareAndSetHead(now, head(pops - 1, table.nextFree(top)))) { return CONTENDED; }
                        CARRIED.getAndAdd(this, 1L); // they are counted for the statistics
                        """,
                        "Slot.openingAndReuse[]"),
                free(
                        "pop by a store",
                        "two requests share a slot",
                        "if (!compareAndSetHead(now, head(pops, table.nextFree(top)))) { return CONTENDED; }",
                        "HEAD.setVolatile(this, head(pops, table.nextFree(top)));",
                        "Slot.twoOpenings[1, true]"),
                free(
                        "push by a store",
                        "a slot is lost",
                        "} while (!compareAndSetHead(now, (now & -1L << ADDRESS_BITS) | address));",
                        "HEAD.setVolatile(this, (now & -1L << ADDRESS_BITS) | address); } while (false);",
                        "Slot.twoEndings[CANCEL]"),
                free(
                        "a push that failed does not link the slot anew",
                        "a slot is lost",
                        """
                        do {
                            now = headVolatile();
                            int top = topOf(now);
                            chunk.putOn(slot, top, depthOf(top) + 1);
                        } while
                        """,
                        """
                        int top = topOf(headVolatile());
                        chunk.putOn(slot, top, depthOf(top) + 1);
                        do { now = headVolatile(); } while
                        """,
                        "Slot.twoEndings[COMPLETE]"),
                list(
                        "the free list is read once only",
                        "refused as full, although there was always a free slot",
                        "if (all == before && pops == popsBefore) {",
                        "if (true) {",
                        "Slot.openingAcrossStripes[]"),
                list(
                        "slots that were never used are counted by a store",
                        "two requests share a slot",
                        "int witness = (int) USED.compareAndExchange(this, now, now + 1);",
                        "int witness = now; used = now + 1;",
                        "Slot.twoOpenings[2, false]"),
                list(
                        "more stripes come in place of those that there are",
                        "the slots that were free are lost",
                        "for (int i = now.length;",
                        "for (int i = 0;",
                        "Slot.twoOpenings[17, true]"),
                queue(
                        "the size is read by acquire",
                        "freeing and entering threads do not see each other: a slot is free and the request waits",
                        "boolean isEmpty() { return size.get() == 0; }",
                        "boolean isEmpty() { return size.getAcquire() == 0; }",
                        "AdmissionQueue.waitAndRelease[]"),
                queue(
                        "a request that is cancelled while it enters stays in the queue",
                        "a place in the queue is lost, and slots are given to a request that is over",
                        "if (!request.isWaiting()) {",
                        "if (false) {",
                        "AdmissionQueue.waitBehindAndCancel[]"),
                queue(
                        "a slot is not given back when its request was cancelled meanwhile",
                        "a slot is lost",
                        "} else { table.giveBack(address); }",
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
                        "if (request.claim()) {",
                        "if (request.isWaiting()) {",
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
        return new Mutant(name, breaks, "Chunk", original, replacement, killer);
    }

    private static Mutant free(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "FreeStack", original, replacement, killer);
    }

    private static Mutant list(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "StripedFreeList", original, replacement, killer);
    }

    private static Mutant queue(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "AdmissionQueue", original, replacement, killer);
    }
}
