package io.multishot.tck.mutation;

import java.util.List;

/** Mutants of the handlers, most of them of a blocking receive. */
final class OutcomeHandlerMutants {
    private OutcomeHandlerMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "cancel reads the source before the caller's volatile store is visible",
                        "neither the flag of the thread that gives up is seen nor the callback cancelled",
                        "OutcomeHandler",
                        "AT.getVolatile(this)",
                        "AT.getAcquire(this)",
                        "Rival.givingUp[]"),
                mutant(
                        "unpark before the outcome is stored",
                        "the thread finds nothing, parks again, and sleeps for ever",
                        "outcome = ended; LockSupport.unpark(thread);",
                        "LockSupport.unpark(thread); outcome = ended;",
                        "Blocking.ending[SEND]"),
                mutant(
                        "no unpark",
                        "the thread sleeps for ever",
                        "LockSupport.unpark(thread);",
                        "",
                        "Blocking.ending[SEND]"),
                mutant(
                        "park without reading the outcome again",
                        "a park that returns for no reason ends the wait without an outcome",
                        "while (outcome == null) { park(source, Long.MAX_VALUE);",
                        "if (outcome == null) { park(source, Long.MAX_VALUE);",
                        "Blocking.ending[SEND]"),
                mutant(
                        "the outcome is stored without release",
                        "the value is received half-made",
                        "private volatile @Nullable Object outcome;",
                        "private @Nullable Object outcome;",
                        "Blocking.ending[SEND]"),
                mutant(
                        "a timeout does not cancel",
                        "the outcome goes to a receive that has given up",
                        "if (remaining <= 0 && cancelWait()) {",
                        "if (remaining <= 0) {",
                        "Blocking.timeout[]"),
                mutant(
                        "a timeout that comes too late wins all the same",
                        "the outcome goes to a receive that has given up",
                        "if (remaining <= 0 && cancelWait()) { throw timedOut(source, timeout); }",
                        "if (remaining <= 0) { cancelWait(); throw timedOut(source, timeout); }",
                        "Blocking.timeout[]"),
                mutant(
                        "an interrupt does not cancel",
                        "the outcome goes to a receive that has given up",
                        "if (cancelWait()) { throw new InterruptedException(); } return true;",
                        "throw new InterruptedException();",
                        "Blocking.interruptAndSend[]"),
                mutant(
                        "an interrupt that comes too late is swallowed",
                        "the thread never learns that it was interrupted",
                        "if (interrupted) { thread.interrupt(); }",
                        "",
                        "Blocking.interruptAndSend[]"));
    }

    private static Mutant mutant(String name, String breaks, String original, String replacement, String killer) {
        return new Mutant(name, breaks, "BlockingReceive", original, replacement, killer);
    }
}
