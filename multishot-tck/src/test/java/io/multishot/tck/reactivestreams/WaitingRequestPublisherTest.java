package io.multishot.tck.reactivestreams;

import io.multishot.correlator.Correlator;
import io.multishot.reactor.ReactiveCorrelator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The Reactive Streams TCK for {@link ReactiveCorrelator#request} that waits for a slot, which another thread frees.
 */
public class WaitingRequestPublisherTest extends OneOutcomePublisherTck {
    private static final Executor SHORTLY = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    @Override
    public Publisher<Integer> createPublisher(long elements) {
        ReactiveCorrelator<Integer> correlator =
                ReactiveCorrelator.from(Correlator.builder(1).maxWaiting(2).build());
        Disposable holder = correlator.request(ticket -> Mono.never()).subscribe();
        SHORTLY.execute(holder::dispose);
        return correlator.request(null, Duration.ofMinutes(1), ticket -> {
            ForkJoinPool.commonPool().execute(() -> correlator.complete(ticket, 1));
            return Mono.empty();
        });
    }

    /** None: whether a request can be opened is decided when it is requested, and the TCK does not request here. */
    @Override
    public @Nullable Publisher<Integer> createFailedPublisher() {
        return null;
    }

    @Override
    boolean servesSeveralSubscribers() {
        return true;
    }
}
