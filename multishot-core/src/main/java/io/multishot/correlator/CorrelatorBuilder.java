package io.multishot.correlator;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link Correlator}. The defaults are those of {@link Correlator#withCapacity}.
 *
 * <pre>{@code
 * Correlator<Reply> correlator = Correlator.builder(4096)
 *         .resolution(Duration.ofMillis(10))
 *         .reportLeaks(Duration.ofMinutes(1), leak -> log.warn("not answered: {}", leak, leak.openedAt()))
 *         .build();
 * }</pre>
 *
 * <p>Not for use by several threads at the same time.
 */
public final class CorrelatorBuilder {
    final int capacity;
    Duration resolution = Duration.ofMillis(10);

    private @Nullable LongSupplier timeSource;

    /** Null if the caller checks the deadlines. */
    @Nullable
    DeadlineTimer timer = DeadlineTimer.shared();

    Executor callbackExecutor = CallbackPool::execute;
    int maxWaiting;
    Duration leakThreshold = Duration.ZERO;

    @Nullable
    Consumer<? super RequestInfo> leakReporter;

    CorrelatorBuilder(int capacity) {
        if (capacity < 1 || capacity > Correlator.MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "the capacity must be from 1 to " + Correlator.MAX_CAPACITY + ", not " + capacity);
        }
        this.capacity = capacity;
        maxWaiting = capacity;
    }

    /**
     * Sets how exact deadlines are: a request ends no earlier than its deadline, and no more than about one resolution
     * later. Deadlines that are no farther apart share a wake-up of the timer. 10 milliseconds unless set.
     *
     * @param resolution the longest delay; more than zero
     * @return this
     * @throws NullPointerException if it is {@code null}
     * @throws IllegalArgumentException if it is zero or negative
     */
    public CorrelatorBuilder resolution(Duration resolution) {
        this.resolution = positive(resolution, "resolution");
        return this;
    }

    /**
     * Sets the clock for deadlines and ages of a correlator that the caller sweeps; {@link System#nanoTime} unless set.
     * A timer brings a clock of its own, so this is for {@link #sweepByCaller()} only.
     *
     * @param nanoTime returns nanoseconds since some fixed point of time; it must not go back
     * @return this
     * @throws NullPointerException if it is {@code null}
     */
    public CorrelatorBuilder timeSource(LongSupplier nanoTime) {
        timeSource = Objects.requireNonNull(nanoTime, "nanoTime");
        return this;
    }

    LongSupplier timeSource() {
        return timeSource == null ? System::nanoTime : timeSource;
    }

    /**
     * Sets the clock and timer of the deadlines. {@link DeadlineTimer#shared()} unless set.
     *
     * <p>If the timer refuses a task, {@code open} throws that and opens nothing. If the refusal meets the timer's own
     * thread, deadlines have no effect until the next {@code open} that has one, or that finds the table full.
     *
     * @param timer the timer
     * @return this
     * @throws NullPointerException if the timer is {@code null}
     */
    public CorrelatorBuilder timer(DeadlineTimer timer) {
        this.timer = Objects.requireNonNull(timer, "timer");
        return this;
    }

    /**
     * Disables the timer: call {@link Correlator#expire(long)} from your own loop. Until then no deadline takes effect.
     *
     * @return this
     */
    public CorrelatorBuilder sweepByCaller() {
        timer = null;
        return this;
    }

    /**
     * Sets the executor that runs the callbacks of requests whose deadline passed, refusals of those that waited for a
     * slot too long, requests that get a slot by a deadline of another, and leak reports. So a callback that blocks
     * holds up no deadline. If entries wait and none is begun for a resolution, another worker is submitted, up to 64.
     * If the executor rejects a worker, it runs on the pool that is used unless an executor is set: daemon threads that
     * all correlators share, from none to 64.
     *
     * <p>Other callbacks run on the thread that ends the request, and so do all in {@link Correlator#expire()}.
     *
     * @param executor the executor; the caller shuts it down. One that runs a task in the call itself runs callbacks on
     *     the timer's thread
     * @return this
     * @throws NullPointerException if it is {@code null}
     */
    public CorrelatorBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Sets how many requests may wait for a free slot. As many as there are slots unless set.
     *
     * @param maxWaiting how many; zero: none
     * @return this
     * @throws IllegalArgumentException if it is negative
     * @see Correlator#open(Duration, Duration, SlotRequest)
     */
    public CorrelatorBuilder maxWaiting(int maxWaiting) {
        if (maxWaiting < 0) {
            throw new IllegalArgumentException("maxWaiting must not be negative, but is " + maxWaiting);
        }
        this.maxWaiting = maxWaiting;
        return this;
    }

    /**
     * Reports each request once that is in flight for longer than this, with the stack of its opening. Taking the stack
     * costs each opening about a microsecond and some hundred bytes. Not reported unless set.
     *
     * @param threshold how old a request must be; more than zero
     * @param reporter receives the request, on the {@linkplain #callbackExecutor executor of callbacks}. What it throws
     *     goes to the handler of uncaught exceptions
     * @return this
     * @throws NullPointerException if one of them is {@code null}
     * @throws IllegalArgumentException if the threshold is zero or negative
     */
    public CorrelatorBuilder reportLeaks(Duration threshold, Consumer<? super RequestInfo> reporter) {
        Objects.requireNonNull(reporter, "reporter");
        leakThreshold = positive(threshold, "threshold");
        leakReporter = reporter;
        return this;
    }

    /**
     * Creates a correlator with these settings.
     *
     * @param <T> the type of value
     * @return a correlator with nothing in flight
     * @throws IllegalStateException if there are a time source and a timer
     */
    public <T> Correlator<T> build() {
        if (timer != null && timeSource != null) {
            throw new IllegalStateException("a time source is for sweepByCaller() only: a timer has a clock of its own,"
                    + " so implement DeadlineTimer with both");
        }
        return new Correlator<>(this);
    }

    private static Duration positive(Duration duration, String what) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("the " + what + " must be more than zero, not " + duration);
        }
        return duration;
    }
}
