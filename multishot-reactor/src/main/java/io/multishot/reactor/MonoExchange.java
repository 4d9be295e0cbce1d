package io.multishot.reactor;

import io.multishot.Sender;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Opens a round and receives its outcome for each subscriber: {@link ReactiveReceiver#exchange}. */
final class MonoExchange<T> extends Mono<T> implements Scannable {
    private final Rounds<T> rounds;
    private final Consumer<? super Sender<T>> request;

    private MonoExchange(Rounds<T> rounds, Consumer<? super Sender<T>> request) {
        this.rounds = rounds;
        this.request = request;
    }

    static <T> Mono<T> of(Rounds<T> rounds, Consumer<? super Sender<T>> request) {
        return onAssembly(new MonoExchange<>(rounds, request));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (rounds.receiver().isClosed()) {
            Operators.error(
                    actual, new IllegalStateException("this receiver is disposed: no further round can be opened"));
        } else {
            actual.onSubscribe(new ExchangeSubscription<>(actual, rounds, request));
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
