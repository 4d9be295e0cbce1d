package io.multishot.explorer;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Takes the place of {@code ReentrantLock} in rewritten code, which does so unless another class does. It is explored
 * as a monitor is: any of the threads that wait for it may be next, whether it is fair or not. To wait for it cannot be
 * interrupted or time out.
 */
public final class ReentrantLockStandIn implements Lock {
    /** For rewritten code. */
    public ReentrantLockStandIn() {}

    /**
     * For rewritten code.
     *
     * @param fair no matter
     */
    public ReentrantLockStandIn(boolean fair) {}

    @Override
    public void lock() {
        MonitorActions.enter(this);
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        if (ThreadActions.interrupted()) {
            throw new InterruptedException();
        }
        MonitorActions.enter(this);
    }

    @Override
    public boolean tryLock() {
        return MonitorActions.tryEnter(this);
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        if (ThreadActions.interrupted()) {
            throw new InterruptedException();
        }
        return MonitorActions.tryEnter(this);
    }

    @Override
    public void unlock() {
        MonitorActions.exit(this);
    }

    /**
     * Tells whether the caller holds it.
     *
     * @return true if it does
     */
    public boolean isHeldByCurrentThread() {
        return MonitorActions.isOwned(this);
    }

    @Override
    public Condition newCondition() {
        return new Waiting(this);
    }

    private static final class Waiting implements Condition {
        private final ReentrantLockStandIn lock;

        Waiting(ReentrantLockStandIn lock) {
            this.lock = lock;
        }

        @Override
        public void await() throws InterruptedException {
            MonitorActions.await(lock, this, 0);
        }

        @Override
        public void awaitUninterruptibly() {
            Accesses.refuse("Condition.awaitUninterruptibly is not modelled");
        }

        @Override
        public long awaitNanos(long nanos) throws InterruptedException {
            return MonitorActions.await(lock, this, Math.max(nanos, 1)) ? 1 : 0;
        }

        @Override
        public boolean await(long time, TimeUnit unit) throws InterruptedException {
            return MonitorActions.await(lock, this, Math.max(unit.toNanos(time), 1));
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            Accesses.refuse("Condition.awaitUntil is not modelled");
            return false;
        }

        @Override
        public void signal() {
            MonitorActions.notify(lock, this, false);
        }

        @Override
        public void signalAll() {
            MonitorActions.notify(lock, this, true);
        }
    }
}
