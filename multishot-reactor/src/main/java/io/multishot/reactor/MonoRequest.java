package io.multishot.reactor;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorClosedException;
import java.time.Duration;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Opens a request for each subscriber: {@link ReactiveCorrelator#request}. */
final class MonoRequest<T> extends Mono<T> implements RequestSettings<T> {
    private final Correlator<T> correlator;
    private final @Nullable Duration timeout;
    private final @Nullable Duration maxWait;
    private final LongFunction<? extends Publisher<?>> send;

    private MonoRequest(
            Correlator<T> correlator,
            @Nullable Duration timeout,
            @Nullable Duration maxWait,
            LongFunction<? extends Publisher<?>> send) {
        this.correlator = correlator;
        this.timeout = timeout;
        this.maxWait = maxWait;
        this.send = send;
    }

    static <T> Mono<T> of(
            Correlator<T> correlator,
            @Nullable Duration timeout,
            @Nullable Duration maxWait,
            LongFunction<? extends Publisher<?>> send) {
        return onAssembly(new MonoRequest<>(correlator, timeout, maxWait, send));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (correlator.isClosed()) {
            Operators.error(
                    actual,
                    new CorrelatorClosedException("this correlator is disposed: no further request can be opened"));
        } else if (maxWait == null) {
            actual.onSubscribe(new RequestSubscription<>(actual, this));
        } else {
            actual.onSubscribe(new WaitingRequestSubscription<>(actual, this, maxWait));
        }
    }

    @Override
    public Correlator<T> correlator() {
        return correlator;
    }

    @Override
    public @Nullable Duration timeout() {
        return timeout;
    }

    @Override
    public @Nullable Publisher<?> send(long ticket) {
        return send.apply(ticket);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
