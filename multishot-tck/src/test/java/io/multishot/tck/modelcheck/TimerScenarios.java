package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Deadlines.TICK;
import static io.multishot.tck.modelcheck.Scenario.VALUE;
import static io.multishot.tck.modelcheck.Scenario.check;

import io.multishot.correlator.EngineAccess;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import io.multishot.tck.modelcheck.Deadlines.Timed;

/** Requests with deadlines on a timer: each ends by its deadline, whatever the other threads do. */
final class TimerScenarios {
    private TimerScenarios() {}

    /** A request is opened while a wake-up finds nothing and goes to sleep. */
    static void opening(long timeout) {
        Deadlines deadlines = new Deadlines(2);
        deadlines.leaveWakeUp();
        deadlines.opener(opened -> opened.add(deadlines.open(timeout)));
        deadlines.timer();
        deadlines.run();
    }

    /** A request is opened while its time passes and the wake-up comes that this opening sets. */
    static void openingAndTime(long timeout) {
        Deadlines deadlines = new Deadlines(2);
        deadlines.opener(opened -> opened.add(deadlines.open(timeout)));
        deadlines.timerAfter(timeout);
        deadlines.run();
    }

    /** A request is opened, or the thread stops on the way; then another one is. */
    static void openingThenAnother(long one, long other) {
        Deadlines deadlines = new Deadlines(2);
        deadlines.opener(opened -> opened.add(deadlines.open(one)));
        deadlines.then(() -> deadlines.watch(deadlines.open(other)));
        deadlines.run();
    }

    /** A user's thread sweeps while a wake-up comes, with a request in flight that is not due yet. */
    static void sweepAndTimer() {
        Deadlines deadlines = new Deadlines(3);
        deadlines.watch(deadlines.open(2 * TICK));
        deadlines.leaveWakeUp();
        deadlines.sweeper();
        deadlines.timer(() -> deadlines.timer.runDue());
        deadlines.run();
    }

    /** A user's thread sweeps, or stops on the way; then wake-ups come. */
    static void sweepThenTimer() {
        Deadlines deadlines = new Deadlines(3);
        deadlines.watch(deadlines.open(2 * TICK));
        deadlines.leaveWakeUp();
        deadlines.sweeper();
        deadlines.run();
    }

    /** The timer loses a wake-up: the next opening replaces it, and both requests end. */
    static void lostWakeUp() {
        Deadlines deadlines = new Deadlines(2);
        Timed relies = deadlines.open(TICK);
        deadlines.timer.next(TICK).cancel();
        deadlines.pass(3 * TICK);
        deadlines.watch(relies);
        deadlines.watch(deadlines.open(9 * TICK));
        deadlines.run();
    }

    /** An opening replaces a wake-up that is lost, or its thread stops on the way; then another request is opened. */
    static void lostThenAnother() {
        Deadlines deadlines = new Deadlines(4);
        deadlines.watch(deadlines.open(TICK));
        deadlines.timer.next(TICK).cancel();
        deadlines.pass(3 * TICK);
        deadlines.opener(opened -> opened.add(deadlines.open(9 * TICK)));
        deadlines.then(() -> deadlines.watch(deadlines.open(9 * TICK)));
        deadlines.run();
    }

    /** The timer loses a wake-up that an opening relies on, while a later opening replaces it. */
    static void lostMeanwhile() {
        Deadlines deadlines = new Deadlines(3);
        deadlines.leaveWakeUp();
        deadlines.timer.next(TICK).cancel();
        deadlines.correlator.expire(); // nothing is left that the later opening would look for, too
        deadlines.opener(opened -> opened.add(deadlines.open(TICK)));
        deadlines.opener(opened -> {
            deadlines.timer.advanceTo(4 * TICK);
            opened.add(deadlines.open(9 * TICK));
        });
        deadlines.passes(4 * TICK);
        deadlines.run();
    }

    /** A request that is due is answered, and another one takes its slot, while the wake-up comes. */
    static void reuse(long timeout) {
        Deadlines deadlines = new Deadlines(2);
        Timed due = deadlines.open(TICK);
        deadlines.pass(TICK);
        deadlines.opener(opened -> {
            if (deadlines.correlator.complete(due.request.ticket(), new Box(VALUE)) == ReplyResult.DELIVERED) {
                opened.add(deadlines.open(timeout));
            }
        });
        deadlines.timer();
        deadlines.run();
    }

    /** A request is given a later or an earlier deadline while a wake-up comes, for it or for nothing. */
    static void extension(long timeout, long extended) {
        Deadlines deadlines = new Deadlines(3);
        Timed request = deadlines.open(timeout);
        deadlines.wakeUpNeeded(TICK);
        deadlines.extender(request, extended);
        deadlines.timerAfter(TICK);
        deadlines.run();
    }

