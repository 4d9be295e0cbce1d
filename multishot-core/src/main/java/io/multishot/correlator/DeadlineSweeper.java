package io.multishot.correlator;

import io.multishot.internal.UncaughtExceptions;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Checks the deadlines of a correlator once in each resolution while requests are in flight.
 *
 * <p>A thread that opens a request takes a slot and then reads whether the sweeper is armed; the sweeper disarms itself
 * and then reads whether slots are taken: at least one of the two sees the other.
 */
final class DeadlineSweeper implements Runnable {
    private static final VarHandle ARMED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "armed", VarHandle.class, DeadlineSweeper.class, boolean.class);

    private final Runnable expire;
    private final BooleanSupplier isIdle;
    private final DeadlineTimer timer;
    private final Duration resolution;
    private volatile boolean armed;

    /**
     * Creates a sweeper that is not armed.
     *
     * @param expire ends what is due
     * @param isIdle tells whether there is nothing that could become due
     * @param timer runs the sweeper
     * @param resolution the time from one sweep to the next
     */
    DeadlineSweeper(Runnable expire, BooleanSupplier isIdle, DeadlineTimer timer, Duration resolution) {
        this.expire = expire;
        this.isIdle = isIdle;
        this.timer = timer;
        this.resolution = resolution;
    }

    boolean isArmed() {
        return armed;
    }

    /** Schedules the next sweep, unless it is scheduled already. */
    void arm() {
        if (ARMED.compareAndSet(this, false, true)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            timer.schedule(this, resolution);
        } catch (Throwable refused) {
            armed = false;
            throw refused;
        }
    }

    @Override
    public void run() {
        try {
            expire.run();
        } catch (Throwable thrown) {
            UncaughtExceptions.report(thrown);
        }
        try {
            goOn();
        } catch (Throwable refused) {
            UncaughtExceptions.report(refused);
        }
    }

    private void goOn() {
        if (!isIdle.getAsBoolean()) {
            schedule();
            return;
        }
        armed = false;
        if (!isIdle.getAsBoolean()) {
            arm();
        }
    }
}
