package io.multishot.benchmarks;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.reactor.ReactiveReceiver;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/** One thread: it subscribes to a {@code Mono}, then it sends the value. */
@State(Scope.Thread)
public class MonoReceiveBenchmark extends Workload {
    private final Receiver<Object> receiver = new Receiver<>();
    private final Mono<Object> receive = ReactiveReceiver.from(receiver).receive();
    private Sender<Object> sender = receiver.sender();

    @SuppressWarnings("NullAway.Init") // by the subscription
    private MonoSink<Object> created;

    private final Mono<Object> create = Mono.create(sink -> created = sink);
    private final Mono<Object> just = Mono.just(VALUE);

    private final RawSubscriber raw = new RawSubscriber();
    private final Keep keep = new Keep();

    @Benchmark
    public @Nullable Object receiveRaw() {
        receive.subscribe(raw);
        send();
        return raw.value();
    }

    @Benchmark
    public @Nullable Object receiveLambda() {
        receive.subscribe(keep);
        send();
        return keep.value;
    }

    private void send() {
        sender.send(VALUE);
        sender = receiver.recycle(sender);
    }

    @Benchmark
    public @Nullable Object sinksOneRaw() {
        Sinks.One<Object> sink = Sinks.one();
        sink.asMono().subscribe(raw);
        sink.tryEmitValue(VALUE);
        return raw.value();
    }

    @Benchmark
    public @Nullable Object sinksOneLambda() {
        Sinks.One<Object> sink = Sinks.one();
        sink.asMono().subscribe(keep);
        sink.tryEmitValue(VALUE);
        return keep.value;
    }

    @Benchmark
    public @Nullable Object sinksUnsafeOneRaw() {
        Sinks.One<Object> sink = Sinks.unsafe().one();
        sink.asMono().subscribe(raw);
        sink.tryEmitValue(VALUE);
        return raw.value();
    }

    @Benchmark
    public @Nullable Object monoCreateRaw() {
        create.subscribe(raw);
        created.success(VALUE);
        return raw.value();
    }

    @Benchmark
    public @Nullable Object monoCreateLambda() {
        create.subscribe(keep);
        created.success(VALUE);
        return keep.value;
    }

    /** The floor: no channel at all. */
    @Benchmark
    public @Nullable Object monoJustRaw() {
        just.subscribe(raw);
        return raw.value();
    }

    /** The floor: no channel at all. */
    @Benchmark
    public @Nullable Object monoJustLambda() {
        just.subscribe(keep);
        return keep.value;
    }
}
