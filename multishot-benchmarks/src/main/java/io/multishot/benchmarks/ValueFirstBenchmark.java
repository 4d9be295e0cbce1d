package io.multishot.benchmarks;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Sinks;

/** One thread: the value is sent, then received without having to wait. */
@State(Scope.Thread)
public class ValueFirstBenchmark extends Workload {
    private final Receiver<Object> receiver = new Receiver<>();
    private Sender<Object> sender = receiver.sender();
    private final Receiver<Object> other = new Receiver<>();
    private final AtomicReference<@Nullable Object> word = new AtomicReference<>(OPEN);

    /** A sender that is armed again in place. */
    @Benchmark
    public @Nullable Object recycled() {
        sender.send(VALUE);
        Object value = receiver.tryReceive();
        sender = receiver.recycle(sender);
        return value;
    }

    /** A sender of its own for each round. */
    @Benchmark
    public @Nullable Object fresh() {
        other.sender().send(VALUE);
        return other.tryReceive();
    }

    /** The limit: the atomic operations of a recycled round on a bare word, and nothing else. */
    @Benchmark
    public @Nullable Object bareWord() {
        word.compareAndExchange(OPEN, VALUE);
        Object value = word.getAcquire();
        word.setRelease(TAKEN);
        word.setRelease(OPEN);
        return value;
    }

    @Benchmark
    public Object completableFuture() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        future.complete(VALUE);
        return future.join();
    }

    @Benchmark
    public Object nettyPromise() {
        Promise<Object> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        promise.trySuccess(VALUE);
        return promise.getNow();
    }

    @Benchmark
    public @Nullable Object sinksOne() {
        return sink(Sinks.one());
    }

    @Benchmark
    public @Nullable Object sinksUnsafeOne() {
        return sink(Sinks.unsafe().one());
    }

    private @Nullable Object sink(Sinks.One<Object> sink) {
        sink.tryEmitValue(VALUE);
        RawSubscriber subscriber = new RawSubscriber();
        sink.asMono().subscribe(subscriber);
        return subscriber.value();
    }
}
