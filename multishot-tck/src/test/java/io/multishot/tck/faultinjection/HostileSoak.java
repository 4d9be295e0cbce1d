package io.multishot.tck.faultinjection;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import io.multishot.tck.faultinjection.HostilePeer.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requesters and hostile peers on one correlator, on threads of their own, with another that sweeps and now and then
 * fails everything. Afterwards the correlator's books, and those of the others, have to fit.
 */
final class HostileSoak {
    private static final int REQUESTERS = 3;
    private static final int PEERS = 2;
    private static final int FINEST_RESOLUTION = 20;
    private static final int SLOTS_BY_TICK = 100;
    private static final int ROUNDS_BETWEEN_LOSSES = 500;
    private static final long REAL_TIME_BETWEEN_LOSSES = TimeUnit.MILLISECONDS.toNanos(20);

    /** By the clock of the peers, which goes on by one with each request that they get. */
    private static final Duration TIMEOUT = Duration.ofNanos(300);

    private static final Duration PATIENCE = Duration.ofNanos(100);

    /** On the real timer: about as long as the peers take for as many requests. */
    private static final Duration REAL_TIMEOUT = Duration.ofMillis(3);

    private static final Duration REAL_PATIENCE = Duration.ofMillis(1);

    /** The longest time that any of the threads may go on after it should have ended, in nanoseconds. */
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(50);

    private final Tally tally = new Tally();
    private final AtomicLong clock;
    private final Queue<Message> wire = new ConcurrentLinkedQueue<>();
    private final Correlator<Reply> correlator;
    private final SplittableRandom random;
    private final Crew crew = new Crew();

    /** Of callbacks, on the real timer; null if the crew sweeps. */
    private final @Nullable ExecutorService callbacks;

    private volatile boolean stopped;

    private HostileSoak(
            Correlator<Reply> correlator, @Nullable ExecutorService callbacks, AtomicLong clock, long seed) {
        this.correlator = correlator;
        this.callbacks = callbacks;
        this.clock = clock;
        random = new SplittableRandom(seed);
    }

    /** Creates a soak with a clock of its own, and a thread that sweeps. */
    static HostileSoak swept(int capacity, long seed) {
        AtomicLong clock = new AtomicLong();
        return new HostileSoak(
                Correlator.builder(capacity)
                        .timeSource(clock::get)
                        .sweepByCaller()
                        .build(),
                null,
                clock,
                seed);
    }

    /** Creates a soak on the real timer, with an executor for the callbacks. */
    static HostileSoak timed(int capacity, long seed) {
        ExecutorService callbacks = Executors.newFixedThreadPool(2);
        return new HostileSoak(
                Correlator.builder(capacity)
                        .resolution(Duration.ofMillis(1))
                        .callbackExecutor(callbacks)
                        .build(),
                callbacks,
                new AtomicLong(),
                seed);
    }

    /** Runs for a time, and ends all that is still in flight by its deadline. */
    void run(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        run(end, List.of(), nanos + LIMIT);
        checkBooks();
        checkThatNoSlotLeaked();
    }

    /** Runs until as many requests were opened, and closes the correlator while all go on. */
    void runAndClose(long requests) throws InterruptedException {
        Runnable closer = () -> {
            while (correlator.statistics().opened() < requests && !stopped) {
                Thread.yield();
            }
            correlator.close();
        };
        run(Long.MAX_VALUE, List.of(closer), LIMIT);
        checkThatNobodyIsLeft();
    }

    private void run(long end, List<Runnable> closers, long limit) throws InterruptedException {
        List<Requester> requesters = new ArrayList<>();
        List<HostilePeer> peers = new ArrayList<>();
        for (int i = 0; i < REQUESTERS; i++) {
            requesters.add(newRequester(end));
        }
        for (int i = 0; i < PEERS; i++) {
            peers.add(new HostilePeer(correlator, wire, clock, tally, random.split()));
        }
        try {
            List<CompletableFuture<Void>> answering = start("peer", peers);
            List<CompletableFuture<Void>> sweeping = start("sweeper", List.<Runnable>of(this::sweep));
            List<CompletableFuture<Void>> requesting = start("requester", requesters);
            crew.await(start("closer", closers), "the closer", limit);
            crew.await(requesting, "the requesters", limit);
            peers.forEach(HostilePeer::stop);
            crew.await(answering, "the peers", LIMIT);
            stopped = true;
            crew.await(sweeping, "the sweeper", LIMIT);
            crew.await(start("last sweeps", List.<Runnable>of(this::expireAll)), "the last sweeps", LIMIT);
        } catch (AssertionError failure) {
            throw new AssertionError(failure.getMessage() + "\nin " + this, failure);
        } finally {
            stopped = true;
            peers.forEach(HostilePeer::stop);
            requesters.forEach(Requester::stop);
            crew.interrupt();
        }
        requesters.forEach(requester -> requester.givenUp().forEach(Request::concludeIfGivenUp));
    }

    private Requester newRequester(long end) {
        return new Requester(
                correlator,
                callbacks == null ? TIMEOUT : REAL_TIMEOUT,
                callbacks == null ? PATIENCE : REAL_PATIENCE,
                wire,
                tally,
                random.split(),
                end);
    }

