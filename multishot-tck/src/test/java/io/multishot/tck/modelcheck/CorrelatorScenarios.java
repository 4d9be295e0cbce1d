package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Requests.checkAllFree;
import static io.multishot.tck.modelcheck.Requests.checkBooks;
import static io.multishot.tck.modelcheck.Requests.correlator;
import static io.multishot.tck.modelcheck.Requests.due;
import static io.multishot.tck.modelcheck.Requests.tryReceive;
import static io.multishot.tck.modelcheck.Scenario.check;
import static io.multishot.tck.modelcheck.Scenario.checkCalled;
import static io.multishot.tck.modelcheck.Scenario.checkEquals;
import static io.multishot.tck.modelcheck.Scenario.checkNotCalled;
import static io.multishot.tck.modelcheck.Scenario.join;
import static io.multishot.tck.modelcheck.Scenario.start;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.correlator.Pending;
import io.multishot.correlator.ReplyResult;
import io.multishot.tck.modelcheck.Requests.Ending;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Lets two threads contend for one request: exactly one succeeds. */
final class CorrelatorScenarios {
    private CorrelatorScenarios() {}

    /** Two endings of one request; the receive comes before or after them. */
    static void twoEndings(String ending, String otherEnding, boolean awaited) {
        Ending how = Ending.valueOf(ending);
        Ending otherHow = Ending.valueOf(otherEnding);
        Correlator<Box> correlator = correlator(1);
        Pending<Box> request = due(correlator);
        Recorder callback = new Recorder();
        if (awaited) {
            request.receive(callback);
        }
        AtomicBoolean told = new AtomicBoolean();
        Thread thread = start(() -> told.setPlain(how.end(correlator, request)));
        boolean second = otherHow.end(correlator, request);
        join(thread);
        boolean first = told.getPlain();
        if (!awaited) {
            request.receive(callback);
        }
        checkEquals(1, callback.takeCalls(), "calls");
        if (how != Ending.CLOSE && otherHow != Ending.CLOSE) { // close() does not tell
            check(first != second, "not exactly one ended the request");
            checkEquals(first ? how.outcome : otherHow.outcome, callback.outcome(), "outcome");
        }
        checkBooks(correlator, 0);
        checkRefusals(correlator, how, first, otherHow, second);
        if (how != Ending.CLOSE && otherHow != Ending.CLOSE) {
            checkAllFree(correlator);
        }
    }

    /** Checks the answer to a reply that came too late. */
    private static void checkRefusals(
            Correlator<Box> correlator, Ending how, boolean first, Ending otherHow, boolean second) {
        CorrelatorStatistics books = correlator.statistics();
        boolean refused = (how.isReply() && !first) || (otherHow.isReply() && !second);
        boolean answered = (how.isReply() && first) || (otherHow.isReply() && second);
        checkEquals(refused && answered ? 1 : 0, (int) books.duplicate(), "duplicate");
        checkEquals(refused && !answered ? 1 : 0, (int) books.late(), "late");
        checkEquals(0, (int) books.unknown(), "unknown");
    }

    /** A receive registers while the request ends. */
    static void receiving(String ending) {
        Ending how = Ending.valueOf(ending);
        Correlator<Box> correlator = correlator(1);
        Pending<Box> request = due(correlator);
        Recorder callback = new Recorder();
        Thread thread = start(() -> how.end(correlator, request));
        request.receive(callback);
        join(thread);
        checkCalled(callback, how.outcome, "callback");
        checkBooks(correlator, 0);
    }

