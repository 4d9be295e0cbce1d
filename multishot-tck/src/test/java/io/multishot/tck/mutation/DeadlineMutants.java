package io.multishot.tck.mutation;

import java.util.List;

/** Mutants of the deadlines: their words and bounds, the sweep, and the timer. */
final class DeadlineMutants {
    private DeadlineMutants() {}

    static List<Mutant> all() {
        return List.of(
                // ---- words and bounds -----------------------------------------------------------------------------
                new Mutant(
                        "the rest of a deadline is written after the request is published",
                        "a sweep takes it for that of the request before",
                        "Chunk",
                        """
                        LONGS.setRelease(facts, fact(slot, STAMP),
                                epoch << DeadlineWord.UNIT_BITS | DeadlineWord.rest(deadline));
                        if (traces != null) { REQUESTS.setRelease(traces, slot, trace); }
                        LONGS.setRelease(facts, fact(slot, WORD), DeadlineWord.of(deadline, generation));
                        REQUESTS.setRelease(requests, place(slot), request);
                        """,
                        """
                        LONGS.setRelease(facts, fact(slot, WORD), DeadlineWord.of(deadline, generation));
                        REQUESTS.setRelease(requests, place(slot), request);
                        LONGS.setRelease(facts, fact(slot, STAMP),
                                epoch << DeadlineWord.UNIT_BITS | DeadlineWord.rest(deadline));
                        if (traces != null) { REQUESTS.setRelease(traces, slot, trace); }
                        """,
                        "Timer.reuse[524288]"),
                new Mutant(
                        "the chunk's bound is lowered only if the group's was",
                        "a second opening relies on a thread that stalls between the two",
                        "Chunk",
                        "lowerGroup(slot >>> GROUP_BITS, deadline); lowerBound(deadline);",
                        """
                        if (deadline < boundVolatile(slot >>> GROUP_BITS)) {
                            lowerGroup(slot >>> GROUP_BITS, deadline);
                            lowerBound(deadline);
                        }
                        """,
                        "Timer.openingThenAnother[1048576, 1048576] with a stall"),
                new Mutant(
                        "a bound is read while a scan has raised it",
                        "the timer sleeps, and the thread that scans dies",
                        "Chunk",
                        "if (isOdd(before)) { return ifScanning; }",
                        "",
                        "Timer.sweepThenTimer[] with a death"),
                engine(
                        "the bounds are lowered before the request begins",
                        "a sweep meanwhile cannot end it, and no other sweep looks",
                        """
                        Pending<T> request = publish(address, now, deadline, handler);
                        VarHandle.fullFence(); // what others see of the request is ordered before the
                        reads of bounds and control
                        if (deadline != DeadlineWord.NEVER) { sweeper.watch(request, deadline); }
                        """,
                        """
                        VarHandle.fullFence();
                        if (deadline != DeadlineWord.NEVER) {
                            table.chunkOf(address).lowerBounds(Chunk.slotOf(address), deadline);
                        }
                        Pending<T> request = publish(address, now, deadline, handler);
                        """,
                        "Timer.openingAndSweep[1048576]"),
                engine(
                        "the timer is not ensured once the request is published",
                        "a wake-up meanwhile finds nothing and sleeps",
                        "ensureTimerOf(request, deadline, now); if",
                        "if",
                        "Timer.opening[1048576]"),
                // ---- the sweep ------------------------------------------------------------------------------------
                sweeper(
                        "the word is read once, before the request",
                        "the next request of the slot ends early",
                        "word = chunk.wordAcquire(slot); if (DeadlineWord.isFired(word)) { return request; }",
                        "if (DeadlineWord.isFired(word)) { return request; }",
                        "Timer.receivingAndNext[]"),
                sweeper(
                        "the request is read again once its word is fired",
                        "the next request of the slot ends early",
                        "if (due != null && expire(chunk, slot, due, handlers)) {",
                        """
                        due = due == null ? null : chunk.requestAcquire(slot);
                        if (due != null && expire(chunk, slot, due, handlers)) {
                        """,
                        "Slot.sweepAndNext[]"),
                sweeper(
                        "a word that is fired already is passed over",
                        "the request stays that a receive stopped to end",
                        "if (DeadlineWord.isFired(word)) { return request; } long deadline",
                        "if (DeadlineWord.isFired(word)) { return null; } long deadline",
                        "Timer.receivingStops[] with a stall"),
                sweeper(
                        "a request ends without its word being fired",
                        "it is extended and ends all the same",
                        """
                        if (chunk.compareAndSetWord(slot, word, DeadlineWord.fired(word))) {
                            return request;
                        }
                        """,
                        "if (slot >= 0) { return request; }",
                        "Timer.extension[1048576, 2097152]"),
                sweeper(
                        "a receive ends a request without its word being fired",
                        "it is extended and ends all the same",
                        """
                        if (chunk.compareAndSetWord(slot, word, DeadlineWord.fired(word))) {
                            return timeout;
                        }
                        """,
                        "if (slot >= 0) { return timeout; }",
                        "Timer.receivingAndExtension[]"),
                sweeper(
                        "extend changes the deadline of whichever request is in the slot",
                        "the next request ends early, or late",
                        "if (chunk.compareAndSetWord(slot, word, DeadlineWord.extended(word, deadline))) {",
                        """
                        word = chunk.wordAcquire(slot);
                        if (chunk.compareAndSetWord(slot, word, DeadlineWord.extended(word, deadline))) {
                        """,
                        "Timer.extensionAndReuse[9437184]"),
                sweeper(
                        "extend does not lower the bounds",
                        "the request ends late",
                        "chunk.lowerBounds(slot, deadline); return true;",
                        "return true;",
                        "Timer.extension[9437184, 1048576]"),
                sweeper(
                        "two sweeps run at once",
                        "the older one raises a bound that the younger one lowered",
                        """
                        lock.lock();
                        try { return sweepLocked(now, Integer.MAX_VALUE, handlers); } finally { lock.unlock(); }
                        """,
                        "return sweepLocked(now, Integer.MAX_VALUE, handlers);",
                        "Timer.sweepAndTimer[]"),
                sweeper(
                        "a scan that was not finished is forgotten",
                        "its group is passed over",
                        "if (again || chunk.boundVolatile(group) <= now) {",
                        "if (chunk.boundVolatile(group) <= now) {",
                        "Timer.sweepThenTimer[] with a death"),
                sweeper(
                        "a chunk is passed over whose scan was not finished",
                        "its requests stay",
                        "if (chunk.bound(Long.MIN_VALUE) <= now) {",
                        "if (chunk.bound(DeadlineWord.NEVER) <= now) {",
                        "Timer.sweepThenTimer[] with a death"),
                sweeper(
                        "the slots are read without a fence",
                        "neither the opening nor the sweep sees the other",
                        "VarHandle.fullFence(); // the slots are read after the bound was raised",
                        "",
                        "Timer.opening[1048576]"),
                sweeper(
                        "a handler is not handed over",
                        "a callback waits for ever",
                        "handlers.accept(cause);",
                        "",
                        "Correlator.twoEndings[COMPLETE, EXPIRE, true]"),
                sweeper(
                        "a blocking receive is not told",
                        "it waits for ever",
                        "if (Pending.isInternalHandler(handler)) { Pending.notify(handler, outcome); }",
                        "if (Pending.isInternalHandler(handler)) {}",
                        "Blocking.request[EXPIRE]"),
                // ---- the timer ------------------------------------------------------------------------------------
                alarm(
                        "a wake-up does not look again after it installed the next one, or none",
                        "a request that was opened meanwhile relies on it",
                        """
                        now = time.now();
                        earliest = work.earliest(now);
                        if (earliest != DeadlineWord.NEVER) { ensure(afterThis(earliest, now), now); }
                        """,
                        "",
                        "Timer.opening[1048576]"),
                alarm(
                        "a thread does not look before it replaces a wake-up that is lost",
                        "it stalls, and an earlier deadline relied on that one",
                        "if (lost) { needed = earliest(wanted, now); } WakeUp",
                        "WakeUp",
                        "Timer.lostThenAnother[] with a stall"),
                alarm(
                        "a thread does not look again after it replaced a wake-up that is lost",
                        "an earlier deadline relied on that one meanwhile",
                        "} else if (lost) { needed = earliest(wanted, now); } else { return;",
                        "} else { return;",
                        "Timer.lostMeanwhile[]"),
                alarm(
                        "a wake-up that is overdue is not replaced",
                        "deadlines have no effect any more",
                        "return current == null || now - current.at > tick || current.spent;",
                        "return current == null || current.spent;",
                        "Timer.lostWakeUp[]"),
                alarm(
                        "a wake-up that is spent is not replaced",
                        "deadlines have no effect for a while",
                        "return current == null || now - current.at > tick || current.spent;",
                        "return current == null || now - current.at > tick;",
                        "Timer.opening[1048576]"),
                alarm(
                        "a wake-up is installed before it is scheduled",
                        "others rely on it, and the thread stalls",
                        """
                        WakeUp next = schedule(current, needed);
                        if (!next.install()) {
                        """,
                        """
                        WakeUp next = new WakeUp(current, needed);
                        boolean installed = next.install();
                        if (installed) {
                            next.scheduled = timer.schedule(next, Duration.ofNanos(needed - now));
                        }
                        if (!installed) {
                        """,
                        "Timer.openingThenAnother[1048576, 2097152] with a stall"),
                alarm(
                        "a wake-up that runs before it is installed does nothing",
                        "it is installed then, and others rely on it",
                        "if (!install() && installed != this) {",
                        "if (installed != this) {",
                        "Timer.openingAndTime[1048576]"),
                alarm(
                        "an earlier deadline does not replace the wake-up",
                        "the request ends late",
                        "return current != null && current.at <= wanted && !isLost(current, now);",
                        "return current != null && !isLost(current, now);",
                        "Timer.extension[9437184, 1048576]"),
                alarm(
                        "wake-ups are rounded down",
                        "they find nothing due, over and over",
                        "(at + tick - 1) & -tick",
                        "at & -tick",
                        "Timer.opening[524288]"));
    }

    private static Mutant engine(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "RequestEngine", original, replacement, killer);
    }

    private static Mutant sweeper(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "DeadlineSweeper", original, replacement, killer);
    }

    private static Mutant alarm(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "DeadlineAlarm", original, replacement, killer);
    }
}
