package io.multishot.tck.modelcheck;

import io.multishot.Callback;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts its calls and remembers the outcome, as the wakers of the Rust original's Loom tests do. */
class Recorder extends Callback<Box> {
    static final int CLOSED = -1;
    static final int FAILED = -2;

    /** Release and acquire, no more: a volatile counter would order for the channel what it has to order itself. */
    private static final VarHandle CALLS;

    static {
        try {
            CALLS = MethodHandles.lookup().findVarHandle(Recorder.class, "calls", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by CALLS only
    private int calls;

    /** Plain, so that a missing happens-before between the call and the thread that learns of it is a data race. */
    private int outcome;

    /** Returns the number of calls since the last call of this method. */
    final int takeCalls() {
        return (int) CALLS.getAndSetAcquire(this, 0);
    }

    /** Returns the value's content, or one of the constants, to a thread that has learnt of the call. */
    final int outcome() {
        return outcome;
    }

    @Override
    protected void onValue(Box value) {
        record(value.content);
    }

    @Override
    protected void onClosed() {
        record(CLOSED);
    }

    @Override
    protected void onFailure(Throwable cause) {
        record(FAILED);
    }

    private void record(int called) {
        outcome = called;
        CALLS.getAndAddRelease(this, 1);
    }
}
