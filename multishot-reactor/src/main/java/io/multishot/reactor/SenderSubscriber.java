package io.multishot.reactor;

import io.multishot.Sender;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Ends a round by the signals of a pipeline: {@link ReactiveReceiver#subscriberOf}. */
final class SenderSubscriber<T> implements CoreSubscriber<T>, Scannable {
    private final Sender<T> sender;
    private final Context context;
    private @Nullable Subscription upstream;

    /** Is set when upstream ends the round, or tries to. */
    private boolean done;

    /** Is set when the round ended without upstream. */
    private volatile boolean abandoned;

    SenderSubscriber(Sender<T> sender, Context context) {
        this.sender = sender;
        this.context = context;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (!Operators.validate(upstream, subscription)) {
            return;
        }
        upstream = subscription;
        boolean open;
        try {
            open = sender.onAbandoned(() -> abandon(subscription));
        } catch (IllegalStateException hookedAlready) {
            abandon(subscription);
            sender.fail(hookedAlready);
            return;
        }
        if (open) {
            subscription.request(1); // outside of the try: exceptions of a synchronous upstream go to its caller
        } else {
            abandon(subscription);
        }
    }

    private void abandon(Subscription subscription) {
        abandoned = true;
        subscription.cancel();
    }

    @Override
    public void onNext(T value) {
        if (done) {
            Operators.onNextDropped(value, context);
            return;
        }
        done = true;
        if (upstream != null) {
            upstream.cancel();
        }
        if (abandoned || !sender.send(value)) {
            Operators.onDiscard(value, context);
        }
    }

    @Override
    public void onError(Throwable cause) {
        boolean late = done || abandoned;
        done = true;
        if (late || !sender.fail(cause)) {
            Operators.onErrorDropped(cause, context);
        }
    }

    @Override
    public void onComplete() {
        if (!done && !abandoned) {
            done = true;
            sender.close();
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream;
        }
        if (key == Attr.CANCELLED) {
            return abandoned;
        }
        if (key == Attr.TERMINATED) {
            return done;
        }
        if (key == Attr.PREFETCH) {
            return 1;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
