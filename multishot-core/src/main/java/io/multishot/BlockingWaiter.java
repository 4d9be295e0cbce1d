package io.multishot;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A blocking receive: its thread waits for the outcome, first by a short bounded spin, then parked. */
final class BlockingWaiter<T> extends Waiter<T> {
    /** How often to look before parking. With one processor the sender cannot run meanwhile. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 1 << 7 : 0;

    private final Thread thread = Thread.currentThread();

    /** Null until the outcome is there: then the value, or an Outcome. */
    private volatile @Nullable Object outcome;

    /** Waits at the receiver as long as it takes. */
    T await(Receiver<T> receiver) throws InterruptedException {
        T early = spin(receiver);
        if (early != null) {
            return early;
        }
        register(receiver);
        boolean interrupted = false;
        while (outcome == null) {
            park(Long.MAX_VALUE);
            interrupted |= interruptsWait();
        }
        return result(interrupted);
    }

    /** Waits at the receiver no longer than the timeout. */
    T await(Receiver<T> receiver, Duration timeout) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + saturatedNanos(timeout);
        if (timeout.isNegative() || timeout.isZero()) {
            throw timedOut(timeout);
        }
        T early = spin(receiver);
        if (early != null) {
            return early;
        }
        register(receiver);
        boolean interrupted = false;
        while (outcome == null) {
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0 && cancelWait()) {
                throw timedOut(timeout);
            }
            park(remaining <= 0 ? Long.MAX_VALUE : remaining); // too late to cancel: the outcome is on its way
            interrupted |= interruptsWait();
        }
        return result(interrupted);
    }

    private @Nullable T spin(Receiver<T> receiver) {
        for (int i = SPINS; i > 0; i--) {
            Thread.onSpinWait();
            T value = receiver.tryReceive();
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private void register(Receiver<T> receiver) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        receiver.receive(this);
    }

    private void park(long nanos) {
        if (outcome != null) {
            return;
        }
        try {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        } catch (RuntimeException | Error forbidden) {
            // An agent such as BlockHound may forbid to block this thread. The outcome must survive that.
            if (cancelWait()) {
                throw forbidden;
            }
            while (outcome == null) {
                Thread.onSpinWait();
            }
        }
    }

    /**
     * Whether an interrupt came too late to end the wait.
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

    private T result(boolean interrupted) {
        if (interrupted) {
            thread.interrupt();
        }
        return Outcome.valueOf(outcome);
    }

    private static long saturatedNanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException beyondLong) {
            return timeout.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    private static TimeoutException timedOut(Duration timeout) {
        return new TimeoutException(
                "no outcome within " + timeout + "; the round is still open: receive again, or revoke() it");
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

    private void wake(Object ended) {
        outcome = ended;
        LockSupport.unpark(thread);
    }
}
