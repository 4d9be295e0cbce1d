package io.multishot.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorStatistics;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The {@link CorrelatorStatistics} of a correlator as meters:
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>what it tells</th></tr>
 * <tr><td>{@code multishot.correlator.capacity}</td><td>gauge</td><td>slots</td></tr>
 * <tr><td>{@code multishot.correlator.in.flight}</td><td>gauge</td><td>requests that hold a slot</td></tr>
 * <tr><td>{@code multishot.correlator.waiting}</td><td>gauge</td><td>requests that wait for a slot</td></tr>
 * <tr><td>{@code multishot.correlator.opened}</td><td>counter</td><td>requests that were given a slot</td></tr>
 * <tr><td>{@code multishot.correlator.ended}</td><td>counter</td><td>requests that ended, by {@code outcome}:
 * {@code delivered}, {@code failed}, {@code timed.out}, {@code cancelled}</td></tr>
 * <tr><td>{@code multishot.correlator.refused}</td><td>counter</td><td>requests that were never given a slot</td></tr>
 * <tr><td>{@code multishot.correlator.refused.replies}</td><td>counter</td><td>replies that ended no request, by
 * {@code reason}: {@code duplicate}, {@code late}, {@code unknown}</td></tr>
 * </table>
 *
 * <p>Requests write to no meter. A meter asks the correlator when it is read, and a counter looks at every slot then. A
 * meter does not keep the correlator from being collected.
 *
 * <pre>{@code
 * new CorrelatorMetrics(correlator, "orders").bindTo(registry);
 * }</pre>
 */
public final class CorrelatorMetrics implements MeterBinder {
    private static final String PREFIX = "multishot.correlator.";

    private final Correlator<?> correlator;
    private final Tags tags;

    /**
     * Takes what to observe.
     *
     * @param correlator the correlator
     * @param name tells it from others, as the tag {@code name}
     * @param tags further tags of every meter
     * @throws NullPointerException if one of them is {@code null}
     */
    public CorrelatorMetrics(Correlator<?> correlator, String name, Tag... tags) {
        this.correlator = Objects.requireNonNull(correlator, "correlator");
        this.tags = Tags.of("name", Objects.requireNonNull(name, "name")).and(tags);
    }

    /**
     * Registers the meters.
     *
     * @param registry where to
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "capacity", "Slots", Correlator::capacity);
        gauge(registry, "in.flight", "Requests that hold a slot", Correlator::inFlight);
        gauge(registry, "waiting", "Requests that wait for a slot", Correlator::waiting);
        counter(registry, "opened", tags, "Requests that were given a slot", CorrelatorStatistics::opened);
        ended(registry, "delivered", CorrelatorStatistics::delivered);
        ended(registry, "failed", CorrelatorStatistics::failed);
        ended(registry, "timed.out", CorrelatorStatistics::timedOut);
        ended(registry, "cancelled", CorrelatorStatistics::cancelled);
        counter(registry, "refused", tags, "Requests that were never given a slot", CorrelatorStatistics::refused);
        refusedReply(registry, "duplicate", CorrelatorStatistics::duplicate);
        refusedReply(registry, "late", CorrelatorStatistics::late);
        refusedReply(registry, "unknown", CorrelatorStatistics::unknown);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Correlator<?>> value) {
        Gauge.builder(PREFIX + name, correlator, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void ended(MeterRegistry registry, String outcome, ToDoubleFunction<CorrelatorStatistics> count) {
        counter(registry, "ended", tags.and("outcome", outcome), "Requests that ended", count);
    }

    private void refusedReply(MeterRegistry registry, String reason, ToDoubleFunction<CorrelatorStatistics> count) {
        counter(registry, "refused.replies", tags.and("reason", reason), "Replies that ended no request", count);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            Tags all,
            String description,
            ToDoubleFunction<CorrelatorStatistics> count) {
        FunctionCounter.builder(PREFIX + name, correlator, observed -> count.applyAsDouble(observed.statistics()))
                .description(description)
                .tags(all)
                .register(registry);
    }
}
