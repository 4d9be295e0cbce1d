package io.multishot.explorer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the actions of rewritten code on threads: start and join, interrupts, parking, spinning, and the time.
 */
final class ThreadActions {
    /** To see an interrupt orders memory; to clear it tells nobody anything. */
    private static final Operation CLEAR_INTERRUPT =
            new Operation("interrupted", Operation.Kind.SWAP, Mode.VOLATILE, Mode.OPAQUE, Operation.Result.OLD);

    private ThreadActions() {}

    static void start(Thread started) {
        Carrier carrier = carrier("Thread.start");
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        execution.reach(thread, Step.of("start", execution.numbering, true, 0));
        LogicalThread child = execution.start(thread, started);
        execution.memory.start(thread, child);
        execution.recorder.step(thread, "start " + Trace.name(child));
    }

    static void join(Thread joined) throws InterruptedException {
        Carrier carrier = carrier("Thread.join");
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        LogicalThread target = find(execution, thread, joined);
        if (target == null) {
            return; // not started
        }
        boolean mayThrow = execution.mayInterrupt();
        int effects = mayThrow ? Step.STORES : 0;
        LogicalThread touched = mayThrow ? thread : null;
        execution.reach(thread, Step.waiting("join", touched, mayThrow, effects, Step.Blocking.JOIN, target));
        if (clearInterrupt(execution, thread)) {
            execution.recorder.step(thread, "join " + Trace.name(target) + " interrupted");
            throw new InterruptedException();
        }
        if (target.done) {
            execution.memory.join(thread, target);
        }
        execution.recorder.step(thread, "join " + Trace.name(target));
    }

    static boolean isStalled(Thread thread) {
        LogicalThread logical = carrier("Probe.isStalled").execution().find(thread);
        return logical != null && logical.stalled;
    }

    /** Null if it was not started, which is a step to find out unless the calling thread knows of the start. */
    private static @Nullable LogicalThread find(Execution execution, LogicalThread thread, Thread wanted) {
        LogicalThread found = execution.find(wanted);
        if (found == null || !found.startIsIn(thread.past)) {
            execution.reachAlive(thread, Step.of("find thread", execution.numbering, false, 0));
            found = execution.find(wanted);
            execution.recorder.step(thread, "find " + (found == null ? "a thread not started" : Trace.name(found)));
        }
        return found;
    }

    // ---- interrupts -------------------------------------------------------------------------------------------------

    static void interrupt(Thread thread) {
        Carrier carrier = carrier("Thread.interrupt");
        Execution execution = carrier.execution();
        LogicalThread target = find(execution, carrier.logical(), thread);
        if (target != null) {
            execution.interrupts();
            execution.reach(carrier.logical(), Step.of("interrupt", target, true, Step.STORES | Step.INTERRUPTS));
            Location status = execution.memory.locate(new InterruptCell(target));
            execution.memory.store(
                    carrier.logical(), status, Operation.named("interrupt", Operation.SET_VOLATILE), true);
        }
    }

    static boolean isInterrupted(Thread thread) {
        Carrier carrier = carrier("Thread.isInterrupted");
        Execution execution = carrier.execution();
        LogicalThread target = find(execution, carrier.logical(), thread);
        if (target == null) {
            return false;
        }
        execution.reach(carrier.logical(), Step.of("isInterrupted", target, false, 0));
        Location status = execution.memory.locate(new InterruptCell(target));
        Operation operation = Operation.named("isInterrupted", Operation.GET_VOLATILE);
        return Boolean.TRUE.equals(execution.memory.load(carrier.logical(), status, operation));
    }

    static boolean interrupted() {
        Carrier carrier = carrier("Thread.interrupted");
        LogicalThread thread = carrier.logical();
        carrier.execution().reach(thread, Step.of("interrupted", thread, true, Step.STORES));
        return clearInterrupt(carrier.execution(), thread);
    }

