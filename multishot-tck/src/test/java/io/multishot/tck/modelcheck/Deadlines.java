package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Scenario.check;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.EngineAccess;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import io.multishot.explorer.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A correlator on a {@link ModelTimer}, the threads of a scenario, and what they opened. When they are done, stalled or
 * dead, time goes on, and each request has to end by its deadline: not before, and no more than the resolution later.
 */
final class Deadlines {
    /** The resolution, in nanoseconds: that of the deadline words, so that deadlines between two of them differ. */
    static final long TICK = 1 << 20;

    final ModelTimer timer = ModelTimer.INSTANCE;
    final Correlator<Box> correlator;

    private Runnable last = () -> {};
    private final List<Timed> requests = new ArrayList<>();
    private final List<Actor> openers = new ArrayList<>();
    private final List<Actor> sweepers = new ArrayList<>();
    private final List<Actor> timers = new ArrayList<>();
    private long passed;

    Deadlines(int capacity) {
        correlator = Correlator.builder(capacity)
                .resolution(Duration.ofNanos(TICK))
                .callbackExecutor(task -> task.run())
                .build();
    }

    /** Leaves a wake-up that is due, for a request that is over. */
    void leaveWakeUp() {
        wakeUpNeeded(TICK);
        pass(TICK);
    }

    /** Lets time pass before the threads start. */
    void pass(long time) {
        timer.advanceTo(time);
        passed = time;
    }

    /** Notes a time that one of the threads lets pass. */
    void passes(long time) {
        passed = Math.max(passed, time);
    }

    /** Leaves a wake-up after a time, for a request that is over. */
    void wakeUpNeeded(long time) {
        Pending<Box> request = correlator.open(Duration.ofNanos(time));
        check(correlator.complete(request.ticket(), new Box(Scenario.VALUE)) == ReplyResult.DELIVERED, "refused");
    }

    /** Opens a request that only this thread extends. */
    Timed open(long timeout) {
        Timed timed = new Timed();
        timed.earliest = timer.nanoTime() + timeout;
        timed.request = correlator.open(Duration.ofNanos(timeout));
        timed.latest = timer.nanoTime() + timeout;
        return timed;
    }

    /** Extends it, and returns whether that was accepted. */
    boolean extend(Timed timed, long timeout) {
        long earliest = timer.nanoTime() + timeout;
        if (EngineAccess.extend(timed.request, timeout) != ReplyResult.DELIVERED) {
            timed.earliest = Math.min(timed.earliest, earliest); // it may be the new one that it ended by
            return false;
        }
        timed.earliest = earliest;
        timed.latest = timer.nanoTime() + timeout;
        return true;
    }

    /** Has a request checked that this thread opened. */
    void watch(Timed timed) {
        requests.add(timed);
    }

    /** Adds a thread that opens requests. */
    void opener(Opening body) {
        openers.add(new Actor(body));
    }

    /** Adds a thread that gives a request another deadline. */
    void extender(Timed request, long timeout) {
        openers.add(new Actor(opened -> {
            extend(request, timeout);
            opened.add(request);
        }));
    }

    /** Does something on this thread when all others are done, stalled or dead. */
    void then(Runnable last) {
        this.last = last;
    }

    /** Adds a thread that sweeps, beside the timer. */
    void sweeper() {
        sweepers.add(new Actor(opened -> correlator.expire()));
    }

    /** Adds a thread that runs a wake-up, whenever that may be. */
    void timer(Runnable wakeUp) {
        timers.add(new Actor(opened -> wakeUp.run()));
    }

    /** Adds a thread that runs the wake-ups that are due. */
    void timer() {
        timerAfter(0);
    }

    /** Adds a thread that lets time pass and then runs the wake-ups that are due. */
    void timerAfter(long time) {
        passes(time);
        timer(() -> {
            timer.advanceTo(time);
            while (timer.runDue()) {
                // the next one
            }
        });
    }

    /** Runs the threads, then lets time go on until all that they opened has ended. */
    void run() {
        List<Actor> all = new ArrayList<>(openers);
        all.addAll(sweepers);
        all.addAll(timers);
        runThreads();
        last.run();
        pass(passed); // this thread may not see the clock of one that stalled
        for (Actor actor : all) {
            if (!actor.isStalled()) {
                requests.addAll(actor.opened);
            }
        }
        requests.forEach(each -> each.checkNotEarly(passed));
        if (!timers.stream().allMatch(Actor::isDone) || FailingReports.haveDeath()) {
            // The next opening replaces the wake-up that is lost.
            pass(passed + 3 * TICK);
            requests.add(open(TICK));
        }
        if (timers.stream().anyMatch(Actor::isStalled)) { // it may hold a lock
            check(timer.next(passed + TICK) != null, "no wake-up is scheduled");
        } else {
            letTimeGoOn(sweepers.stream().anyMatch(Actor::isStalled));
        }
        if (all.stream().allMatch(Actor::isDone) && !FailingReports.haveDeath()) {
            Requests.checkBooks(correlator, 0);
            check(timer.next(Long.MAX_VALUE) == null, "a wake-up is scheduled though nothing is in flight");
        }
    }

    /** Runs the threads until they are done, stalled or dead. */
    void runThreads() {
        List<Actor> all = new ArrayList<>(openers);
        all.addAll(sweepers);
        all.addAll(timers);
        all.forEach(Actor::start);
        all.forEach(Actor::join);
    }

    private void letTimeGoOn(boolean locked) {
        long start = passed;
        long end = start + TICK;
        for (Timed each : requests) {
            end = Math.max(end, roundUp(each.latest));
        }
        while (passed <= end) {
            timer.runUntil(passed);
            for (Timed each : requests) {
                each.checkNotEarly(passed);
                if (passed >= roundUp(Math.max(each.latest, start + TICK)) && !each.hasEnded()) {
                    check(locked && timer.next(passed + TICK) != null, "late");
                }
            }
            passed += TICK;
        }
        timer.runUntil(passed);
    }

    private static long roundUp(long time) {
        return time + TICK - 1 & -TICK;
    }

    /** What a thread of the scenario does. */
    interface Opening {
        void run(List<Timed> opened);
    }

    /** A request, and the bounds of its deadline. */
    static final class Timed {
        Pending<Box> request;
        private long earliest;
        private long latest;
        private boolean ended;

        private boolean hasEnded() {
            ended = ended || Requests.tryReceive(request) != Scenario.OPEN;
            return ended;
        }

        private void checkNotEarly(long now) {
            check(now >= earliest || !hasEnded(), "early");
        }
    }

    private static final class Actor {
        private final List<Timed> opened = new ArrayList<>();
        private final Opening body;
        private Thread thread;
        private boolean done;

        Actor(Opening body) {
            this.body = body;
        }

        void start() {
            thread = Scenario.start(() -> {
                body.run(opened);
                done = true;
            });
        }

        void join() {
            Scenario.join(thread);
        }

        boolean isStalled() {
            return Probe.isStalled(thread);
        }

        /** False if it stalled or died. */
        boolean isDone() {
            return !isStalled() && done;
        }
    }
}
