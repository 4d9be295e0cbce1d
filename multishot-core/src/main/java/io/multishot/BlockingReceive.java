package io.multishot;

import io.multishot.internal.SaturatingNanos;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A blocking receive: its thread waits for the outcome, first by a short bounded spin, then parked. It knows the
 * deadline of what it waits for, and ends that itself if no other thread does. In a ForkJoinPool it lets the pool run
 * another thread meanwhile, which may be the one to bring the outcome.
 */
final class BlockingReceive<T> extends OutcomeHandler<T> {
    /** With one processor the sender cannot run while the receiver spins. */
    private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

    /** In nanoseconds: a shorter timeout would be over before the spin is. */
    private static final long WORTH_SPINNING = 100_000;

    private final Thread thread = Thread.currentThread();

    /** Null until the outcome is there: then the value, or an Outcome. */
    private volatile @Nullable Object outcome;

    /** Waits as long as it takes. */
    T await(OutcomeSource<T> source) throws InterruptedException {
        T early = spin(source);
        if (early != null) {
            return early;
        }
        register(source);
        boolean interrupted = false;
        while (outcome == null) {
            park(source, Long.MAX_VALUE);
            interrupted |= interruptsWait();
        }
        return result(source, interrupted);
    }

    /** Waits no longer than the timeout. */
    T await(OutcomeSource<T> source, Duration timeout) throws InterruptedException, TimeoutException {
        long nanos = SaturatingNanos.of(timeout);
        long deadline = System.nanoTime() + nanos;
        if (timeout.isNegative() || timeout.isZero()) {
            throw timedOut(source, timeout);
        }
        T early = nanos < WORTH_SPINNING ? null : spin(source);
        if (early != null) {
            return early;
        }
        register(source);
        boolean interrupted = false;
        while (outcome == null) {
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0 && cancelWait()) {
                throw timedOut(source, timeout);
            }
            park(source, remaining <= 0 ? Long.MAX_VALUE : remaining); // too late to cancel: the outcome is on its way
            interrupted |= interruptsWait();
        }
        return result(source, interrupted);
    }

    private @Nullable T spin(OutcomeSource<T> source) {
        for (int i = SPINS ? Spinning.of(thread) : 0; i > 0; i--) {
            Thread.onSpinWait();
            T value = source.tryReceive();
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private void register(OutcomeSource<T> source) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        source.receive(this);
    }

    /** Parks until the outcome is there, the time is over, or for no reason. */
    private void park(OutcomeSource<T> source, long nanos) {
        if (outcome != null) {
            return;
        }
        long toDeadline = source.nanosToDeadline();
        try {
            if (thread instanceof ForkJoinWorkerThread) {
                ForkJoinPool.managedBlock(new Park(Math.min(nanos, toDeadline)));
            } else {
                parkFor(Math.min(nanos, toDeadline));
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible); // Park throws none
        } catch (RuntimeException | Error forbidden) {
            // An agent such as BlockHound may forbid to block this thread. The outcome must survive that.
            if (cancelWait()) {
                throw forbidden;
            }
            while (outcome == null) {
                Thread.onSpinWait();
            }
        }
        if (toDeadline != Long.MAX_VALUE && outcome == null) {
            source.endIfDue();
        }
    }

    private void parkFor(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** One park, as a pool of threads wants it. */
    private final class Park implements ForkJoinPool.ManagedBlocker {
        private final long nanos;

        Park(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public boolean block() {
            parkFor(nanos);
            return true;
        }

        @Override
        public boolean isReleasable() {
            return outcome != null;
        }
    }

    /**
     * Tells whether an interrupt came too late to end the wait.
     *
     * @throws InterruptedException if it came in time
     */
    private boolean interruptsWait() throws InterruptedException {
        if (!Thread.interrupted()) {
            return false;
        }
        if (cancelWait()) {
            throw new InterruptedException();
        }
        return true;
    }

    @SuppressWarnings("NullAway") // called once the outcome is there
    private T result(OutcomeSource<T> source, boolean interrupted) {
        if (interrupted) {
            thread.interrupt();
        }
        if (outcome == Outcome.CLOSED) {
            throw source.closedException();
        }
        return Outcome.valueOf(outcome);
    }

    private static TimeoutException timedOut(OutcomeSource<?> source, Duration timeout) {
        return new TimeoutException("no outcome within " + timeout + "; " + source.afterTimeout());
    }

    @Override
    protected void onValue(T value) {
        wake(value);
    }

    @Override
    protected void onClosed() {
        wake(Outcome.CLOSED);
    }

    @Override
    protected void onFailure(Throwable cause) {
        wake(Outcome.ofFailure(cause));
    }

    @Override
    void onLeaked(SenderLeakedException leak) {
        wake(Outcome.ofLeak(leak));
    }

    @Override
    boolean isInternal() {
        return true;
    }

    private void wake(Object ended) {
        outcome = ended;
        LockSupport.unpark(thread);
    }
}
