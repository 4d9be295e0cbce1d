package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Requests.HOUR;
import static io.multishot.tck.modelcheck.Requests.checkAllFree;
import static io.multishot.tck.modelcheck.Requests.checkBooks;
import static io.multishot.tck.modelcheck.Requests.correlator;
import static io.multishot.tck.modelcheck.Requests.openUnlessRefused;
import static io.multishot.tck.modelcheck.Scenario.check;
import static io.multishot.tck.modelcheck.Scenario.checkEquals;
import static io.multishot.tck.modelcheck.Scenario.join;
import static io.multishot.tck.modelcheck.Scenario.start;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Requests that wait for a slot: each is called once, no slot is lost, and none waits while a slot is free. */
final class AdmissionQueueScenarios {
    private AdmissionQueueScenarios() {}

    /** Gives the only slot back while a request begins to wait for it. */
    static void waitAndRelease() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        Thread thread = start(() -> check(holder.cancel(), "another ended it"));
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, HOUR, opening);
        join(thread);
        checkOpened(correlator, opening);
    }

    /** The only slot comes and goes by an opening that does not wait. */
    static void waitAndTurn() {
        Correlator<Box> correlator = correlator(1);
        Thread thread = start(() -> {
            Pending<Box> request = openUnlessRefused(correlator);
            if (request != null) {
                check(request.cancel(), "another ended it");
            }
        });
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, HOUR, opening);
        join(thread);
        checkOpened(correlator, opening);
    }

    /** Gives the only slot to the request that waits while another opens without waiting, which must not overtake. */
    static void overtakeAndRelease() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, HOUR, opening);
        Thread thread = start(() -> check(holder.cancel(), "another ended it"));
        check(openUnlessRefused(correlator) == null, "overtaken");
        join(thread);
        checkOpened(correlator, opening);
    }

    /** Gives two slots back at once while two requests wait. */
    static void twoReleases() {
        Correlator<Box> correlator = correlator(2);
        Pending<Box> one = correlator.open();
        Pending<Box> two = correlator.open();
        SlotRequestRecorder first = new SlotRequestRecorder();
        SlotRequestRecorder second = new SlotRequestRecorder();
        correlator.open(null, HOUR, first);
        correlator.open(null, HOUR, second);
        Thread thread = start(() -> check(one.cancel(), "another ended it"));
        check(two.cancel(), "another ended it");
        join(thread);
        checkEquals(1, first.takeOpened(), "openings of the first");
        checkEquals(1, second.takeOpened(), "openings of the second");
        checkBooks(correlator, 2);
        check(first.request().cancel() && second.request().cancel(), "another ended it");
        checkAllFree(correlator);
    }

    /** Cancels a request that waits while the slot is given back. */
    static void cancelAndRelease() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, HOUR, opening);
        Thread thread = start(() -> check(holder.cancel(), "another ended it"));
        boolean cancelled = opening.cancel();
        join(thread);
        checkCancelledOrOpened(correlator, opening, cancelled);
    }

    /**
     * An opening gives up while the slot is given back, and another comes after it: that one has the slot. It may be
     * refused while the thread that gives the slot back still takes the first one out of the count.
     */
    static void cancelAndNext() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder first = new SlotRequestRecorder();
        SlotRequestRecorder second = new SlotRequestRecorder();
        correlator.open(null, HOUR, first);
        Thread thread = start(() -> check(holder.cancel(), "another ended it"));
        boolean cancelled = first.cancel();
        if (cancelled) {
            correlator.open(null, HOUR, second);
        }
        join(thread);
        if (!cancelled) {
            checkOpened(correlator, first);
            return;
        }
        checkNotCalled(first);
        if (second.takeRefused() == 1) {
            checkNotCalled(second);
            checkAllFree(correlator);
        } else {
            checkOpened(correlator, second);
        }
    }

    /** Cancels a request in another thread while it begins to wait: it leaves no trace, or waits no more. */
    static void waitAndCancel() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread thread = start(() -> cancelled.setPlain(opening.cancel()));
        correlator.open(null, HOUR, opening);
        join(thread);
        check(cancelled.getPlain(), "not cancelled");
        checkNotCalled(opening);
        checkBooks(correlator, 1);
        check(holder.cancel(), "another ended it");
        checkNotCalled(opening);
        checkAllFree(correlator);
    }

    /** Does the same behind a request that waits already: its place is free again. */
    static void waitBehindAndCancel() {
        Correlator<Box> correlator = Correlator.builder(1)
                .timeSource(() -> 0)
                .maxWaiting(2)
                .sweepByCaller()
                .build();
        correlator.open();
        correlator.open(null, HOUR, new SlotRequestRecorder());
        SlotRequestRecorder opening = new SlotRequestRecorder();
        Thread thread = start(() -> check(opening.cancel(), "not cancelled"));
        correlator.open(null, HOUR, opening);
        join(thread);
        checkNotCalled(opening);
        checkEquals(1, correlator.statistics().waiting(), "waiting");
    }

    /** The same while a slot is free. */
    static void openAndCancel() {
        Correlator<Box> correlator = correlator(1);
        SlotRequestRecorder opening = new SlotRequestRecorder();
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread thread = start(() -> cancelled.setPlain(opening.cancel()));
        correlator.open(null, HOUR, opening);
        join(thread);
        checkCancelledOrOpened(correlator, opening, cancelled.getPlain());
    }

    /** The only slot is taken for an opening that is cancelled, whose place another then waits for. */
    static void openAndCancelThenWait() {
        Correlator<Box> correlator = correlator(1);
        SlotRequestRecorder first = new SlotRequestRecorder();
        SlotRequestRecorder second = new SlotRequestRecorder();
        Thread thread = start(() -> correlator.open(null, HOUR, first));
        boolean cancelled = first.cancel();
        if (cancelled) {
            correlator.open(null, HOUR, second);
        }
        join(thread);
        if (cancelled) {
            checkNotCalled(first);
        }
        checkOpened(correlator, cancelled ? second : first);
    }

    /** An opening that finds no slot, and is not to wait, is cancelled by another thread: refused or cancelled. */
    static void refuseAndCancel() {
        Correlator<Box> correlator = correlator(1);
        correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread thread = start(() -> cancelled.setPlain(opening.cancel()));
        correlator.open(null, Duration.ZERO, opening);
        join(thread);
        checkEquals(cancelled.getPlain() ? 0 : 1, opening.takeRefused(), "refusals");
        checkNotCalled(opening);
    }

    /** Closes the correlator while a request begins to wait: it is refused, or not taken at all. */
    static void waitAndClose() {
        Correlator<Box> correlator = correlator(1);
        correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        Thread thread = start(() -> correlator.close());
        boolean taken = openUnlessClosed(correlator, opening);
        join(thread);
        checkEquals(taken ? 1 : 0, opening.takeOpened() + opening.takeRefused(), "calls");
        checkBooks(correlator, 0);
    }

    private static boolean openUnlessClosed(Correlator<Box> correlator, SlotRequestRecorder opening) {
        try {
            correlator.open(null, HOUR, opening);
            return true;
        } catch (IllegalStateException closed) {
            checkNotCalled(opening);
            return false;
        }
    }

    /** Closes the correlator while the slot is given to a request that waits: it is refused, or ends. */
    static void closeAndRelease() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, HOUR, opening);
        Thread thread = start(() -> correlator.close());
        holder.cancel();
        join(thread);
        checkEquals(1, opening.takeOpened() + opening.takeRefused(), "calls");
        checkBooks(correlator, 0);
    }

    /** Fails all while the slot is given to a request that waits: it is refused, failed or spared. */
    static void failAllAndRelease() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, HOUR, opening);
        Thread thread = start(() -> correlator.failAll(new Exception("scenario")));
        holder.cancel();
        join(thread);
        boolean opened = opening.takeOpened() == 1;
        checkEquals(opened ? 0 : 1, opening.takeRefused(), "refusals");
        if (opened) {
            opening.request().cancel();
        }
        checkAllFree(correlator);
    }

    /** Fails all while a request that waits is cancelled: it is cancelled or refused. */
    static void failAllAndCancel() {
        Correlator<Box> correlator = correlator(1);
        correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, HOUR, opening);
        Thread thread = start(() -> correlator.failAll(new Exception("scenario")));
        boolean cancelled = opening.cancel();
        join(thread);
        checkEquals(cancelled ? 0 : 1, opening.takeRefused(), "refusals");
        checkEquals(0, opening.takeOpened(), "openings");
        checkAllFree(correlator);
    }

    /** The slot is given back while the wait is over: opened or refused. */
    static void expireAndRelease() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder opening = new SlotRequestRecorder();
        correlator.open(null, Duration.ofNanos(1), opening);
        Thread thread = start(() -> check(correlator.expire(1) == 0, "a request ended that had no deadline"));
        check(holder.cancel(), "another ended it");
        join(thread);
        if (opening.takeRefused() == 1) {
            checkNotCalled(opening);
            checkAllFree(correlator);
        } else {
            checkOpened(correlator, opening);
        }
    }

    /** Two begin to wait at once where one may: the other is refused, and neither is forgotten. */
    static void twoWaits() {
        Correlator<Box> correlator = correlator(1);
        Pending<Box> holder = correlator.open();
        SlotRequestRecorder one = new SlotRequestRecorder();
        SlotRequestRecorder other = new SlotRequestRecorder();
        Thread thread = start(() -> correlator.open(null, HOUR, other));
        correlator.open(null, HOUR, one);
        join(thread);
        check(holder.cancel(), "another ended it");
        boolean oneRefused = one.takeRefused() == 1;
        checkEquals(oneRefused ? 0 : 1, other.takeRefused(), "refusals of the other");
        checkOpened(correlator, oneRefused ? other : one);
    }

    private static void checkCancelledOrOpened(
            Correlator<Box> correlator, SlotRequestRecorder opening, boolean cancelled) {
        if (cancelled) {
            checkNotCalled(opening);
            checkAllFree(correlator);
        } else {
            checkOpened(correlator, opening);
        }
    }

    private static void checkOpened(Correlator<Box> correlator, SlotRequestRecorder opening) {
        checkEquals(1, opening.takeOpened(), "openings");
        checkEquals(0, opening.takeRefused(), "refusals");
        checkBooks(correlator, 1);
        check(opening.request().cancel(), "another ended it");
        checkAllFree(correlator);
    }

    private static void checkNotCalled(SlotRequestRecorder opening) {
        checkEquals(0, opening.takeOpened(), "openings");
        checkEquals(0, opening.takeRefused(), "refusals");
    }
}
