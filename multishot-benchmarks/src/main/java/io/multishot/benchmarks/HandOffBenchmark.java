package io.multishot.benchmarks;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Two threads that block: a value handed to the other thread, and one handed back. */
@State(Scope.Benchmark)
public class HandOffBenchmark extends TwoThreads {
    private static final int ROUND_TRIPS = 10_000;

    /** The kind of threads: {@code platform}, or {@code virtual} on JDK 21 or later. */
    @Param("platform")
    public String threads = "";

    private ThreadFactory factory = Thread::new;

    @Setup
    public void setUp() throws ReflectiveOperationException {
        if (threads.equals("virtual")) {
            factory = virtualThreads();
        }
    }

    /** By reflection, since this is compiled for JDK 17. */
    private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder");
        return (ThreadFactory) type.getMethod("factory").invoke(builder);
    }

    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void multishot() throws InterruptedException {
        Receiver<Object> there = new Receiver<>();
        Sender<Object> toThere = there.sender();
        Receiver<Object> back = new Receiver<>();
        Sender<Object> toBack = back.sender();
        run(
                () -> {
                    toThere.send(VALUE);
                    back.receive();
                    back.recycle(toBack);
                },
                () -> {
                    Object value = there.receive();
                    there.recycle(toThere);
                    toBack.send(value);
                });
    }

    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void synchronousQueue() throws InterruptedException {
        queues(new SynchronousQueue<>(), new SynchronousQueue<>());
    }

    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void arrayBlockingQueue() throws InterruptedException {
        queues(new ArrayBlockingQueue<>(1), new ArrayBlockingQueue<>(1));
    }

    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void linkedTransferQueue() throws InterruptedException {
        queues(new LinkedTransferQueue<>(), new LinkedTransferQueue<>());
    }

    private void queues(BlockingQueue<Object> there, BlockingQueue<Object> back) throws InterruptedException {
        run(
                () -> {
                    there.put(VALUE);
                    back.take();
                },
                () -> back.put(there.take()));
    }

    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void exchanger() throws InterruptedException {
        Exchanger<Object> exchanger = new Exchanger<>();
        run(
                () -> {
                    exchanger.exchange(VALUE);
                    exchanger.exchange(null);
                },
                () -> exchanger.exchange(exchanger.exchange(null)));
    }

    /** A future is good for one value, so each value takes the next pair of futures along. */
    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void completableFuture() throws InterruptedException {
        record Letter(Object value, CompletableFuture<Letter> next, CompletableFuture<Object> reply) {}
        CompletableFuture<Letter> first = new CompletableFuture<>();
        AtomicReference<CompletableFuture<Letter>> out = new AtomicReference<>(first);
        AtomicReference<CompletableFuture<Letter>> in = new AtomicReference<>(first);
        run(
                () -> {
                    Letter letter = new Letter(VALUE, new CompletableFuture<>(), new CompletableFuture<>());
                    out.getPlain().complete(letter);
                    out.setPlain(letter.next());
                    letter.reply().get();
                },
                () -> {
                    Letter letter = in.getPlain().get();
                    in.setPlain(letter.next());
                    letter.reply().complete(letter.value());
                });
    }

    private interface Step {
        void run() throws Exception;
    }

    private void run(Step ask, Step answer) throws InterruptedException {
        Thread asking = start(ask);
        Thread answering = start(answer);
        asking.join();
        answering.join();
    }

    private Thread start(Step step) {
        Thread thread = factory.newThread(() -> {
            try {
                for (int i = 0; i < ROUND_TRIPS; i++) {
                    step.run();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }
}
