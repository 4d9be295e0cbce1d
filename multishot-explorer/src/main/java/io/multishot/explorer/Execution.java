package io.multishot.explorer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One execution of the scenario: its threads, of which one runs at a time, and the decision which makes the next step.
 * Threads hand the turn to each other; whoever has it may touch everything here.
 */
final class Execution {
    final ModelContext context;
    final Memory memory;
    final ChoicePath path;
    final Recorder recorder;
    private final Settings settings;
    private final Carriers carriers;
    private final List<LogicalThread> threads = new ArrayList<>();
    private final IdentityHashMap<Thread, LogicalThread> byThread = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Object> roots = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Object> changed = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Monitor> monitors = new IdentityHashMap<>();
    private final Scheduler scheduler;
    private final AtomicInteger live = new AtomicInteger();
    private final Signal end = new Signal();
    private volatile boolean abandoned;
    private boolean pruned;
    private boolean interrupts;
    final Shared numbering = new Shared() {};
    private final Shared outcomes = new Shared() {};
    private @Nullable Failure failure;
    private @Nullable RuntimeException refusal;
    private @Nullable String outcome;
    private int spuriousFailures;
    private int stalls;
    private int deaths;
    private long time;

    Execution(ModelContext context, ChoicePath path, Settings settings, Carriers carriers, @Nullable Trace trace) {
        this.context = context;
        this.path = path;
        this.settings = settings;
        this.carriers = carriers;
        recorder = new Recorder(trace);
        memory = new Memory(this);
        scheduler = new Scheduler(path, threads, settings);
        spuriousFailures = settings.spuriousFailures;
        stalls = settings.stalls;
        deaths = settings.deaths;
    }

    // ---- for the explorer -------------------------------------------------------------------------------------------

    /** Runs the scenario to its end, whatever that is. */
    void run(Runnable scenario) {
        path.rewind();
        LogicalThread main = add(new Thread(scenario, "main"), scenario);
        main.tick();
        live.incrementAndGet();
        resume(main);
        end.await();
        memory.restoreHeap();
        context.survivors().add(changed.keySet());
        if (refusal != null) {
            throw refusal;
        }
    }

    boolean hasInterrupts() {
        return interrupts;
    }

