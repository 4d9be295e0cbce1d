package io.multishot.benchmarks;

import io.multishot.Sender;
import io.multishot.reactor.ReactiveReceiver;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One thread: a value from a producer that takes its slots from a {@code Flux} to a consumer. */
@State(Scope.Thread)
public class PipelineBenchmark extends Workload {
    private final ReactiveReceiver<Object> receiver = ReactiveReceiver.create();
    private final Mono<Object> receive = receiver.receive();

    @SuppressWarnings("NullAway.Init") // by the subscription of the set-up
    private Sender<Object> slot;

    private final Sinks.Many<Object> sink = Sinks.many().unicast().onBackpressureBuffer();
    private final RawSubscriber subscriber = new RawSubscriber();

    @Setup
    public void setUp() {
        receiver.senders().subscribe(next -> slot = next);
        sink.asFlux().subscribe(subscriber);
    }

    /** The consumer subscribes for each value; the next slot comes as soon as the value was received. */
    @Benchmark
    public @Nullable Object sendersAndReceive() {
        receive.subscribe(subscriber);
        slot.send(VALUE);
        return subscriber.value();
    }

    @Benchmark
    public @Nullable Object sinksManyUnicast() {
        sink.tryEmitNext(VALUE);
        return subscriber.value();
    }
}
