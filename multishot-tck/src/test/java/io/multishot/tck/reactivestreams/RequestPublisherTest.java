package io.multishot.tck.reactivestreams;

import io.multishot.reactor.ReactiveCorrelator;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The Reactive Streams TCK for {@link ReactiveCorrelator#request}, answered by another thread. */
public class RequestPublisherTest extends OneOutcomePublisherTck {

    @Override
    public Publisher<Integer> createPublisher(long elements) {
        ReactiveCorrelator<Integer> correlator = ReactiveCorrelator.withCapacity(2);
        return correlator.request(ticket -> {
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
