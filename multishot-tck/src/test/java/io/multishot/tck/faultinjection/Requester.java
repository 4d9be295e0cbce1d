package io.multishot.tck.faultinjection;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.Pending;
import io.multishot.correlator.SlotRequest;
import io.multishot.reactor.ReactiveCorrelator;
import io.multishot.tck.faultinjection.HostilePeer.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes requests in every way that there is, and gives some of them up. */
final class Requester implements Runnable {
    /** Rarely: it makes the thread wait. */
    private static final int BLOCKING = 7;

    private static final long MOST_OVERTIME = TimeUnit.SECONDS.toNanos(30);

    private final Correlator<Reply> correlator;
    private final ReactiveCorrelator<Reply> reactive;
    private final Duration timeout;
    private final Duration patience;
    private final Queue<Message> wire;
    private final Tally tally;
    private final SplittableRandom random;
    private final long end;

    private final List<Request> givenUp = new ArrayList<>();

    /** The last request that was made without a deadline; it is given up before the next one. */
    private @Nullable Runnable giveUp;

    private volatile boolean stopped;

    Requester(
            Correlator<Reply> correlator,
            Duration timeout,
            Duration patience,
            Queue<Message> wire,
            Tally tally,
            SplittableRandom random,
            long end) {
        this.timeout = timeout;
        this.patience = patience;
        this.correlator = correlator;
        this.reactive = ReactiveCorrelator.from(correlator);
        this.wire = wire;
        this.tally = tally;
        this.random = random;
        this.end = end;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!isOver() && !correlator.isClosed()) {
            try {
                request();
            } catch (CorrelatorFullException full) {
                tally.count(Tally.Outcome.REFUSED);
                Thread.yield();
            } catch (RuntimeException | InterruptedException thrown) {
                if (correlator.isClosed() && thrown instanceof CorrelatorClosedException) {
                    break;
                }
                tally.complain("thrown at a requester: " + thrown);
            }
        }
        giveUpLast();
    }

    /** On a busy machine not before everything was seen that the test expects, though not for ever. */
    private boolean isOver() {
        long now = System.nanoTime();
        return stopped || (now >= end && (tally.isComplete() || now >= end + MOST_OVERTIME));
    }

    private void request() throws InterruptedException {
        Request request = new Request(tally);
        switch (random.nextInt(100) == 0 ? BLOCKING : random.nextInt(BLOCKING)) {
            case 0 -> send(correlator.open(timeout, request), request);
            case 1 -> send(correlator.open(timeout), request).receive(request);
            case 2 -> asFuture(send(correlator.open(timeout), request).receiveAsync(), request);
            case 3 -> asMono(reactive.request(timeout, ticket -> sending(ticket, request)), request);
            case 4 -> correlator.open(timeout, patience, new Waiting(request));
            case 5 -> asMono(reactive.request(timeout, patience, ticket -> sending(ticket, request)), request);
            case 6 -> withoutDeadline(request);
            default -> block(send(correlator.open(timeout), request), request);
        }
    }

    private Pending<Reply> send(Pending<Reply> pending, Request request) {
        request.opened();
        wire.add(new Message(pending.ticket(), request));
        return pending;
    }

    private Mono<Void> sending(long ticket, Request request) {
        request.opened();
        wire.add(new Message(ticket, request));
        return Mono.empty();
    }

    private void withoutDeadline(Request request) {
        giveUpLast();
        Pending<Reply> pending = send(correlator.open(null, request), request);
        giveUp = pending::cancel;
    }

    private void giveUpLast() {
        if (giveUp != null) {
            giveUp.run();
            giveUp = null;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the request throws nothing: it complains
    private void asFuture(CompletableFuture<Reply> future, Request request) {
        future.whenComplete((reply, thrown) -> {
            if (thrown == null) {
                request.onValue(reply);
            } else {
                request.onFailure(thrown);
            }
        });
        if (random.nextInt(16) == 0) {
            future.cancel(false);
        }
    }

    private static void block(Pending<Reply> pending, Request request) throws InterruptedException {
        try {
            request.onValue(pending.receive());
        } catch (CompletionException failed) {
            request.onFailure(failed.getCause());
        }
    }

    private void asMono(Mono<Reply> mono, Request request) {
        MonoRequester requester = new MonoRequester(request);
        mono.subscribe(requester);
        if (random.nextInt(16) == 0) {
            givenUp.add(request);
            requester.cancel();
        }
    }

    /** Requests that may have no outcome, since they were cancelled where no callback is called. */
    List<Request> givenUp() {
        return givenUp;
    }

    /** Waits for a slot. */
    private final class Waiting extends SlotRequest<Reply> {
        private final Request request;

        Waiting(Request request) {
            this.request = request;
        }

        @Override
        protected void onOpened(Pending<Reply> pending) {
            pending.receive(request);
            send(pending, request);
        }

        @Override
        protected void onRefused(Throwable cause) {
            tally.count(correlator.isClosed() ? Tally.Outcome.CLOSED : Tally.Outcome.REFUSED);
        }
    }
}
