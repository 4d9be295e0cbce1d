package io.multishot.reactor;

import io.multishot.Sender;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** {@link ReactiveReceiver#senders()}. */
final class FluxSenders<T> extends Flux<Sender<T>> implements Scannable {
    private final ReactiveReceiver<T> parent;

    private FluxSenders(ReactiveReceiver<T> parent) {
        this.parent = parent;
    }

    static <T> Flux<Sender<T>> of(ReactiveReceiver<T> parent) {
        return onAssembly(new FluxSenders<>(parent));
    }

    @Override
    public void subscribe(CoreSubscriber<? super Sender<T>> actual) {
        SendersSubscription<T> subscription = new SendersSubscription<>(actual, parent);
        if (parent.isDisposed()) {
            Operators.complete(actual);
        } else if (parent.claim(subscription)) {
            subscription.start();
        } else {
            Operators.error(
                    actual,
                    new IllegalStateException(
                            "senders() has a subscriber already: cancel that one first, or share() it"));
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
