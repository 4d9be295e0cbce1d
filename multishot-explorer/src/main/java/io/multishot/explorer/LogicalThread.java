package io.multishot.explorer;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A thread of the scenario within one execution. */
final class LogicalThread extends Shared {
    final int id;

    /** The object that the scenario takes for its thread; it is never started. */
    final Thread thread;

    final Runnable body;
    final Signal turn = new Signal();
    boolean started;

    /** The thread that started it, and the step of that thread, zero for the first one. */
    int startedBy;

    int startTime;

    /** True if it has stopped before a step. */
    boolean announced;

    boolean done;

    /** True if it never makes another step. */
    boolean stalled;

    /** The step that it will make next; null while it runs. */
    @Nullable
    Step pending;

    /** The steps, as a clock, that its next step depends on in any case. */
    int[] past = Clocks.ZERO;

    /** The value of {@code past} before the step under way. */
    int[] pastOfStep = Clocks.ZERO;

    /** True if another thread made a step since this one yielded; the one that started it did. */
    boolean othersStepped = true;

    /** The number of static initialisers that it is inside of: their accesses are not explored. */
    int initialisers;

    // ---- blocking
    boolean permit;
    int[] permitFloors = Clocks.ZERO;
    boolean interrupted;

    /** The condition that it waits to be notified of; {@code notified} is true once it was. */
    @Nullable
    Object waitsFor;

    boolean notified;

    // ---- memory; the class Memory says what each is for
    View view = View.NONE;
    View unacquired = View.NONE;
    View fenced = View.NONE;
    int[] newestAtYield = Clocks.ZERO;

    final int[] counts = new int[AtomicOperations.KINDS];

    LogicalThread(int id, Thread thread, Runnable body) {
        this.id = id;
        this.thread = thread;
        this.body = body;
    }

    /** Tells whether it is inside of a static initialiser; one that threw has left without a word. */
    boolean isInitialising() {
        if (initialisers > 0 && !StackWalker.getInstance().walk(LogicalThread::hasInitialiser)) {
            initialisers = 0;
        }
        return initialisers > 0;
    }

    private static boolean hasInitialiser(Stream<StackWalker.StackFrame> frames) {
        return frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>"));
    }

    /** Tells whether a step that depends on the steps of this clock comes after the start of this thread. */
    boolean startIsIn(int[] steps) {
        return startTime <= Clocks.at(steps, startedBy);
    }

    /** Returns the number of steps that it has made. */
    int time() {
        return Clocks.at(past, id);
    }

    void tick() {
        view = view.tick(id);
    }
}
