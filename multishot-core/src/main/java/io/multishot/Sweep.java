package io.multishot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Sweeps over a correlator's table once in each resolution as long as requests are in flight.
 *
 * <p>Who opens a request takes a slot and then looks whether the sweep is armed; the sweep disarms itself and then looks
 * whether slots are taken: at least one of the two sees the other.
 */
final class Sweep implements Runnable {
    private static final VarHandle ARMED;

    static {
        try {
            ARMED = MethodHandles.lookup().findVarHandle(Sweep.class, "armed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Correlator<?> correlator;
    private final BiConsumer<? super Runnable, ? super Duration> scheduler;
    private final Duration resolution;
    private volatile boolean armed;

    Sweep(Correlator<?> correlator, BiConsumer<? super Runnable, ? super Duration> scheduler, Duration resolution) {
        this.correlator = correlator;
        this.scheduler = scheduler;
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
            scheduler.accept(this, resolution);
        } catch (Throwable refused) {
            armed = false;
            throw refused;
        }
    }

    @Override
    public void run() {
        try {
            correlator.expire();
        } catch (Throwable thrown) {
            Uncaught.report(thrown);
        }
        try {
            goOn();
        } catch (Throwable refused) {
            Uncaught.report(refused);
        }
    }

    private void goOn() {
        if (!correlator.isIdle()) {
            schedule();
            return;
        }
        armed = false;
        if (!correlator.isIdle()) {
            arm();
        }
    }
}
