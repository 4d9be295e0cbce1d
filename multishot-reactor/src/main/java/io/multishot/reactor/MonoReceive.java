package io.multishot.reactor;

import io.multishot.SenderClosedException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Receives the outcome of a round for each subscriber: {@link ReactiveReceiver#receive()}. */
final class MonoReceive<T> extends Mono<T> implements Scannable {
    private final Rounds<T> rounds;

    private MonoReceive(Rounds<T> rounds) {
        this.rounds = rounds;
    }

    static <T> Mono<T> of(Rounds<T> rounds) {
        return onAssembly(new MonoReceive<>(rounds));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (rounds.receiver().isClosed()) {
            Operators.error(actual, new SenderClosedException());
        } else {
            actual.onSubscribe(new ReceiveSubscription<>(actual, rounds));
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
