package io.multishot.tck.reactivestreams;

import io.multishot.Sender;
import io.multishot.reactor.ReactiveReceiver;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.Test;
import reactor.core.publisher.Flux;

/**
 * The Reactive Streams TCK for {@link ReactiveReceiver#senders()}. Every sender is answered before it is passed on, and
 * every answer received, so that the next round can be opened; after the last element the receiver is disposed.
 */
public class SendersPublisherTest extends PublisherVerification<Sender<Integer>> {
    private static final long DEADLINE_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 50;

    public SendersPublisherTest() {
        super(new TestEnvironment(DEADLINE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS, false));
    }

    @Override
    public Publisher<Sender<Integer>> createPublisher(long elements) {
        ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        AtomicLong left = new AtomicLong(elements);
        Flux<Sender<Integer>> senders = receiver.senders().doOnNext(sender -> {
            sender.send(1);
            receiver.receive().subscribe();
            if (left.decrementAndGet() == 0) {
                receiver.dispose();
            }
        });
        if (elements == 0) {
            receiver.dispose();
        }
        return senders;
    }

    @Override
    public Publisher<Sender<Integer>> createFailedPublisher() {
        ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        receiver.senders().subscribe();
        return receiver.senders();
    }

    @Override
    @Test
    public void optional_spec111_maySupportMultiSubscribe() {
        throw new SkipException("the senders are for one subscriber: a second concurrent one is refused");
    }

    @Override
    @Test
    public void optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals() {
        throw new SkipException("the senders are for one subscriber: a second concurrent one is refused");
    }

    @Override
    @Test
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {
        throw new SkipException("the senders are for one subscriber: a second concurrent one is refused");
    }

    @Override
    @Test
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront() {
        throw new SkipException("the senders are for one subscriber: a second concurrent one is refused");
    }

    @Override
    @Test
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected() {
        throw new SkipException("the senders are for one subscriber: a second concurrent one is refused");
    }
}
