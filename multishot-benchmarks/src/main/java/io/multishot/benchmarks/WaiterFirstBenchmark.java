package io.multishot.benchmarks;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One thread: it waits by callback, then it sends the value. (The same as a {@code Mono}:
 * {@link MonoReceiveBenchmark}.)
 */
@State(Scope.Thread)
public class WaiterFirstBenchmark extends Workload {
    private final Receiver<Object> receiver = new Receiver<>();
    private final Keep callback = new Keep();
    private final Keep[] callbacks = {new Keep(), new Keep() {}, new Keep() {}, new Keep() {}};
    private int round;
    private Sender<Object> sender = spent(receiver);
    private final Receiver<Object> other = new Receiver<>();
    private final AtomicReference<@Nullable Object> word = new AtomicReference<>(OPEN);

    private @Nullable Object kept;
    private final Keep keep = new Keep();
    private final GenericFutureListener<Future<Object>> keepOfFuture = future -> kept = future.getNow();

    @SuppressWarnings("NullAway.Init") // by the subscription
    private UniEmitter<? super Object> emitter;

    private final Uni<Object> uni = Uni.createFrom().emitter(started -> emitter = started);

    private static Sender<Object> spent(Receiver<Object> receiver) {
        Sender<Object> sender = receiver.sender();
        sender.close();
        return sender;
    }

    /** A sender that is armed again in place, with the callback in it. */
    @Benchmark
    public @Nullable Object recycled() {
        sender = receiver.recycle(sender, callback);
        sender.send(VALUE);
        return callback.value;
    }

    /** The same in two steps. */
    @Benchmark
    public @Nullable Object recycledThenReceived() {
        return round(callback);
    }

    /** In two steps, with callbacks of four classes in turn, so that the call to them cannot be inlined. */
    @Benchmark
    public @Nullable Object recycledMegamorphic() {
        return round(callbacks[round++ & 3]);
    }

    private @Nullable Object round(Keep waiting) {
        sender = receiver.recycle(sender);
        receiver.receive(waiting);
        sender.send(VALUE);
        return waiting.value;
    }

    /** A sender of its own for each round. */
    @Benchmark
    public @Nullable Object fresh() {
        Sender<Object> fresh = other.sender();
        other.receive(callback);
        fresh.send(VALUE);
        return callback.value;
    }

    /** The limit: the atomic operations of a recycled round on a bare word, the call, and nothing else. */
    @Benchmark
    public @Nullable Object bareWord() {
        word.compareAndExchange(word.getAcquire(), callback);
        return called();
    }

    /** The limit of two steps. */
    @Benchmark
    public @Nullable Object bareWordTwoSteps() {
        word.setRelease(OPEN);
        word.compareAndExchange(OPEN, callback);
        return called();
    }

    private @Nullable Object called() {
        if (word.getAcquire() instanceof Keep waiting) {
            word.compareAndExchange(waiting, TAKEN);
            waiting.accept(VALUE);
        }
        return callback.value;
    }

    @Benchmark
    public @Nullable Object completableFuture() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        Object unused = future.thenAccept(keep);
        future.complete(VALUE);
        return keep.value;
    }

    @Benchmark
    public @Nullable Object nettyPromise() {
        Promise<Object> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        promise.addListener(keepOfFuture);
        promise.trySuccess(VALUE);
        return kept;
    }

    @Benchmark
    public @Nullable Object mutinyEmitter() {
        uni.subscribe().with(keep);
        emitter.complete(VALUE);
        return keep.value;
    }
}
