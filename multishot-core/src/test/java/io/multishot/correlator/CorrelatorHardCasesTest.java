package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** User code that throws, or opens again from inside or at the worst moment: no slot is lost, and each wait ends. */
class CorrelatorHardCasesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long TICK = Duration.ofMillis(10).toNanos();

    private final AtomicLong clock = new AtomicLong();
    private final ManualTimer timer = new ManualTimer(clock);

    private CorrelatorBuilder builder(int capacity) {
        return Correlator.builder(capacity).maxWaiting(10).timer(timer).callbackExecutor(Runnable::run);
    }

    private void sweepThatCannotGoOn() {
        timer.reject(true);
        withThrowingHandler(timer::runTask);
    }

    private static void assertBalanced(Correlator<?> correlator) {
        CorrelatorStatistics books = correlator.statistics();
        assertThat(books.opened())
                .as("%s", books)
                .isEqualTo(
                        books.delivered() + books.failed() + books.timedOut() + books.cancelled() + books.inFlight());
    }

    // ---- open with a callback ---------------------------------------------------------------------------------------

    @Test
    void openWithCallback_whenTheTimeSourceThrew_cannotBeRevokedIntoADoubleRelease() {
        AtomicInteger calls = new AtomicInteger();
        Correlator<String> correlator = Correlator.builder(1)
                .timeSource(() -> {
                    if (calls.incrementAndGet() == 2) {
                        throw new IllegalArgumentException("clock");
                    }
                    return 0;
                })
                .sweepByCaller()
                .build();
        RecordingCallback<String> callback = new RecordingCallback<>();
        assertThatThrownBy(() -> correlator.open(HOUR, callback)).hasMessage("clock");
        callback.revoke();
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void openWithCallback_revokedByAnotherThreadBeforeThePublication_keepsTheSlotExclusive() {
        // Everything below may be done by other threads, between bind and occupy. The scheduler makes it deterministic.
        Correlator<String> correlator = Correlator.builder(1).timer(timer).build();
        RecordingCallback<String> callback = new RecordingCallback<>();
        AtomicReference<Pending<String>> other = new AtomicReference<>();
        timer.onSchedule = () -> {
            timer.onSchedule = () -> {};
            if (callback.revoke()) {
                other.set(correlator.open());
            }
        };
        Pending<String> first = correlator.open(null, callback);
        if (other.get() != null) {
            assertThat(other.get().ticket()).as("tickets differ").isNotEqualTo(first.ticket());
        } else {
            callback.revoke();
            other.set(correlator.open());
        }
        assertThat(correlator.complete(other.get().ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);
        assertBalanced(correlator);
    }

    // ---- waiting line -----------------------------------------------------------------------------------------------

    /** The opening that fails took its slot while the queue was empty, and gives it back when the queue is not. */
    @Test
    void open_whenTheSchedulerThrew_givesTheSlotToTheOpeningThatCameMeanwhile() {
        RecordingSlotRequest<String> waiting = new RecordingSlotRequest<>();
        Correlator<String> correlator = builder(1).build();
        timer.onSchedule = () -> {
            timer.onSchedule = () -> {};
            correlator.open(null, HOUR, waiting);
            throw new IllegalArgumentException("scheduler rejects");
        };

        assertThatThrownBy(() -> correlator.open(HOUR)).hasMessage("scheduler rejects");

        waiting.expectOpened().cancel();
        assertThat(correlator.waiting()).isZero();
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void giveOut_whenTheSchedulerThrowsAChecked_goesOnForOthers() {
        AtomicBoolean sneaky = new AtomicBoolean();
        Correlator<String> correlator = Correlator.builder(1)
                .timeSource(() -> {
                    if (sneaky.getAndSet(false)) {
                        Reaction.rethrow(new Exception("checked"));
                    }
                    return clock.get();
                })
                .maxWaiting(10)
                .sweepByCaller()
                .build();
        Pending<String> first = correlator.open();
        RecordingSlotRequest<String> unlucky = new RecordingSlotRequest<>();
        RecordingSlotRequest<String> next = new RecordingSlotRequest<>();
        correlator.open(HOUR, HOUR, unlucky);
        correlator.open(HOUR, HOUR, next);
        sneaky.set(true);
        Throwable thrown = catchThrowable(first::cancel);
        ignoreThrown(() -> correlator.expire());
        assertThat(unlucky.calls()).as("thrown: %s", thrown).isEqualTo(1);
        assertThat(next.calls()).isEqualTo(1);
    }

    @Test
    void openWaiting_afterItWasUsedAndCancelled_throws() {
        Correlator<String> correlator = builder(1).build();
        correlator.open();
        RecordingSlotRequest<String> opening = new RecordingSlotRequest<>();
        correlator.open(null, HOUR, opening);
        assertThat(opening.cancel()).isTrue();
        assertThatThrownBy(() -> correlator.open(null, HOUR, opening)).isInstanceOf(IllegalStateException.class);
    }

    // ---- sweep ------------------------------------------------------------------------------------------------------

    @Test
    void sweep_whenTheHandlerThrows_isScheduledAgain() {
        Correlator<String> correlator = builder(2).build();
        correlator.open(Duration.ofNanos(1), Reaction.throwing(new IllegalArgumentException("callback")));
        Pending<String> other = correlator.open(Duration.ofNanos(5));
        withThrowingHandler(() -> timer.advanceTo(TICK));
        assertThat(other.toString()).contains("failure");
    }

    @Test
    void sweep_afterOneRejectionWhenFull_comesBack() {
        Correlator<String> correlator = builder(1).build();
        correlator.open(Duration.ofNanos(1));
        sweepThatCannotGoOn();
        timer.reject(false);
        clock.set(1_000_000_000_000L);
        ignoreThrown(correlator::open); // is refused: and is the only thing that happens here from now on
        assertThat(timer.isArmed()).isTrue();
    }

    @Test
    void leak_ofARequestJustOpened_isNotReportedWhenTheCallerSweeps() {
        List<RequestInfo> leaks = new ArrayList<>();
        Correlator<String> correlator = Correlator.builder(1)
                .timeSource(clock::get)
                .sweepByCaller()
                .reportLeaks(Duration.ofMinutes(1), leaks::add)
                .build();
        clock.addAndGet(HOUR.toNanos());
        correlator.open();
        clock.addAndGet(1);
        correlator.expire();
        assertThat(leaks).isEmpty();
    }

    @Test
    void leak_ofARequestYoungerThanTheThreshold_isNotReported() {
        List<RequestInfo> leaks = new ArrayList<>();
        Correlator<String> correlator = builder(2)
                .resolution(Duration.ofSeconds(10))
                .reportLeaks(Duration.ofSeconds(15), leaks::add)
                .build();
        correlator.open(HOUR);
        timer.advanceTo(Duration.ofSeconds(9).toNanos());
        correlator.open();
        timer.advanceTo(Duration.ofSeconds(20).toNanos());
        assertThat(leaks).hasSize(1); // the first; the second is 11 s old
    }

    // ---- callbacks that throw ---------------------------------------------------------------------------------------

    @Test
    void close_whenACallbackThrowsAChecked_endsTheOthers() {
        Correlator<String> correlator = builder(3).build();
        List<Pending<String>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(correlator.open(null, Reaction.throwing(new Exception("checked"))));
        }
        ignoreThrown(correlator::close);
        ignoreThrown(correlator::close);
        assertThat(all).noneMatch(Pending::isInFlight);
    }

    @Test
    void failAll_whenACallbackOpensAgain_endsOnlyThoseOpenedBefore() {
        Correlator<String> correlator = builder(4).build();
        AtomicInteger failed = new AtomicInteger();
        Pending<String> a = correlator.open(); // slot 0
        Pending<String> b = correlator.open(); // slot 1
        openRetrying(correlator, failed); // slot 2
        correlator.open(); // slot 3
        a.cancel();
        openRetrying(correlator, failed); // slot 0
        b.cancel();
        correlator.failAll(new CancellationException("lost"));
        assertThat(failed).hasValue(2);
        assertBalanced(correlator);
    }

    /** Opens a request, and the next one when it fails. */
    private static void openRetrying(Correlator<String> correlator, AtomicInteger failed) {
        correlator.open(null, new Reaction<>(outcome -> {
            failed.incrementAndGet();
            openRetrying(correlator, failed);
        }));
    }

    private static void ignoreThrown(ThrowingCallable code) {
        Throwable ignored = catchThrowable(code);
    }

    private static void withThrowingHandler(Runnable code) {
        Thread thread = new Thread(code);
        thread.setUncaughtExceptionHandler((where, what) -> {
            throw new IllegalArgumentException("handler");
        });
        thread.start();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
