package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Scenario.VALUE;
import static io.multishot.tck.modelcheck.Scenario.check;
import static io.multishot.tck.modelcheck.Scenario.checkEquals;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** The code that the scenarios of the correlator share. */
final class Requests {
    static final Duration HOUR = Duration.ofHours(1);

    private Requests() {}

    /** The ways to end a request. */
    enum Ending {
        COMPLETE(VALUE),
        FAIL(Recorder.FAILED),
        CANCEL(Recorder.CLOSED),
        EXPIRE(Recorder.FAILED),
        FAIL_ALL(Recorder.FAILED),
        CLOSE(Recorder.FAILED);

        final int outcome;

        Ending(int outcome) {
            this.outcome = outcome;
        }

        boolean isReply() {
            return this == COMPLETE || this == FAIL;
        }

        /** Ends the request, and returns true if the correlator says so; close does not tell. */
        boolean end(Correlator<Box> correlator, Pending<Box> request) {
            return switch (this) {
                case COMPLETE -> correlator.complete(request.ticket(), new Box(VALUE)) == ReplyResult.DELIVERED;
                case FAIL -> correlator.fail(request.ticket(), new Exception("scenario")) == ReplyResult.DELIVERED;
                case CANCEL -> request.cancel();
                case EXPIRE -> correlator.expire() == 1;
                case FAIL_ALL -> correlator.failAll(new Exception("scenario")) == 1;
                default -> {
                    correlator.close();
                    yield false;
                }
            };
        }
    }

    /** Time stands still, and requests of no duration are due at once. */
    static Correlator<Box> correlator(int capacity) {
        return Correlator.builder(capacity).timeSource(() -> 0).sweepByCaller().build();
    }

    /** A request that the next sweep ends. */
    static Pending<Box> due(Correlator<Box> correlator) {
        return correlator.open(Duration.ZERO);
    }

    /** Null if there is no free slot, or the correlator is closed. */
    static Pending<Box> openUnlessRefused(Correlator<Box> correlator) {
        return openUnlessRefused(correlator, HOUR);
    }

    /** The same. */
    static Pending<Box> openUnlessRefused(Correlator<Box> correlator, Duration timeout) {
        try {
            return correlator.open(timeout);
        } catch (CorrelatorFullException | IllegalStateException refused) {
            return null;
        }
    }

    /** The content of the value, or what else a receive finds, in the numbers of a Recorder. */
    static int tryReceive(Pending<Box> request) {
        try {
            Box box = request.tryReceive();
            return box == null ? Scenario.OPEN : box.content;
        } catch (CancellationException cancelled) {
            return Recorder.CLOSED;
        } catch (CompletionException failed) {
            return Recorder.FAILED;
        }
    }

    /** Blocks, and returns the content of the value, or what else the receive ends with. */
    static int receive(Pending<Box> request) {
        try {
            return request.receive().content;
        } catch (CancellationException cancelled) {
            return Recorder.CLOSED;
        } catch (CompletionException failed) {
            return Recorder.FAILED;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** The request is in flight as if nothing had happened, and can be answered. */
    static void checkUntouched(Correlator<Box> correlator, Pending<Box> request) {
        checkEquals(Scenario.OPEN, tryReceive(request), "a receive of the next request");
        check(correlator.complete(request.ticket(), new Box(VALUE)) == ReplyResult.DELIVERED, "its reply was refused");
        checkEquals(VALUE, tryReceive(request), "its outcome");
    }

    /** Every request had one ending, and so many are in flight. */
    static void checkBooks(Correlator<Box> correlator, int inFlight) {
        CorrelatorStatistics books = correlator.statistics();
        checkEquals(inFlight, books.inFlight(), "in flight");
        checkEquals(0, books.waiting(), "waiting");
        long ended = books.delivered() + books.failed() + books.timedOut() + books.cancelled();
        check(books.opened() == ended + inFlight, "the books do not balance: " + books);
    }

    /** Every slot can be opened again, each once. */
    static void checkAllFree(Correlator<Box> correlator) {
        checkBooks(correlator, 0);
        Set<Long> tickets = new HashSet<>();
        for (int i = 0; i < correlator.capacity(); i++) {
            Pending<Box> request = openUnlessRefused(correlator);
            check(request != null, "a slot is lost");
            check(tickets.add(request.ticket()), "a ticket was issued twice");
        }
        check(openUnlessRefused(correlator) == null, "a slot is shared");
        checkBooks(correlator, correlator.capacity());
    }
}
