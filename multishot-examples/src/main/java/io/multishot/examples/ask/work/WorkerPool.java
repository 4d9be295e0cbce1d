package io.multishot.examples.ask.work;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquireTimeoutException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * Finds a free worker for each question, waiting for one without blocking.
 *
 * <p>A worker is free again when its thread is, whatever became of the round: after a timeout or a disconnect the
 * client is gone at once, but the thread may still be busy with the abandoned question, and the next client must not
 * queue up behind it.
 */
public final class WorkerPool implements Disposable {
    private final Limits limits;
    private final List<Worker> workers;
    private final InstrumentedPool<Worker> free;

    /**
     * Starts the workers.
     *
     * @param limits the number of workers, and the longest times to wait
     * @param answering finds their answers
     * @param journal records answers that came too late
     */
    public WorkerPool(Limits limits, Answering answering, Journal journal) {
        this.limits = limits;
        this.workers = IntStream.rangeClosed(1, limits.workers())
                .mapToObj(number -> new Worker("worker-" + number, answering, journal))
                .toList();
        Queue<Worker> toPool = new ConcurrentLinkedQueue<>(workers);
        this.free = PoolBuilder.from(Mono.fromSupplier(toPool::remove))
                .sizeBetween(workers.size(), workers.size())
                .idleResourceReuseLruOrder()
                .releaseHandler(Worker::idle)
                .buildPool();
    }

    /**
     * Has a question answered, on subscription; cancelling abandons it.
     *
     * @param question the question
     * @return the answer; {@link NoWorkerException} if no worker became free in time or the pool is disposed,
     *     {@link java.util.concurrent.TimeoutException} if the answer did not come in time, or whatever the worker
     *     failed with
     */
    public Mono<String> ask(String question) {
        return Mono.usingWhen(
                        free.acquire(limits.patience()),
                        taken -> taken.poolable().ask(question).timeout(limits.answerTimeout()),
                        WorkerPool::beginRelease)
                .onErrorMap(
                        PoolAcquireTimeoutException.class,
                        timeout -> new NoWorkerException(
                                "all %d workers are busy, none became free within %d ms"
                                        .formatted(
                                                workers.size(),
                                                limits.patience().toMillis()),
                                timeout))
                .onErrorMap(
                        error -> isDisposed() && !(error instanceof NoWorkerException),
                        error -> new NoWorkerException("the server is shutting down", error));
    }

    /** The client is not made to wait for a thread that is still busy with what the client has given up. */
    private static Mono<Void> beginRelease(PooledRef<Worker> taken) {
        return Mono.fromRunnable(() -> taken.release().subscribe());
    }

    /** Stops the workers and disposes their channels: every question that waits ends at once. */
    @Override
    public void dispose() {
        free.dispose();
        workers.forEach(Worker::dispose);
    }

    @Override
    public boolean isDisposed() {
        return free.isDisposed();
    }
}