    /** The value is received by a look, or is still to come. */
    static void trying() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> request = due(correlator);
        Thread thread = start(() -> Ending.COMPLETE.end(correlator, request));
        int early = tryReceive(request);
        join(thread);
        if (early == Scenario.OPEN) {
            checkEquals(Scenario.VALUE, tryReceive(request), "the next receive");
        } else {
            checkEquals(Scenario.VALUE, early, "received");
            checkNothingLeft(request);
        }
    }

    /** Two receives at once, with the outcome there or on its way: exactly one has it. */
    static void twoReceives(boolean outcomeThere) {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> request = due(correlator);
        if (outcomeThere) {
            Ending.COMPLETE.end(correlator, request);
        }
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        AtomicBoolean accepted = new AtomicBoolean();
        Thread thread = start(() -> accepted.setPlain(receiveUnlessRefused(request, second)));
        boolean firstAccepted = receiveUnlessRefused(request, first);
        if (!outcomeThere) {
            Ending.COMPLETE.end(correlator, request);
        }
        join(thread);
        check(firstAccepted != accepted.getPlain(), "not exactly one was accepted");
        checkCalled(firstAccepted ? first : second, Scenario.VALUE, "the accepted one");
        checkNotCalled(firstAccepted ? second : first, "the refused one");
    }

    private static boolean receiveUnlessRefused(Pending<Box> request, Recorder callback) {
        try {
            request.receive(callback);
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    /** The callback stops waiting while the request ends: called, or the outcome is left for the next receive. */
    static void callbackCancel(String ending) {
        Ending how = Ending.valueOf(ending);
        Correlator<Box> correlator = correlator(1);
        Pending<Box> request = due(correlator);
        Recorder callback = new Recorder();
        request.receive(callback);
        Thread thread = start(() -> how.end(correlator, request));
        boolean cancelled = callback.cancel();
        join(thread);
        if (cancelled) {
            checkNotCalled(callback, "a cancelled callback");
            checkEquals(how.outcome, tryReceive(request), "the next receive");
        } else {
            checkCalled(callback, how.outcome, "callback");
            checkNothingLeft(request);
        }
        checkBooks(correlator, 0);
    }

    /** The callback gives up the request while it ends otherwise. */
    static void callbackRevoke(String ending) {
        Ending how = Ending.valueOf(ending);
        Correlator<Box> correlator = correlator(1);
        Pending<Box> request = due(correlator);
        Recorder callback = new Recorder();
        request.receive(callback);
        AtomicBoolean ended = new AtomicBoolean();
        Thread thread = start(() -> ended.setPlain(how.end(correlator, request)));
        boolean revoked = callback.revoke();
        join(thread);
        check(how == Ending.CLOSE || ended.getPlain() != revoked, "not exactly one ended the request");
        if (revoked) {
            checkNotCalled(callback, "a callback that revoked");
            checkEquals(Recorder.CLOSED, tryReceive(request), "the next receive");
        } else {
            checkCalled(callback, how.outcome, "callback");
            checkNothingLeft(request);
        }
        checkBooks(correlator, 0);
    }

    private static void checkNothingLeft(Pending<Box> request) {
        try {
            checkEquals(Recorder.CLOSED, tryReceive(request), "what is left to receive");
        } catch (IllegalStateException receivedAlready) {
            return;
        }
    }

    /** A request is opened while the correlator is closed: it is refused, or ends. */
    static void openAndClose(boolean withCallback) {
        Correlator<Box> correlator = correlator(1);
        Thread thread = start(() -> correlator.close());
        Recorder callback = new Recorder();
        Pending<Box> request = null;
        try {
            request = withCallback ? correlator.open(null, callback) : correlator.open();
        } catch (IllegalStateException closed) {
            checkNotCalled(callback, "the callback of a refused request");
        }
        join(thread);
        if (request != null) {
            if (!withCallback) {
                request.receive(callback);
            }
            checkCalled(callback, Recorder.FAILED, "callback");
        }
        checkBooks(correlator, 0);
    }

    /** A request is opened while all are failed: it ends, or is spared. */
    static void openAndFailAll() {
        Correlator<Box> correlator = correlator(1);
        AtomicBoolean failed = new AtomicBoolean();
        Thread thread = start(() -> failed.setPlain(correlator.failAll(new Exception("scenario")) == 1));
        Recorder callback = new Recorder();
        Pending<Box> request = correlator.open(null, callback);
        join(thread);
        checkEquals(failed.getPlain() ? 1 : 0, callback.takeCalls(), "calls");
        checkBooks(correlator, failed.getPlain() ? 0 : 1);
        check(request.cancel() != failed.getPlain(), "neither failed nor in flight");
        checkAllFree(correlator);
    }

    /** All are failed while another thread opens: the one before ends, and those that its callback opens do not. */
    static void failAllAndOpen() {
        Correlator<Box> correlator = correlator(4);
        AtomicReference<Pending<Box>> next = new AtomicReference<>();
        AtomicReference<Pending<Box>> nextButOne = new AtomicReference<>();
        Pending<Box> before = correlator.open(null, new Recorder() {
            @Override
            protected void onFailure(Throwable cause) {
                next.setPlain(correlator.open());
                nextButOne.setPlain(correlator.open());
            }
        });
        AtomicReference<Pending<Box>> meanwhile = new AtomicReference<>();
        Thread thread = start(() -> meanwhile.setPlain(correlator.open()));
        int failed = correlator.failAll(new Exception("scenario"));
        join(thread);
        check(!before.cancel(), "one that was opened before was spared");
        check(next.getPlain().cancel() && nextButOne.getPlain().cancel(), "what the callback opened was failed");
        check(meanwhile.getPlain().cancel() == (failed == 1), "neither failed nor in flight");
        checkAllFree(correlator);
    }

    /** A request is opened with a callback that another thread cancels or revokes: it is called, or was taken out. */
    static void openAndStop(boolean revoke) {
        Correlator<Box> correlator = correlator(1);
        Recorder callback = new Recorder();
        AtomicBoolean stopped = new AtomicBoolean();
        Thread thread = start(() -> stopped.setPlain(revoke ? callback.revoke() : callback.cancel()));
        Pending<Box> request = correlator.open(null, callback);
        boolean answered = correlator.complete(request.ticket(), new Box(Scenario.VALUE)) == ReplyResult.DELIVERED;
        join(thread);
        if (stopped.getPlain()) {
            checkNotCalled(callback, "a callback that was taken out");
            check(answered != revoke, "revoked and answered, or neither");
        } else {
            check(answered, "the reply was refused");
            checkCalled(callback, Scenario.VALUE, "callback");
        }
        checkAllFree(correlator);
    }

    /** Both close: one of them ends what there is. */
    static void twoCloses() {
        Correlator<Box> correlator = correlator(1);
        Recorder callback = new Recorder();
        correlator.open(null, callback);
        Thread thread = start(() -> correlator.close());
        correlator.close();
        join(thread);
        checkCalled(callback, Recorder.FAILED, "callback");
        checkBooks(correlator, 0);
    }
}