    boolean wasPruned() {
        return pruned;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    @Nullable
    String outcome() {
        return outcome;
    }

    // ---- steps ------------------------------------------------------------------------------------------------------

    /** Waits until it is the thread's turn to make the step. The thread makes it after this returns. */
    void reach(LogicalThread thread, Step next) {
        checkAbandoned();
        reach(thread, next, mayDie(thread));
    }

    /** As {@code reach}, of a step before which the thread does not die. */
    void reachAlive(LogicalThread thread, Step next) {
        checkAbandoned();
        reach(thread, next, false);
    }

    private void reach(LogicalThread thread, Step next, boolean dies) {
        thread.pending = dies || !mayStall(thread) ? next : Step.stalled(next);
        scheduler.announce(thread);
        LogicalThread chosen = choose();
        if (chosen != thread) {
            resume(chosen);
            thread.turn.await();
            checkAbandoned();
        }
        thread.pending = null;
        scheduler.made(thread, next);
        count();
        if (dies) {
            recorder.step(thread, "dies before " + next.name());
            throw new Killed();
        }
    }

    private boolean mayDie(LogicalThread thread) {
        if (deaths == 0 || thread.id == 0 || choose(2) == 0) {
            return false;
        }
        deaths--;
        return true;
    }

    boolean hasStalls() {
        return settings.stalls > 0;
    }

    private boolean mayStall(LogicalThread thread) {
        if (stalls == 0 || thread.id == 0 || choose(2) == 0) {
            return false;
        }
        stalls--;
        thread.stalled = true;
        recorder.note(thread, "stalls for ever before its next step");
        return true;
    }

    /** Counts a step; one that no other thread notices is made without being scheduled. */
    void count() {
        if (recorder.nextStep() > settings.maxSteps) {
            fail(
                    Failure.Kind.STEP_LIMIT,
                    "no end within " + settings.maxSteps
                            + " steps: a loop that waits for another thread has to call Thread.onSpinWait() or"
                            + " Thread.yield();"
                            + " an execution that is only long needs a higher maxSteps(...)",
                    null);
            throw new Abandoned();
        }
    }

    void checkAbandoned() {
        if (abandoned) {
            throw new Abandoned();
        }
    }

    /** The thread that goes next. */
    private LogicalThread choose() {
        try {
            LogicalThread chosen = scheduler.next();
            if (chosen != null) {
                return chosen;
            }
            if (scheduler.allAsleep()) {
                pruned = true;
                abandon();
            } else {
                fail(Failure.Kind.DEADLOCK, "no thread can go on: " + scheduler.describeBlocked(), null);
            }
        } catch (NondeterminismException e) {
            refuse(e);
        }
        throw new Abandoned();
    }

    private void resume(LogicalThread thread) {
        if (thread.started) {
            thread.turn.raise();
        } else {
            thread.started = true;
            carriers.at(thread.id).submit(this, thread, () -> body(thread));
        }
    }

    private void body(LogicalThread thread) {
        try {
            if (!abandoned) {
                thread.pending = null;
                thread.body.run();
            }
            end(thread);
        } catch (Abandoned e) {
            thread.done = true;
        } catch (Killed e) {
            endKilled(thread);
        } catch (Throwable e) {
            thread.done = true;
            if (!abandoned) {
                fail(Failure.Kind.THROWN, Trace.name(thread) + " threw " + e, e);
            }
        }
        if (live.decrementAndGet() == 0) {
            end.raise();
        }
    }

    private void end(LogicalThread thread) {
        checkAbandoned();
        thread.done = true;
        if (scheduler.onlyStalledAreLeft()) {
            abandon(); // those never end
        } else if (!scheduler.allDone()) {
            resume(choose());
        }
    }

    private void endKilled(LogicalThread thread) {
        try {
            end(thread);
        } catch (Abandoned e) {
            thread.done = true;
        }
    }

    // ---- threads ----------------------------------------------------------------------------------------------------

    private LogicalThread add(Thread thread, Runnable body) {
        LogicalThread logical = new LogicalThread(threads.size(), thread, body);
        threads.add(logical);
        byThread.put(thread, logical);
        return logical;
    }

    /** Starts a thread of the scenario's; it makes no step before it is chosen. */
    LogicalThread start(LogicalThread parent, Thread thread) {
        if (byThread.containsKey(thread)) {
            throw new IllegalThreadStateException(thread + " was started already");
        }
        LogicalThread logical = add(thread, thread);
        logical.past = parent.past;
        logical.startedBy = parent.id;
        logical.startTime = parent.time();
        logical.pending = Step.of("begin", null, false, 0);
        live.incrementAndGet();
        return logical;
    }

    /** Null for a thread that was not started by the scenario. */
    @Nullable
    LogicalThread find(Thread thread) {
        return byThread.get(thread);
    }

    Monitor monitorOf(Object object) {
        return monitors.computeIfAbsent(object, o -> new Monitor());
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Returns the number of threads, which the start of another one changes. */
    int countThreads(LogicalThread thread) {
        reach(thread, Step.of("count threads", numbering, false, 0));
        return threads.size();
    }

    // ---- objects of the platform ------------------------------------------------------------------------------------

    /** The object that this one is a view of, or itself. */
    Object rootOf(Object object) {
        return roots.getOrDefault(object, object);
    }

    void derive(Object view, Object from) {
        roots.putIfAbsent(view, rootOf(from)); // not anew when it comes out of another object
    }

    void changes(Object object) {
        changed.put(object, object);
    }

    /** Ends the exploration if the object still has what an earlier execution left in it. */
    void checkFresh(Object object) {
        if (context.survivors().contains(object)) {
            refuse(new NondeterminismException(
                    "a " + object.getClass().getName() + " that an earlier execution has changed"));
            throw new Abandoned();
        }
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    /** A step of its own, because the last one counts. */
    void outcome(LogicalThread thread, String value) {
        reachAlive(thread, Step.of("outcome", outcomes, true, 0));
        recorder.step(thread, "outcome " + value);
        outcome = value;
    }

    void fail(Failure.Kind kind, String message, @Nullable Throwable cause) {
        if (failure == null) {
            failure = new Failure(kind, message, cause, recorder.lines());
        }
        abandon();
    }

    void failRace(String access, Location location, String otherAccess, int otherEvent) {
        String message = recorder.race(access, location, otherAccess, otherEvent);
        fail(Failure.Kind.DATA_RACE, message, null);
        throw new Abandoned();
    }

    /** Ends the whole exploration by an exception. */
    void refuse(RuntimeException exception) {
        if (refusal == null) {
            refusal = exception;
        }
        abandon();
    }

    /** Lets every thread unwind. */
    private void abandon() {
        abandoned = true;
        for (LogicalThread thread : threads) {
            if (thread.started) {
                thread.turn.raise();
            } else {
                live.decrementAndGet(); // not the last: the calling thread is alive
            }
        }
    }

    // ---- choices that are not schedules -----------------------------------------------------------------------------

    int choose(int alternatives) {
        try {
            return path.choose(alternatives);
        } catch (NondeterminismException e) {
            refuse(e);
            throw new Abandoned();
        }
    }

    /** A thread is interrupted. */
    void interrupts() {
        interrupts = true;
    }

    /** Tells whether a join may be interrupted, as far as is known by now. */
    boolean mayInterrupt() {
        return settings.interrupts;
    }

    /** Tells whether to try what other executions show as well. */
    boolean isThorough() {
        return !settings.reduces();
    }

    boolean maySpendSpuriousFailure() {
        return spuriousFailures > 0;
    }

    void spendSpuriousFailure() {
        spuriousFailures--;
    }

    /** Nanoseconds of the virtual clock. It stands still unless a timed wait times out. */
    long time() {
        return time;
    }

    void advanceTime(long nanos) {
        long later = time + nanos;
        time = later < time ? Long.MAX_VALUE : later;
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
