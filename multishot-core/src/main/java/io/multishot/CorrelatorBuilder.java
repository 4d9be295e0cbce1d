package io.multishot;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link Correlator}. What is not set is as {@link Correlator#withCapacity} has it.
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

    @Nullable
    BiConsumer<? super Runnable, ? super Duration> scheduler = SharedSweeper::schedule;

    int maxWaiting;
    Duration leakThreshold = Duration.ZERO;

    @Nullable
    Consumer<? super InFlight> leakReporter;

    CorrelatorBuilder(int capacity) {
        if (capacity < 1 || capacity > Correlator.MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "the capacity must be from 1 to " + Correlator.MAX_CAPACITY + ", not " + capacity);
        }
        this.capacity = capacity;
        maxWaiting = capacity;
    }

    /**
     * How often deadlines are looked at: a request ends by its deadline no earlier than that, and no more than about one
     * resolution later. Each look goes over the whole table, and reads a few words of each slot; there is none while nothing
     * is in flight. 50 milliseconds unless set.
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
     * What time it is, for deadlines and ages. {@link System#nanoTime} unless set.
     *
     * @param nanoTime tells the time in nanoseconds since whenever; it must not go back
     * @return this
     * @throws NullPointerException if it is {@code null}
     */
    public CorrelatorBuilder timeSource(LongSupplier nanoTime) {
        timeSource = Objects.requireNonNull(nanoTime, "nanoTime");
        return this;
    }

    /**
     * Who calls the sweep. A daemon thread that all correlators share unless set. Callbacks of requests that time out run
     * there.
     *
     * <p>One sweep at most is scheduled at a time, and none while nothing is in flight. A callback that blocks there holds up all
     * other deadlines, so it must not. If the scheduler refuses, deadlines have no effect until it accepts a sweep again, which
     * every opening asks it for.
     *
     * <pre>{@code
     * builder.sweepOn((sweep, delay) -> executor.schedule(sweep, delay.toNanos(), TimeUnit.NANOSECONDS))
     * }</pre>
     *
     * @param scheduler runs a task once after a delay, and not within this call. If it throws, what it throws reaches
     *     whoever opens a request, and the request is not opened
     * @return this
     * @throws NullPointerException if it is {@code null}
     */
    public CorrelatorBuilder sweepOn(BiConsumer<? super Runnable, ? super Duration> scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * Nobody calls the sweep but the caller, in a duty cycle of his own, by {@link Correlator#expire(long)}. Until he does, no
     * deadline takes effect.
     *
     * @return this
     */
    public CorrelatorBuilder sweepByCaller() {
        scheduler = null;
        return this;
    }

    /**
     * How many requests may wait for a free slot. As many as there are slots unless set.
     *
     * @param maxWaiting how many; zero: none
     * @return this
     * @throws IllegalArgumentException if it is negative
     * @see Correlator#open(Duration, Duration, Opening)
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
     * @param reporter is handed the request, by the sweep. What it throws goes to the handler of uncaught exceptions
     * @return this
     * @throws NullPointerException if one of them is {@code null}
     * @throws IllegalArgumentException if the threshold is zero or negative
     */
    public CorrelatorBuilder reportLeaks(Duration threshold, Consumer<? super InFlight> reporter) {
        Objects.requireNonNull(reporter, "reporter");
        leakThreshold = positive(threshold, "threshold");
        leakReporter = reporter;
        return this;
    }

    /**
     * Makes a correlator with these settings.
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