    private static boolean clearInterrupt(Execution execution, LogicalThread thread) {
        Location status = execution.memory.locate(new InterruptCell(thread));
        return thread.interrupted
                && Boolean.TRUE.equals(execution.memory.update(thread, status, CLEAR_INTERRUPT, false));
    }

    // ---- waiting ----------------------------------------------------------------------------------------------------

    static void park() {
        Carrier carrier = carrier("LockSupport.park");
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        int effects = execution.scheduler().maySpendWakeup() ? Step.SPENDS_WAKEUP : 0;
        execution.reach(thread, Step.waiting("park", thread, true, effects, Step.Blocking.PARK, null));
        unparked(execution, thread, "park");
    }

    static void parkNanos(long nanos) {
        if (nanos <= 0) {
            return;
        }
        Carrier carrier = carrier("LockSupport.parkNanos");
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        boolean maySpend = execution.scheduler().maySpendWakeup();
        int effects = Step.SPENDS_TIME | (maySpend ? Step.SPENDS_WAKEUP : 0);
        execution.reach(thread, Step.waiting("parkNanos", thread, true, effects, Step.Blocking.TIMED_PARK, null));
        boolean wakes =
                thread.permit || thread.interrupted || execution.scheduler().maySpendWakeup();
        if (wakes && execution.choose(2) == 0) {
            unparked(execution, thread, "parkNanos");
        } else {
            execution.advanceTime(nanos);
            execution.recorder.step(thread, "parkNanos timed out");
        }
    }

    private static void unparked(Execution execution, LogicalThread thread, String name) {
        if (thread.permit) {
            thread.permit = false;
            execution.memory.unparked(thread);
            execution.recorder.step(thread, name + " returned by a permit");
        } else if (thread.interrupted) {
            execution.recorder.step(thread, name + " returned by an interrupt");
        } else {
            execution.scheduler().spendWakeup();
            execution.recorder.step(thread, name + " returned for no reason");
        }
    }

    static void unpark(@Nullable Thread thread) {
        Carrier carrier = carrier("LockSupport.unpark");
        Execution execution = carrier.execution();
        LogicalThread target = thread == null ? null : find(execution, carrier.logical(), thread);
        if (target == null) {
            return; // as for a thread that was not started
        }
        execution.reach(carrier.logical(), Step.of("unpark", target, true, 0));
        target.permit = true;
        execution.memory.unpark(carrier.logical(), target);
        execution.recorder.step(carrier.logical(), "unpark " + Trace.name(target));
    }

    static void giveWay(String name) {
        Carrier carrier = carrier("Thread." + name);
        Execution execution = carrier.execution();
        LogicalThread thread = carrier.logical();
        execution.reach(thread, Step.waiting(name, null, false, Step.CATCHES_UP, Step.Blocking.YIELD, null));
        execution.memory.giveWay(thread);
        execution.recorder.step(thread, name);
    }

    static long nanoTime() {
        Carrier carrier = carrier("System.nanoTime");
        Execution execution = carrier.execution();
        execution.reach(carrier.logical(), Step.of("nanoTime", null, false, Step.READS_TIME));
        execution.recorder.step(carrier.logical(), "nanoTime is " + execution.time());
        return execution.time();
    }

    static Thread currentThread() {
        Carrier carrier = Carrier.current();
        return carrier == null ? Thread.currentThread() : carrier.logical().thread;
    }

    static long threadId(Thread thread) {
        LogicalThread logical = carrier("Thread.getId").execution().find(thread);
        return logical == null ? thread.getId() : logical.id;
    }

    static Carrier carrier(String operation) {
        Carrier carrier = Carrier.current();
        if (carrier == null) {
            throw new IllegalStateException("rewritten code runs outside of an exploration");
        }
        if (carrier.logical().isInitialising()) {
            Accesses.refuse("a static initialiser reaches " + operation + ", which the explorer does not model there");
        }
        return Objects.requireNonNull(carrier);
    }
}
