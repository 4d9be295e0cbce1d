package io.multishot.reactor;

import io.multishot.SenderClosedException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** {@link ReactiveReceiver#receive()}. */
final class MonoReceive<T> extends Mono<T> implements Scannable {
    private final ReactiveReceiver<T> parent;

    private MonoReceive(ReactiveReceiver<T> parent) {
        this.parent = parent;
    }

    static <T> Mono<T> of(ReactiveReceiver<T> parent) {
        return onAssembly(new MonoReceive<>(parent));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (parent.isDisposed()) {
            Operators.error(actual, new SenderClosedException());
        } else {
            actual.onSubscribe(new ReceiveSubscription<>(actual, parent));
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
