package io.multishot.tck.reactivestreams;

import io.multishot.Receiver;
import io.multishot.reactor.ReactiveReceiver;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for {@link ReactiveReceiver#receive()}. */
public class ReceivePublisherTest extends OneOutcomePublisherTck {

    @Override
    public Publisher<Integer> createPublisher(long elements) {
        Receiver<Integer> receiver = new Receiver<>();
        receiver.sender().send(1);
        return ReactiveReceiver.from(receiver).receive();
    }

    @Override
    public Publisher<Integer> createFailedPublisher() {
        ReactiveReceiver<Integer> disposed = ReactiveReceiver.create();
        disposed.dispose();
        return disposed.receive();
    }
}
