package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Requests.HOUR;
import static io.multishot.tck.modelcheck.Requests.checkAllFree;
import static io.multishot.tck.modelcheck.Requests.checkBooks;
import static io.multishot.tck.modelcheck.Requests.checkUntouched;
import static io.multishot.tck.modelcheck.Requests.correlator;
import static io.multishot.tck.modelcheck.Requests.due;
import static io.multishot.tck.modelcheck.Requests.openUnlessRefused;
import static io.multishot.tck.modelcheck.Scenario.VALUE;
import static io.multishot.tck.modelcheck.Scenario.check;
import static io.multishot.tck.modelcheck.Scenario.checkEquals;
import static io.multishot.tck.modelcheck.Scenario.join;
import static io.multishot.tck.modelcheck.Scenario.start;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import io.multishot.correlator.RequestInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Slots that are used again: nothing of an earlier request reaches a later one, and no slot is lost or shared. */
final class SlotScenarios {
    /** The smallest table that can have two stripes of free slots, the second of which holds one. */
    private static final int TWO_STRIPES = 17;

    /** A timeout that the word of a slot holds by itself, without a rest. */
    private static final Duration UNITS = Duration.ofNanos(1L << 40);

    private SlotScenarios() {}

    /** A reply that stalls while its request is given up and the next one takes the slot. */
    static void replyAndNext() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> first = correlator.open();
        AtomicReference<ReplyResult> delivery = new AtomicReference<>();
        Thread thread = start(() -> delivery.setPlain(correlator.complete(first.ticket(), new Box(VALUE))));
        boolean cancelled = first.cancel();
        Pending<Box> next = openUnlessRefused(correlator);
        join(thread);
        check(next != null || !cancelled, "no slot after the cancel");
        check(
                delivery.getPlain() == (cancelled ? ReplyResult.LATE : ReplyResult.DELIVERED),
                "it was " + delivery.getPlain());
        checkNextAndAllFree(correlator, next);
    }

    /** The same with a request that was answered by another reply: the late one is no more than that. */
    static void doubleAndNext() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> first = correlator.open();
        correlator.complete(first.ticket(), new Box(VALUE));
        AtomicReference<ReplyResult> delivery = new AtomicReference<>();
        Thread thread = start(() -> delivery.setPlain(correlator.complete(first.ticket(), new Box(VALUE))));
        Pending<Box> next = correlator.open();
        join(thread);
        check(
                delivery.getPlain() == ReplyResult.DUPLICATE || delivery.getPlain() == ReplyResult.LATE,
                "it was " + delivery.getPlain());
        checkNextAndAllFree(correlator, next);
    }

    /** Once the slot has moved on, a reply to the first request is late, whatever becomes of the latest one. */
    static void lateAndReply() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> first = correlator.open();
        first.cancel();
        Pending<Box> next = correlator.open();
        AtomicReference<ReplyResult> delivery = new AtomicReference<>();
        Thread thread = start(() -> delivery.setPlain(correlator.complete(first.ticket(), new Box(VALUE))));
        check(correlator.complete(next.ticket(), new Box(VALUE)) == ReplyResult.DELIVERED, "refused");
        join(thread);
        check(delivery.getPlain() == ReplyResult.LATE, "it was " + delivery.getPlain());
        checkAllFree(correlator);
    }

    /** A sweep that stalls while a request that is due is given up and one with a later deadline takes the slot. */
    static void sweepAndNext() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> first = due(correlator);
        AtomicLong ended = new AtomicLong();
        Thread thread = start(() -> ended.setPlain(correlator.expire()));
        boolean cancelled = first.cancel();
        Pending<Box> next = openUnlessRefused(correlator, UNITS);
        join(thread);
        checkEquals(cancelled ? 0 : 1, (int) ended.getPlain(), "ended by the sweep");
        checkNextAndAllFree(correlator, next);
    }

    /** A sweep stalls at a slot whose last request timed out, while one with a later deadline takes it. */
    static void sweepAndNextAfterTimeout() {
        Correlator<Box> correlator = correlator(2);
        due(correlator);
        due(correlator);
        correlator.expire();
        due(correlator); // in the second slot, so that the sweep does not pass over them
        AtomicLong ended = new AtomicLong();
        Thread thread = start(() -> ended.setPlain(correlator.expire()));
        Pending<Box> next = correlator.open(HOUR);
        join(thread);
        checkEquals(1, (int) ended.getPlain(), "ended by the sweep");
        checkNextAndAllFree(correlator, next);
    }

    /** A request with a later deadline gives way to one that is due: that one alone may be ended. */
    static void sweepAndDue() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> first = openUnlessRefused(correlator);
        AtomicLong ended = new AtomicLong();
        Thread thread = start(() -> ended.setPlain(correlator.expire()));
        check(first.cancel(), "ended before its deadline");
        Pending<Box> next = due(correlator);
        join(thread);
        check(next.cancel() == (ended.getPlain() == 0), "neither ended nor in flight");
        checkAllFree(correlator);
    }

    /**
     * A request is opened with a callback that another thread revokes, which opens the next request in the same slot:
     * it finds there all that the opening wrote.
     */
    static void revokeAndNext() {
        Correlator<Box> correlator = correlator(1);
        Recorder callback = new Recorder();
        AtomicReference<Pending<Box>> next = new AtomicReference<>();
        Thread thread = start(() -> {
            if (callback.revoke()) {
                next.setPlain(openUnlessRefused(correlator));
            }
        });
        Pending<Box> first = correlator.open(null, callback);
        join(thread);
        Pending<Box> request = next.getPlain();
        check(first.cancel() == (request == null), "neither revoked nor in flight");
        check(request == null || request.ticket() != first.ticket(), "a ticket was issued twice");
        checkNextAndAllFree(correlator, request);
    }

    /** Failing all stalls while a request is given up and the next one takes the slot. */
    static void failAllAndNext() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> first = correlator.open();
        AtomicLong ended = new AtomicLong();
        Thread thread = start(() -> ended.setPlain(correlator.failAll(new Exception("scenario"))));
        boolean cancelled = first.cancel();
        Pending<Box> next = openUnlessRefused(correlator);
        join(thread);
        check(cancelled || ended.getPlain() == 1, "neither failed nor cancelled");
        boolean nextFailed = cancelled && ended.getPlain() == 1;
        if (next != null) {
            check(next.cancel() != nextFailed, "the next one neither failed nor in flight");
        }
        checkAllFree(correlator);
    }

    /**
     * A callback that is told by {@code failAll} opens a request at once, while a reply frees a slot that {@code
     * failAll} reads later: the new request is spared in either slot.
     */
    static void openingWhileAllFail() {
        Correlator<Box> correlator = correlator(2);
        AtomicReference<Pending<Box>> next = new AtomicReference<>();
        correlator.open(null, new Recorder() {
            @Override
            protected void onFailure(Throwable cause) {
                next.set(correlator.open());
            }
        });
        Pending<Box> other = correlator.open();
        Thread thread = start(() -> correlator.complete(other.ticket(), new Box(VALUE)));
        correlator.failAll(new Exception("scenario"));
        join(thread);
        checkBooks(correlator, 1);
        checkNextAndAllFree(correlator, next.get());
    }

    private static void checkNextAndAllFree(Correlator<Box> correlator, Pending<Box> next) {
        if (next != null) {
            checkUntouched(correlator, next);
        }
        checkAllFree(correlator);
    }

    /** Opens two requests at once, in slots that were used before or not: they do not share a slot. */
    static void twoOpenings(int capacity, boolean used) {
        Correlator<Box> correlator = used ? usedCorrelator(capacity) : correlator(capacity);
        AtomicReference<Pending<Box>> other = new AtomicReference<>();
        Thread thread = start(() -> other.setPlain(openUnlessRefused(correlator)));
        Pending<Box> one = openUnlessRefused(correlator);
        join(thread);
        int opened = (one == null ? 0 : 1) + (other.getPlain() == null ? 0 : 1);
        checkEquals(Math.min(capacity, 2), opened, "opened");
        checkBooks(correlator, opened);
        endAndCheckAllFree(correlator, one, other.getPlain());
    }

    /**
     * One opens while the other opens both slots and gives the first back: the head is the same slot, the next is not.
     */
    static void openingAndReuse() {
        Correlator<Box> correlator = usedCorrelator(2);
        AtomicReference<Pending<Box>> other = new AtomicReference<>();
        Thread thread = start(() -> other.setPlain(openUnlessRefused(correlator)));
        Pending<Box> one = openUnlessRefused(correlator);
        check(one != null, "one of two slots is lost");
        Pending<Box> two = openUnlessRefused(correlator);
        check(Requests.Ending.COMPLETE.end(correlator, one), "another ended it");
        join(thread);
        int inFlight = (two == null ? 0 : 1) + (other.getPlain() == null ? 0 : 1);
        checkBooks(correlator, inFlight);
        check(inFlight < 2 || openUnlessRefused(correlator) == null, "a slot is shared");
        endAndCheckAllFree(correlator, two, other.getPlain());
    }

    /** Returns a correlator whose slots were all used, and are free again. */
    private static Correlator<Box> usedCorrelator(int capacity) {
        Correlator<Box> correlator = correlator(capacity);
        List<Pending<Box>> requests =
                Stream.generate(correlator::open).limit(capacity).toList();
        requests.forEach(request -> correlator.complete(request.ticket(), new Box(VALUE)));
        return correlator;
    }

    /**
     * Opens requests in a table of two stripes, of which one slot at least is free at any time: a thread that reads one
     * stripe after the other, while the free slot changes from the second to the first, must not find the table full.
     */
    static void openingAcrossStripes() {
        Correlator<Box> correlator = stripedCorrelator();
        Pending<Box> first = correlator.open();
        openAllBut(1, correlator);
        correlator.open().cancel();
        AtomicReference<Pending<Box>> other = new AtomicReference<>();
        Thread thread = start(() -> {
            first.cancel();
            other.setPlain(openUnlessRefused(correlator));
        });
        check(openUnlessRefused(correlator) != null, "refused, though there was always a free slot");
        join(thread);
        check(other.getPlain() != null, "refused, though there was always a free slot");
        check(openUnlessRefused(correlator) == null, "a slot is shared");
        checkBooks(correlator, TWO_STRIPES);
    }

    /** Lets two threads begin with different stripes: the last slot, which is in one of them, goes to one thread. */
    static void lastOfTwoStripes() {
        Correlator<Box> correlator = stripedCorrelator();
        openAllBut(1, correlator);
        correlator.open().cancel();
        AtomicReference<Pending<Box>> other = new AtomicReference<>();
        Thread thread = start(() -> other.setPlain(openUnlessRefused(correlator)));
        Pending<Box> one = openUnlessRefused(correlator);
        join(thread);
        check((one == null) != (other.getPlain() == null), "the last slot is lost, or shared");
        checkBooks(correlator, TWO_STRIPES);
    }

    /**
     * Returns a correlator that has two stripes if the two threads which open a request here met. The next thread that
     * is started begins with the other stripe than the thread which calls this.
     */
    private static Correlator<Box> stripedCorrelator() {
        Correlator<Box> correlator = correlator(TWO_STRIPES);
        correlator.complete(correlator.open().ticket(), new Box(VALUE));
        join(start(correlator::open), start(correlator::open));
        return correlator;
    }

    private static void openAllBut(int left, Correlator<Box> correlator) {
        while (correlator.inFlight() < correlator.capacity() - left) {
            correlator.open();
        }
    }

    /** Lets two threads each open a request and end it. */
    static void turns(int capacity, String ending) {
        Requests.Ending how = Requests.Ending.valueOf(ending);
        Correlator<Box> correlator = correlator(capacity);
        Thread thread = start(() -> turn(correlator, how));
        turn(correlator, how);
        join(thread);
        checkAllFree(correlator);
    }

    private static void turn(Correlator<Box> correlator, Requests.Ending how) {
        Pending<Box> request = openUnlessRefused(correlator);
        if (request != null) {
            check(how.end(correlator, request), "another ended it");
        }
    }

    /** Two give their slots back at once. */
    static void twoEndings(String ending) {
        Requests.Ending how = Requests.Ending.valueOf(ending);
        Correlator<Box> correlator = correlator(2);
        Pending<Box> one = correlator.open();
        Pending<Box> other = correlator.open();
        Thread thread = start(() -> check(how.end(correlator, one), "another ended it"));
        check(how.end(correlator, other), "another ended it");
        join(thread);
        checkAllFree(correlator);
    }

    private static void endAndCheckAllFree(Correlator<Box> correlator, Pending<Box> one, Pending<Box> other) {
        check(one == null || one.cancel(), "another ended it");
        check(other == null || other.cancel(), "another ended it");
        checkAllFree(correlator);
    }

    /** A callback that opens the next request from inside finds the only slot free, while another reply comes. */
    static void openingFromInside() {
        Correlator<Box> correlator = correlator(1);
        AtomicReference<Pending<Box>> next = new AtomicReference<>();
        Pending<Box> first = correlator.open(null, new Recorder() {
            @Override
            protected void onValue(Box value) {
                next.set(openUnlessRefused(correlator));
            }
        });
        long ticket = first.ticket();
        Thread thread = start(() -> correlator.complete(ticket, new Box(VALUE)));
        correlator.complete(ticket, new Box(VALUE));
        join(thread);
        check(next.get() != null, "the slot was not free");
        checkNextAndAllFree(correlator, next.get());
    }

    /**
     * A callback that is called before open returns opens its next request from inside, and is the one that waits
     * there.
     */
    static void openingAgain() {
        Correlator<Box> correlator = correlator(1);
        Recorder callback = new Recorder() {
            @Override
            protected void onFailure(Throwable cause) {
                correlator.open(null, this);
            }
        };
        Thread thread = start(() -> correlator.failAll(new Exception("scenario")));
        correlator.open(null, callback);
        join(thread);
        check(callback.revoke(), "the callback waits and cannot be revoked");
        checkAllFree(correlator);
    }

    /** Counts the requests in flight correctly while one of two slots is taken and given back. */
    static void counting() {
        Correlator<Box> correlator = correlator(2);
        correlator.open();
        Thread thread = start(() -> correlator.open().cancel());
        int inFlight = correlator.inFlight();
        check(inFlight == 1 || inFlight == 2, "in flight: " + inFlight);
        join(thread);
        checkBooks(correlator, 1);
    }

    /** Reads each request in flight with its own fields, while the next one follows in the slot. */
    static void looking() {
        AtomicLong time = new AtomicLong();
        Correlator<Box> correlator = Correlator.builder(1)
                .timeSource(() -> time.getPlain())
                .sweepByCaller()
                .reportLeaks(Duration.ofNanos(1), leak -> {})
                .build();
        Pending<Box> first = correlator.open(Duration.ofHours(1));
        time.setPlain(100);
        AtomicReference<Pending<Box>> next = new AtomicReference<>();
        Thread thread = start(() -> {
            first.cancel();
            next.setPlain(correlator.open(Duration.ofHours(1)));
        });
        List<RequestInfo> seen = correlator.snapshot();
        join(thread);
        for (RequestInfo request : seen) {
            boolean isFirst = request.ticket() == first.ticket();
            check(isFirst || request.ticket() == next.getPlain().ticket(), "not a request of this correlator");
            checkEquals(isFirst ? 100 : 0, (int) request.age().toNanos(), "age");
            check(request.openedAt() != null, "no trace of its opening");
        }
    }
}
