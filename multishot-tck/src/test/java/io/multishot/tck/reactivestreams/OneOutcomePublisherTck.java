package io.multishot.tck.reactivestreams;

import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * What the Reactive Streams TCK needs to know of a publisher of exactly one outcome. It has no empty stream (a round
 * that ends without a value is an error), and unless it says so, it serves one subscriber at a time.
 *
 * <p>The TCK skips every rule that takes more than one element to check; {@code OutcomeRulesTest} of the Reactor
 * side checks those.
 */
abstract class OneOutcomePublisherTck extends PublisherVerification<Integer> {
    private static final long DEADLINE_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 50;

    OneOutcomePublisherTck() {
        super(new TestEnvironment(DEADLINE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS, false));
    }

    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }

    @Override
    @Test
    public void optional_spec105_emptyStreamMustTerminateBySignallingOnComplete() {
        throw new SkipException("a round that ends without a value is an error, so there is no empty stream");
    }

    @Override
    @Test
    public void optional_spec111_maySupportMultiSubscribe() throws Throwable {
        requireSeveralSubscribers();
        super.optional_spec111_maySupportMultiSubscribe();
    }

    @Override
    @Test
    public void optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals() throws Throwable {
        requireSeveralSubscribers();
        super.optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals();
    }

    /** Whether it serves several subscribers at once, each with an outcome of its own. */
    boolean servesSeveralSubscribers() {
        return false;
    }

    private void requireSeveralSubscribers() {
        if (!servesSeveralSubscribers()) {
            throw new SkipException("an outcome has one receiver: a second concurrent subscription is refused");
        }
    }
}
