package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * Carries out the actions of rewritten code on monitors. To leave one is a step of its own only where the steps before
 * it show: to {@code tryLock}, which does not wait, and where a thread may stall inside. Those that wait to enter
 * notice nothing.
 */
final class MonitorActions {
    private MonitorActions() {}

    static void enter(Object object) {
        Carrier carrier = Carrier.current();
        if (carrier == null || carrier.logical().isInitialising()) {
            return;
        }
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        Monitor monitor = execution.monitorOf(object);
        if (monitor.owner == thread) {
            monitor.depth++;
            return;
        }
        execution.reach(thread, Step.monitor("enter monitor", monitor, Step.Blocking.MONITOR, 0));
        acquire(execution, thread, monitor, 1);
        execution.recorder.step(thread, "enter the monitor of " + execution.recorder.label(object));
    }

    /** Enters the monitor if it is free; false if it is not. */
    static boolean tryEnter(Object object) {
        Carrier carrier = ThreadActions.carrier("tryLock");
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        Monitor monitor = execution.monitorOf(object);
        if (monitor.owner == thread) {
            monitor.depth++;
            return true;
        }
        execution.reach(thread, Step.monitor("try to enter monitor", monitor, Step.Blocking.NEVER, 0));
        boolean free = monitor.owner == null;
        if (free) {
            acquire(execution, thread, monitor, 1);
        }
        execution.recorder.step(
                thread, (free ? "enter" : "did not enter") + " the monitor of " + execution.recorder.label(object));
        return free;
    }

    static void exit(Object object) {
        Carrier carrier = Carrier.current();
        if (carrier == null
                || carrier.logical().isInitialising()
                || carrier.execution().isAbandoned()) {
            return;
        }
        LogicalThread thread = carrier.logical();
        Monitor monitor = owned(carrier.execution(), object);
        if (monitor.depth == 1) {
            beforeRelease(carrier.execution(), thread, monitor, object);
            release(thread, monitor);
        }
        monitor.depth--;
    }

    static boolean isOwned(Object object) {
        Carrier carrier = ThreadActions.carrier("holdsLock");
        return carrier.execution().monitorOf(object).owner == carrier.logical();
    }

    /** Waits for a notification; of the given nanoseconds, zero meaning for ever. Returns whether one came. */
    static boolean await(Object object, Object condition, long nanos) throws InterruptedException {
        Carrier carrier = ThreadActions.carrier("Object.wait");
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        Monitor monitor = owned(execution, object);
        if (ThreadActions.interrupted()) {
            throw new InterruptedException();
        }
        beforeRelease(execution, thread, monitor, object);
        int depth = monitor.depth;
        monitor.depth = 0;
        release(thread, monitor);
        monitor.waiting.add(thread);
        thread.waitsFor = condition;
        thread.notified = false;
        execution.recorder.step(thread, "wait in the monitor of " + execution.recorder.label(object));
        boolean maySpend = execution.scheduler().maySpendWakeup();
        int effects = (maySpend ? Step.SPENDS_WAKEUP : 0) | (nanos > 0 ? Step.SPENDS_TIME : 0);
        Step.Blocking blocking = nanos > 0 ? Step.Blocking.TIMED_WAIT : Step.Blocking.WAIT;
        try {
            execution.reach(thread, Step.monitor("wait", monitor, blocking, effects | Step.HEEDS_INTERRUPTS));
        } catch (Killed e) { // still inside of the monitor, which its handlers leave
            monitor.waiting.remove(thread);
            acquire(execution, thread, monitor, depth);
            throw e;
        }
        monitor.waiting.remove(thread);
        acquire(execution, thread, monitor, depth);
        boolean notified = thread.notified;
        boolean timedOut = false;
        if (!notified && !thread.interrupted) {
            timedOut = nanos > 0 && (!execution.scheduler().maySpendWakeup() || execution.choose(2) == 1);
            if (timedOut) {
                execution.advanceTime(nanos);
            } else {
                execution.scheduler().spendWakeup();
            }
        }
        execution.recorder.step(
                thread,
                "wait returned "
                        + (notified
                                ? "by a notification"
                                : thread.interrupted
                                        ? "by an interrupt"
                                        : timedOut ? "by its timeout" : "for no reason"));
        if (!notified && ThreadActions.interrupted()) {
            throw new InterruptedException();
        }
        return !timedOut;
    }

    /** Notifies one of those that wait for the condition, whichever, or all. */
    static void notify(Object object, Object condition, boolean all) {
        Carrier carrier = ThreadActions.carrier("Object.notify");
        Execution execution = carrier.execution();
        Monitor monitor = owned(execution, object);
        List<LogicalThread> candidates = new ArrayList<>();
        for (LogicalThread thread : monitor.waiting) {
            if (!thread.notified && thread.waitsFor == condition) {
                candidates.add(thread);
            }
        }
        if (!all && candidates.size() > 1) {
            candidates = List.of(candidates.get(execution.choose(candidates.size())));
        }
        candidates.forEach(thread -> thread.notified = true);
        execution.recorder.step(
                carrier.logical(),
                (all ? "notify all in" : "notify one in") + " the monitor of " + execution.recorder.label(object));
    }

    private static void acquire(Execution execution, LogicalThread thread, Monitor monitor, int depth) {
        monitor.owner = thread;
        monitor.depth = depth;
        execution.memory.acquire(thread, monitor.left);
    }

    private static void beforeRelease(Execution execution, LogicalThread thread, Monitor monitor, Object object) {
        if (object instanceof Lock || execution.hasStalls()) {
            execution.reachAlive(thread, Step.monitor("leave monitor", monitor, Step.Blocking.LEAVE, 0));
            execution.recorder.step(thread, "leave the monitor of " + execution.recorder.label(object));
        }
    }

    private static void release(LogicalThread thread, Monitor monitor) {
        monitor.owner = null;
        monitor.left = thread.view;
        thread.tick();
        monitor.writers = Clocks.joined(monitor.writers, thread.past);
        monitor.accesses = Clocks.joined(monitor.accesses, thread.past);
    }

    private static Monitor owned(Execution execution, Object object) {
        execution.checkAbandoned();
        Carrier carrier = Carrier.current();
        Monitor monitor = execution.monitorOf(object);
        if (carrier == null || monitor.owner != carrier.logical()) {
            throw new IllegalMonitorStateException("the current thread does not own the monitor");
        }
        return monitor;
    }
}
