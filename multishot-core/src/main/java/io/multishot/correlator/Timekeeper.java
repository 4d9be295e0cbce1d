package io.multishot.correlator;

import io.multishot.internal.SaturatingNanos;
import io.multishot.internal.UncaughtExceptions;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a correlator does in time, by itself: ends what is due, refuses requests that waited for a slot too long,
 * reports leaks. The timer's thread runs it, and leaves code of users to the {@link Dispatcher}.
 *
 * <p>It wakes up for deadlines. Besides, it has a heartbeat of a second if leaks are reported, or a request has a
 * deadline by a clock of a user's, which may jump; until nothing is in flight.
 */
final class Timekeeper<T> implements DeadlineAlarm.Work {
    private static final long BEAT = 1_000_000_000;

    private final SlotTable<T> table;
    private final AdmissionQueue<T> queue;
    private final DeadlineSweeper<T> sweeper;
    private final ElapsedTime time;
    private final Consumer<SlotRequest<T>> refuser;
    private final @Nullable LeakReporter leaks;
    private final DeadlineAlarm alarm;
    private final Dispatcher dispatcher;
    private final boolean ofTheSystem;
    private final long beat;

    /** The time of the next heartbeat. */
    private volatile long nextBeat = DeadlineWord.NEVER;

    /** Nothing is opened any more that does not end itself. */
    private volatile boolean closed;

    /** A sweep of another thread was under way: this one comes back. */
    private volatile boolean comesBack;

    /** The queue is about to be served by the dispatcher. */
    private final AtomicBoolean servesQueue = new AtomicBoolean();

    Timekeeper(
            CorrelatorBuilder settings,
            DeadlineTimer timer,
            SlotTable<T> table,
            AdmissionQueue<T> queue,
            DeadlineSweeper<T> sweeper,
            ElapsedTime time,
            @Nullable LeakReporter leaks,
            Consumer<SlotRequest<T>> refuser) {
        this.table = table;
        this.queue = queue;
        this.sweeper = sweeper;
        this.time = time;
        this.refuser = refuser;
        this.leaks = leaks;
        alarm = new DeadlineAlarm(timer, time, SaturatingNanos.of(settings.resolution), this);
        dispatcher = new Dispatcher(settings.callbackExecutor);
        ofTheSystem = timer == DeadlineTimer.shared();
        beat = leaks == null ? BEAT : Math.min(BEAT, Math.max(alarm.tick(), leaks.thresholdNanos()));
    }

    /** Returns the time of an opening without a deadline, to a second if that is less costly. */
    long roughTime() {
        return ofTheSystem && leaks == null
                ? time.since(SharedTimer.INSTANCE.coarseClock().nanoTime())
                : time.now();
    }

    private boolean beats(long now) {
        long next = nextBeat;
        return next != DeadlineWord.NEVER && alarm.covers(next, now);
    }

    /**
     * Makes sure that the timer wakes up by this deadline, and that the heart beats if it has to.
     *
     * @throws RuntimeException or {@link Error}: what the timer throws; then nothing has changed
     */
    void ensure(long deadline, long now) {
        if (deadline != DeadlineWord.NEVER && !alarm.covers(deadline, now)) {
            set(deadline, now);
        }
        if ((leaks != null || (!ofTheSystem && deadline != DeadlineWord.NEVER)) && !beats(now)) {
            startBeat(now);
        }
    }

    /** Makes up for a wake-up that was lost. */
    void repair() {
        long now = time.now();
        if (alarm.needsRepair(now)) {
            ensureEarliest(now);
        }
    }

    /** Makes sure of the timer after a sweep of another thread, which changed the bounds. */
    void ensureEarliest() {
        ensureEarliest(time.now());
    }

    private void ensureEarliest(long now) {
        long earliest = earliest(now);
        if (earliest != DeadlineWord.NEVER) {
            alarm.ensure(earliest, now);
        }
    }

    /**
     * Lets the timer go, once the correlator is closed: it would keep the correlator from being garbage-collected until
     * the last deadline.
     */
    void close() {
        closed = true;
        if (alarm.isSet()) {
            long now = time.now();
            try {
                alarm.ensure(now, now);
            } catch (Throwable refused) {
                UncaughtExceptions.report(refused); // the wake-up that is set finds that there is nothing to do
            }
        }
    }

    /** Tells whether the clock is that by which threads park. */
    boolean isOfTheSystem() {
        return ofTheSystem;
    }

    private void set(long deadline, long now) {
        if (!closed) {
            alarm.ensure(deadline, now);
        }
    }

    private void startBeat(long now) {
        if (closed) {
            return;
        }
        nextBeat = SaturatingNanos.later(now, beat);
        try {
            alarm.ensure(nextBeat, now);
        } catch (Throwable refused) {
            nextBeat = DeadlineWord.NEVER;
            throw refused;
        }
    }

    @Override
    public boolean wake(long now) {
        DeadlineSweeper.Left left = sweep(now);
        comesBack = left == DeadlineSweeper.Left.ALL;
        if (!queue.isEmpty() && servesQueue.compareAndSet(false, true)) {
            dispatcher.add(new Handover.Of(this::serveQueue));
        }
        if (nextBeat <= now) {
            beat(now);
        }
        dispatcher.tick();
        return left != DeadlineSweeper.Left.SOME;
    }

    private DeadlineSweeper.Left sweep(long now) {
        Handover.Queue handlers = new Handover.Queue();
        try {
            return sweeper.trySweep(now, handlers::add);
        } finally {
            dispatcher.addAll(handlers);
        }
    }

    private void serveQueue() {
        servesQueue.set(false);
        try {
            queue.drain();
            queue.expire(time.now(), refuser);
        } finally {
            ensureEarliest(); // the wake-up may have found the queue's bound raised
        }
    }

    private void beat(long now) {
        if (leaks != null) {
            leaks.check(table, now, report -> dispatcher.add(new Handover.Of(report)));
        }
        nextBeat = SaturatingNanos.later(now, beat);
        if (isIdle()) {
            nextBeat = DeadlineWord.NEVER;
            VarHandle.fullFence();
            if (!isIdle()) { // a request was opened that relies on the heartbeat
                nextBeat = SaturatingNanos.later(now, beat);
            }
        }
    }

    private boolean isIdle() {
        return table.inFlight() == 0 && queue.isEmpty();
    }

    @Override
    public long earliest(long now) {
        if (comesBack || dispatcher.isBacklogged()) {
            return SaturatingNanos.later(now, alarm.tick());
        }
        if (closed && isIdle()) {
            return DeadlineWord.NEVER;
        }
        return Math.min(
                Math.min(sweeper.earliest(SaturatingNanos.later(now, alarm.tick())), queue.earliest()), nextBeat);
    }
}