    private List<CompletableFuture<Void>> start(String name, List<? extends Runnable> tasks) {
        return tasks.stream().map(task -> crew.start(name, task)).toList();
    }

    private void sweep() {
        if (callbacks != null) {
            loseConnections();
            return;
        }
        long last = 0;
        int resolution = Math.max(FINEST_RESOLUTION, correlator.capacity() / SLOTS_BY_TICK);
        for (int rounds = 1; !stopped; rounds++) {
            Thread.yield();
            clock.getAndIncrement(); // so that a request times out that no peer ever gets
            long now = clock.get();
            if (now - last >= resolution) {
                correlator.expire(now);
                last = now;
            }
            if (rounds % ROUNDS_BETWEEN_LOSSES == 0) {
                correlator.failAll(ConnectionLost.INSTANCE);
            }
        }
    }

    private void loseConnections() {
        long last = System.nanoTime();
        while (!stopped) {
            Thread.yield();
            if (System.nanoTime() - last >= REAL_TIME_BETWEEN_LOSSES) {
                correlator.failAll(ConnectionLost.INSTANCE);
                last = System.nanoTime();
            }
        }
    }

    /** Over and over, since an opening that is given a slot by a sweep has a deadline, too. */
    private void expireAll() {
        if (callbacks != null) {
            awaitAll(callbacks);
            return;
        }
        clock.set(Long.MAX_VALUE / 2);
        while (correlator.expire() > 0) {
            clock.addAndGet(Integer.MAX_VALUE);
        }
    }

    /** Waits until the timer has ended everything and all callbacks are called; if it does not, this takes too long. */
    private void awaitAll(ExecutorService callbacks) {
        while (correlator.inFlight() != 0 || correlator.waiting() != 0 || !allAreTold()) {
            Thread.yield();
        }
        callbacks.shutdown();
    }

    private boolean allAreTold() {
        CorrelatorStatistics statistics = correlator.statistics();
        return statistics.delivered() == tally.sum(Tally.Outcome.VALUE)
                && statistics.timedOut() == tally.sum(Tally.Outcome.TIMED_OUT)
                && statistics.failed() + statistics.refused()
                        == tally.sum(Tally.Outcome.FAILED) + tally.sum(Tally.Outcome.REFUSED);
    }

    private void checkThatNobodyIsLeft() {
        CorrelatorStatistics statistics = correlator.statistics();
        equal("in flight", 0, correlator.inFlight());
        equal("waiting", 0, statistics.waiting());
        equal("still pending", 0, correlator.snapshot().size());
        equal(
                "opened, ended",
                statistics.opened(),
                statistics.delivered() + statistics.failed() + statistics.timedOut() + statistics.cancelled());
        equal(
                "seen to be opened, to end",
                tally.opened(),
                tally.sum(Tally.Outcome.VALUE)
                        + tally.sum(Tally.Outcome.FAILED)
                        + tally.sum(Tally.Outcome.TIMED_OUT)
                        + tally.sum(Tally.Outcome.CANCELLED));
    }

    private void checkBooks() {
        checkThatNobodyIsLeft();
        CorrelatorStatistics statistics = correlator.statistics();
        equal("delivered", statistics.delivered(), tally.sum(Tally.Outcome.VALUE));
        equal("timed out", statistics.timedOut(), tally.sum(Tally.Outcome.TIMED_OUT));
        // A subscriber of a Mono does not know whether a request was open when it ended before it was sent.
        equal(
                "failed or refused",
                statistics.failed() + statistics.refused(),
                tally.sum(Tally.Outcome.FAILED) + tally.sum(Tally.Outcome.REFUSED));
        equal(
                "opened and not cancelled, or refused",
                statistics.opened() - statistics.cancelled() + statistics.refused(),
                tally.opened() - tally.sum(Tally.Outcome.CANCELLED) + tally.sum(Tally.Outcome.REFUSED));
        equal("duplicate", statistics.duplicate(), tally.sum(ReplyResult.DUPLICATE));
        equal("late", statistics.late(), tally.sum(ReplyResult.LATE));
        equal("unknown", statistics.unknown(), tally.sum(ReplyResult.UNKNOWN));
    }

    private void checkThatNoSlotLeaked() {
        List<Pending<Reply>> all = new ArrayList<>();
        for (int i = 0; i < correlator.capacity(); i++) {
            all.add(correlator.open());
        }
        try {
            correlator.open();
            tally.complain("more requests in flight than slots");
        } catch (CorrelatorFullException asItShould) {
            // nothing leaked, nothing doubled
        }
        all.forEach(Pending::cancel);
        equal("in flight at the end", 0, correlator.inFlight());
    }

    private void equal(String what, long first, long second) {
        if (first != second) {
            tally.complain(what + ": " + first + " is not " + second);
        }
    }

    Tally tally() {
        return tally;
    }

    @Override
    public String toString() {
        return "capacity " + correlator.capacity() + ": " + tally + "; " + correlator.statistics();
    }
}