    /** A request is given another deadline while it is answered and the next one takes its slot. */
    static void extensionAndReuse(long extended) {
        Deadlines deadlines = new Deadlines(1);
        Timed first = deadlines.open(2 * TICK);
        deadlines.opener(opened -> deadlines.extend(first, extended));
        deadlines.opener(opened -> {
            deadlines.correlator.complete(first.request.ticket(), new Box(VALUE));
            opened.add(deadlines.open(2 * TICK));
        });
        deadlines.run();
    }

    /** A request is opened while a wake-up comes and a user's thread sweeps, too. */
    static void openingAndSweep(long timeout) {
        Deadlines deadlines = new Deadlines(2);
        deadlines.leaveWakeUp();
        deadlines.opener(opened -> opened.add(deadlines.open(timeout)));
        deadlines.sweeper();
        deadlines.timer();
        deadlines.run();
    }

    /** A wake-up comes so late that an opening replaces it, which a deadline relied on. */
    static void overdue() {
        Deadlines deadlines = new Deadlines(3);
        deadlines.watch(deadlines.open(TICK));
        deadlines.pass(3 * TICK);
        deadlines.timer(() -> deadlines.timer.runDue());
        deadlines.opener(opened -> opened.add(deadlines.open(2 * TICK)));
        deadlines.run();
    }

    /** A wake-up that was replaced as overdue runs beside the one that replaced it. */
    static void twoWakeUps() {
        Deadlines deadlines = new Deadlines(2);
        deadlines.leaveWakeUp();
        ModelTimer.Task overdue = deadlines.timer.next(TICK);
        deadlines.pass(3 * TICK);
        deadlines.timer(() -> overdue.run());
        deadlines.opener(opened -> opened.add(deadlines.open(0)));
        deadlines.timer(() -> deadlines.timer.runDue());
        deadlines.run();
    }

    /** A blocking receive of a request that is due ends it, or the wake-up does. */
    static void receiving() {
        Deadlines deadlines = new Deadlines(2);
        Pending<Box> due = deadlines.open(TICK).request;
        deadlines.pass(TICK);
        deadlines.opener(opened -> check(Requests.receive(due) == Recorder.FAILED, "no timeout"));
        deadlines.timer();
        deadlines.run();
    }

    /** A blocking receive stops on the way: the wake-up ends the request. */
    static void receivingStops() {
        Deadlines deadlines = new Deadlines(1);
        Pending<Box> due = deadlines.open(TICK).request;
        deadlines.pass(TICK);
        deadlines.opener(opened -> Requests.receive(due));
        deadlines.run();
        check(!due.toString().contains("in flight"), "late");
    }

    /** A receive ends its request by itself, and the next one takes the slot, while a wake-up comes. */
    static void receivingAndNext() {
        Deadlines deadlines = new Deadlines(2);
        Pending<Box> due = deadlines.open(TICK).request;
        deadlines.pass(TICK);
        deadlines.opener(opened -> {
            EngineAccess.endIfDue(due);
            opened.add(deadlines.open(2 * TICK));
        });
        deadlines.timer(() -> deadlines.timer.runDue());
        deadlines.run();
    }

    /** A blocking receive waits until the deadline, which is extended: then until the later one. */
    static void receivingAndExtension() {
        Deadlines deadlines = new Deadlines(1);
        Timed request = deadlines.open(TICK);
        boolean[] extended = new boolean[1];
        deadlines.opener(opened -> {
            deadlines.timer.advanceTo(TICK);
            check(Requests.receive(request.request) == Recorder.FAILED, "no timeout");
            opened.add(request);
        });
        deadlines.opener(opened -> extended[0] = deadlines.extend(request, 2 * TICK));
        deadlines.runThreads();
        check(!extended[0] || deadlines.timer.nanoTime() >= 2 * TICK, "early");
    }

    /** A blocking receive ends it, or a reply does. */
    static void receivingAndReply() {
        Deadlines deadlines = new Deadlines(2);
        Pending<Box> due = deadlines.open(TICK).request;
        deadlines.pass(TICK);
        int[] received = new int[1];
        ReplyResult[] reply = new ReplyResult[1];
        deadlines.opener(opened -> received[0] = Requests.receive(due));
        deadlines.opener(opened -> reply[0] = deadlines.correlator.complete(due.ticket(), new Box(VALUE)));
        deadlines.run();
        check(
                received[0] == (reply[0] == ReplyResult.DELIVERED ? VALUE : Recorder.FAILED),
                "received " + received[0] + ", the reply was " + reply[0]);
    }
}
