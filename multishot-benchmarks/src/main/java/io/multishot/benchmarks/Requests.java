package io.multishot.benchmarks;

import java.time.Duration;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The requests of one thread. In each operation the oldest one in flight is answered, and the next one opened; so there
 * are always as many in flight for each thread as the parameter says.
 */
@State(Scope.Thread)
public class Requests {
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Param("1")
    public int inFlight;

    private Request[] requests = {};
    private int oldest;

    private static final class Request {
        final Keep callback = new Keep();
        final RawSubscriber subscriber = new RawSubscriber();
        long id;
        boolean open;
    }

    /** A way to match replies to requests: opens one for a waiter, answers one. */
    interface Way<W> {
        long open(W waiting);

        void answer(long id);
    }

    @Setup
    public void setUp() {
        requests = IntStream.range(0, inFlight).mapToObj(i -> new Request()).toArray(Request[]::new);
    }

    void nextByCallback(Way<? super Keep> way) {
        Request request = answerOldest(way);
        request.id = way.open(request.callback);
    }

    void nextBySubscriber(Way<? super RawSubscriber> way) {
        Request request = answerOldest(way);
        request.id = way.open(request.subscriber);
    }

    private Request answerOldest(Way<?> way) {
        oldest = oldest + 1 == requests.length ? 0 : oldest + 1;
        Request request = requests[oldest];
        if (request.open) {
            way.answer(request.id);
        }
        request.open = true;
        return request;
    }
}
