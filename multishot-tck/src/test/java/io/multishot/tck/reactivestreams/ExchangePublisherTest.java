package io.multishot.tck.reactivestreams;

import io.multishot.reactor.ReactiveReceiver;
import java.util.concurrent.ForkJoinPool;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for {@link ReactiveReceiver#exchange}, answered by another thread. */
public class ExchangePublisherTest extends OneOutcomePublisherTck {

    @Override
    public Publisher<Integer> createPublisher(long elements) {
        return ReactiveReceiver.<Integer>create()
                .exchange(sender -> ForkJoinPool.commonPool().execute(() -> sender.send(1)));
    }

    @Override
    public Publisher<Integer> createFailedPublisher() {
        ReactiveReceiver<Integer> disposed = ReactiveReceiver.create();
        disposed.dispose();
        return disposed.exchange(sender -> sender.send(1));
    }
}
