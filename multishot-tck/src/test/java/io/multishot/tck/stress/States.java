package io.multishot.tck.stress;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import java.time.Duration;

/**
 * States in which many of the races begin. A test extends one of them and brings its own actors and arbiter, since
 * jcstress finds these in the class of the test only.
 */
final class States {
    private States() {}

    /** A round is open, and nothing waits. */
    abstract static class OpenRound {
        final Receiver<Integer> receiver = new Receiver<>();
        final Sender<Integer> sender = receiver.sender();
        final RecordingCallback<Integer> callback = new RecordingCallback<>();
    }

    /** A round is open, and a callback waits. */
    abstract static class AwaitedRound extends OpenRound {
        AwaitedRound() {
            receiver.receive(callback);
        }
    }

    /** The only slot is taken by a request that is due at once, and nothing waits for its reply. */
    abstract static class OpenRequest {
        final Correlator<Integer> correlator = Requests.correlator(1);
        final Pending<Integer> request = correlator.open(Duration.ZERO);
        final RecordingCallback<Integer> callback = new RecordingCallback<>();
    }

    /** The same, and a callback waits for the reply. */
    abstract static class AwaitedRequest extends OpenRequest {
        AwaitedRequest() {
            request.receive(callback);
        }
    }

    /** The only slot is taken, and the queue is empty. */
    abstract static class FullTable {
        final Correlator<Integer> correlator = Requests.correlator(1);
        final Pending<Integer> holder = correlator.open();
        final RecordingSlotRequest opening = new RecordingSlotRequest();
    }

    /** The only slot is taken, and one waits for it. */
    abstract static class QueuedOpening extends FullTable {
        QueuedOpening() {
            correlator.open(null, Requests.HOUR, opening);
        }
    }
}
