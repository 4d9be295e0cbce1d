package io.multishot.tck.faultinjection;

import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** Subscribes to a request, and hears of what is discarded and dropped, too. */
final class MonoRequester implements CoreSubscriber<Reply> {
    private final Request request;
    private final Context context;
    private volatile Subscription subscription;

    MonoRequester(Request request) {
        this.request = request;
        Consumer<Object> discarded = reply -> request.onValue((Reply) reply);
        Consumer<Throwable> dropped = request::failed;
        context = Context.of("reactor.onDiscard.local", discarded, "reactor.onErrorDropped.local", dropped);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Reply reply) {
        request.onValue(reply);
    }

    @Override
    public void onError(Throwable thrown) {
        request.failed(thrown);
    }

    @Override
    public void onComplete() {}

    void cancel() {
        subscription.cancel();
    }
}
