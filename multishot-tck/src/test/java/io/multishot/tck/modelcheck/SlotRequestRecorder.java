package io.multishot.tck.modelcheck;

import io.multishot.correlator.Pending;
import io.multishot.correlator.SlotRequest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts its calls and remembers the request, as a Recorder does the outcome. */
final class SlotRequestRecorder extends SlotRequest<Box> {
    private static final VarHandle OPENED;
    private static final VarHandle REFUSED;

    static {
        try {
            OPENED = MethodHandles.lookup().findVarHandle(SlotRequestRecorder.class, "opened", int.class);
            REFUSED = MethodHandles.lookup().findVarHandle(SlotRequestRecorder.class, "refused", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by OPENED only
    private int opened;

    @SuppressWarnings("unused") // by REFUSED only
    private int refused;

    private Pending<Box> request;

    /** Returns the number of openings since the last call of this method. */
    int takeOpened() {
        return (int) OPENED.getAndSetAcquire(this, 0);
    }

    /** Returns the number of refusals since the last call of this method. */
    int takeRefused() {
        return (int) REFUSED.getAndSetAcquire(this, 0);
    }

    /** Returns the request to a thread that has learnt of the opening. */
    Pending<Box> request() {
        return request;
    }

    @Override
    protected void onOpened(Pending<Box> pending) {
        request = pending;
        OPENED.getAndAddRelease(this, 1);
    }

    @Override
    protected void onRefused(Throwable cause) {
        REFUSED.getAndAddRelease(this, 1);
    }
}
