package io.multishot.correlator;

import java.time.Duration;
import java.util.Objects;
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
    Duration resolution = Duration.ofMillis(50);
    LongSupplier timeSource = System::nanoTime;

    /** Null if the caller checks the deadlines. */
    @Nullable
    DeadlineTimer timer = DeadlineTimer.shared();

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
     * Sets how often deadlines are checked: a request ends no earlier than its deadline, and no more than about one
     * resolution later. Each check reads a few words of each slot of the table; there is none while nothing is in
     * flight. 50 milliseconds unless set.
     *
     * @param resolution the time from one sweep to the next; more than zero
     * @return this
     * @throws NullPointerException if it is {@code null}
     * @throws IllegalArgumentException if it is zero or negative
     */
    public CorrelatorBuilder resolution(Duration resolution) {
        this.resolution = positive(resolution, "resolution");
        return this;
    }

    /**
     * Sets the clock for deadlines and ages. {@link System#nanoTime} unless set.
     *
     * @param nanoTime returns nanoseconds since some fixed point of time; it must not go back
     * @return this
     * @throws NullPointerException if it is {@code null}
     */
    public CorrelatorBuilder timeSource(LongSupplier nanoTime) {
        timeSource = Objects.requireNonNull(nanoTime, "nanoTime");
        return this;
    }

    /**
     * Sets the timer that checks deadlines. {@link DeadlineTimer#shared()} unless set. Callbacks of requests that time
     * out run there.
     *
     * <p>If the timer refuses a check, deadlines have no effect until it accepts one again; every {@code open} tries.
     *
     * @param timer the timer
     * @return this
     * @throws NullPointerException if it is {@code null}
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
     * @param reporter receives the request, on the thread that checks deadlines. What it throws goes to the handler of
     *     uncaught exceptions
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
     */
    public <T> Correlator<T> build() {
        return new Correlator<>(this);
    }

    private static Duration positive(Duration duration, String what) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("the " + what + " must be more than zero, not " + duration);
        }
        return duration;
    }
}
