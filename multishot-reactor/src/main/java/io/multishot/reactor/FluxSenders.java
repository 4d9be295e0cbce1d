package io.multishot.reactor;

import io.multishot.Sender;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** Opens rounds for its subscriber: {@link ReactiveReceiver#senders()}. */
final class FluxSenders<T> extends Flux<Sender<T>> implements Scannable {
    private final Rounds<T> rounds;

    private FluxSenders(Rounds<T> rounds) {
        this.rounds = rounds;
    }

    static <T> Flux<Sender<T>> of(Rounds<T> rounds) {
        return onAssembly(new FluxSenders<>(rounds));
    }

    @Override
    public void subscribe(CoreSubscriber<? super Sender<T>> actual) {
        SendersSubscription<T> subscription = new SendersSubscription<>(actual, rounds);
        if (rounds.receiver().isClosed()) {
            Operators.complete(actual);
        } else if (rounds.claim(subscription)) {
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
