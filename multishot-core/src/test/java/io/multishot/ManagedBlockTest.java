package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ForkJoinPool whose threads all block in a receive: it runs the task that brings the outcome all the same. */
class ManagedBlockTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private ForkJoinPool pool = new ForkJoinPool(1);

    @AfterEach
    void shutDown() {
        pool.shutdownNow();
    }

    /** What a thread of the pool blocks in. */
    enum Source {
        CHANNEL {
            @Override
            String receive(ForkJoinPool pool, boolean timed) throws Exception {
                Receiver<String> receiver = new Receiver<>();
                Sender<String> sender = receiver.sender();
                pool.execute(() -> sender.send("a"));
                return timed ? receiver.receive(LONG) : receiver.receive();
            }
        },
        REQUEST {
            @Override
            String receive(ForkJoinPool pool, boolean timed) throws Exception {
                Correlator<String> correlator = Correlator.withCapacity(1);
                Pending<String> request = correlator.open();
                pool.execute(() -> correlator.complete(request.ticket(), "a"));
                return timed ? request.receive(LONG) : request.receive();
            }
        },
        REQUEST_WITH_A_DEADLINE {
            @Override
            String receive(ForkJoinPool pool, boolean timed) throws Exception {
                Correlator<String> correlator = Correlator.withCapacity(1);
                Pending<String> request = correlator.open(LONG);
                pool.execute(() -> correlator.complete(request.ticket(), "a"));
                return timed ? request.receive(LONG) : request.receive();
            }
        };

        abstract String receive(ForkJoinPool pool, boolean timed) throws Exception;
    }

    @ParameterizedTest
    @CsvSource({
        "CHANNEL, false, 1, false",
        "CHANNEL, true, 1, false",
        "CHANNEL, false, 1, true",
        "CHANNEL, false, 3, false",
        "REQUEST, false, 1, false",
        "REQUEST, true, 1, true",
        "REQUEST, false, 3, true",
        "REQUEST_WITH_A_DEADLINE, false, 1, false",
        "REQUEST_WITH_A_DEADLINE, true, 2, false"
    })
    void receive_onAllThreadsOfAPool_letsTheSenderRun(Source source, boolean timed, int threads, boolean async)
            throws Exception {
        pool = new ForkJoinPool(threads, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, async);
        var receives = IntStream.range(0, threads)
                .mapToObj(i -> pool.submit(() -> source.receive(pool, timed)))
                .toList();

        for (var receive : receives) {
            assertThat(receive.get(20, TimeUnit.SECONDS)).isEqualTo("a");
        }
    }

    /** Each receive blocks within the task that is to send to the one before. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 10", "2, 20"})
    void receive_senderBlocksInAReceiveItself_allEnd(int threads, int depth) throws Exception {
        pool = new ForkJoinPool(threads);

        assertThat(pool.submit(() -> nested(depth)).get(20, TimeUnit.SECONDS)).isEqualTo(depth);
    }

    private int nested(int depth) throws Exception {
        if (depth == 0) {
            return 0;
        }
        Receiver<Integer> receiver = new Receiver<>();
        Sender<Integer> sender = receiver.sender();
        Object unused = pool.submit(() -> {
            sender.send(nested(depth - 1));
            return null;
        });
        return receiver.receive() + 1;
    }
}
