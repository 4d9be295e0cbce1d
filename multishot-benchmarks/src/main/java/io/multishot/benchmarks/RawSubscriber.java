package io.multishot.benchmarks;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** As little as a subscriber can do; used for one subscription after the other. */
final class RawSubscriber implements CoreSubscriber<Object> {
    private @Nullable Object value;

    @Nullable
    Object value() {
        return value;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object value) {
        this.value = value;
    }

    @Override
    public void onError(Throwable error) {
        throw new IllegalStateException(error);
    }

    @Override
    public void onComplete() {}
}
