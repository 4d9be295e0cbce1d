package io.multishot.tck.reactivestreams;

import io.multishot.Receiver;
import io.multishot.reactor.ReactiveReceiver;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/**
 * The Reactive Streams TCK for {@link ReactiveReceiver#subscriberOf}, from outside. From inside
 * ({@link SubscriberWhiteboxVerification}) it cannot be checked: that lets the test decide when, and how much, the
 * subscriber requests, but this one requests one element, once.
 */
public class SenderSubscriberBlackboxTest extends SubscriberBlackboxVerification<Integer> {
    private static final long DEADLINE_MILLIS = 2_000;

    public SenderSubscriberBlackboxTest() {
        super(new TestEnvironment(DEADLINE_MILLIS));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        return ReactiveReceiver.subscriberOf(new Receiver<Integer>().sender());
    }

    /** It asks for its one element by itself. */
    @Override
    public void triggerRequest(Subscriber<? super Integer> subscriber) {}

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
