package io.multishot.examples.load;

import io.multishot.reactor.ReactiveCorrelator;
import java.util.function.LongConsumer;
import reactor.core.publisher.Mono;

/** A ticket, and a deadline in the table. */
final class AskingByCorrelator implements Asking {
    private static final int CAPACITY = 4096;

    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(CAPACITY);

    @SuppressWarnings("UnnecessaryLambda") // one for all requests
    private final LongConsumer listener = ticket -> correlator.complete(ticket, Elsewhere.REPLY);

    private final Elsewhere elsewhere;

    AskingByCorrelator(Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    public Mono<String> ask() {
        return correlator.request(TIMEOUT, ticket -> {
            elsewhere.send(ticket, listener);
            return Mono.empty();
        });
    }

    @Override
    public void close() {
        correlator.dispose();
    }
}
