package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.multishot.Callback;
import io.multishot.OutcomeHandler;
import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import io.multishot.testkit.Nothing;
import io.multishot.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ending many requests at once: how many are counted, and that a callback that throws harms no other. */
class FailAllTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final AtomicLong clock = new AtomicLong();
    private final Correlator<String> correlator =
            Correlator.builder(4).timeSource(clock::get).sweepByCaller().build();
    private final List<Object> told = new ArrayList<>();

    @Test
    void failAll_nothingInFlight_isZero() {
        assertThat(correlator.failAll(CAUSE)).isZero();

        correlator.complete(correlator.open().ticket(), "a");
        correlator.open().cancel();

        assertThat(correlator.failAll(CAUSE)).isZero();
    }

    @Test
    void failAll_someInFlight_endsThemAndTellsHowMany() {
        RecordingCallback<String> callback = new RecordingCallback<>();
        correlator.open(Duration.ofHours(1), callback);
        Pending<String> answered = correlator.open();
        Pending<String> unreceived = correlator.open();
        correlator.complete(answered.ticket(), "a");

        assertThat(correlator.failAll(CAUSE)).isEqualTo(2);

        callback.expectFailure(CAUSE);
        assertThat(answered.tryReceive()).isEqualTo("a");
        assertThatThrownBy(unreceived::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCause(CAUSE);
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.statistics().failed()).isEqualTo(2);
        assertThat(correlator.failAll(CAUSE)).isZero();
    }

    @Test
    void failAll_requestsAndWaits_countsBoth() {
        for (int i = 0; i < 4; i++) {
            correlator.open();
        }
        RecordingSlotRequest<String> first = new RecordingSlotRequest<>();
        RecordingSlotRequest<String> second = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofHours(1), first);
        correlator.open(null, Duration.ofHours(1), second);

        assertThat(correlator.failAll(CAUSE)).isEqualTo(6);

        first.expectRefused(CAUSE);
        second.expectRefused(CAUSE);
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 4, 0, 4, 0, 0, 0, 0, 0, 2));
    }

    @Test
    void expire_someDue_endsThoseAndTellsHowMany() {
        Pending<String> due = correlator.open(Duration.ofNanos(5));
        RecordingCallback<String> callback = new RecordingCallback<>();
        correlator.open(Duration.ofNanos(5), callback);
        Pending<String> later = correlator.open(Duration.ofNanos(6));
        Pending<String> unlimited = correlator.open();

        clock.set(5);
        assertThat(correlator.expire()).isEqualTo(2);

        assertThat(callback.calls()).isEqualTo(1);
        assertThatThrownBy(due::tryReceive).hasCauseInstanceOf(TimeoutException.class);
        assertThat(later.tryReceive()).isNull();
        assertThat(unlimited.tryReceive()).isNull();
        assertThat(correlator.inFlight()).isEqualTo(2);
        assertThat(correlator.statistics().timedOut()).isEqualTo(2);
        assertThat(correlator.expire()).isZero();
    }

    @Test
    void failAll_severalCallbacksThrow_tellsAllAndThrowsTheFirst() {
        RuntimeException first = new RuntimeException("first");
        Error second = new AssertionError("second");
        open(first, second);

        expectFirstThrownAndSecondSuppressed(() -> correlator.failAll(CAUSE), first, second);

        assertThat(told).hasSize(4).containsOnly(CAUSE);
    }

    @Test
    void failAll_firstIsAnError_throwsIt() {
        Error first = new AssertionError("first");
        RuntimeException second = new RuntimeException("second");
        open(first, second);

        expectFirstThrownAndSecondSuppressed(() -> correlator.failAll(CAUSE), first, second);
    }

    @Test
    void close_severalCallbacksThrow_tellsAllAndThrowsTheFirst() {
        RuntimeException first = new RuntimeException("first");
        Error second = new AssertionError("second");
        open(first, second);

        expectFirstThrownAndSecondSuppressed(correlator::close, first, second);

        assertThat(told).hasSize(4).doesNotHaveDuplicates().hasOnlyElementsOfType(CorrelatorClosedException.class);
        assertThat(correlator.isClosed()).isTrue();
        correlator.close();
    }

    @Test
    void expire_severalCallbacksThrow_tellsAllAndThrowsTheFirst() {
        RuntimeException first = new RuntimeException("first");
        Error second = new AssertionError("second");
        open(first, second);
        RecordingSlotRequest<String> waits = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofNanos(1), waits);

        clock.set(1);
        expectFirstThrownAndSecondSuppressed(correlator::expire, first, second);

        assertThat(told).hasSize(4).hasOnlyElementsOfType(TimeoutException.class);
        waits.expectOpened();
    }

    @Test
    void failAll_callbacksThrowTheSameException_throwsItWithoutItself() {
        RuntimeException same = new RuntimeException("same");
        open(same, same);

        assertThat(catchThrowable(() -> correlator.failAll(CAUSE))).isSameAs(same);

        assertThat(same).hasNoSuppressedExceptions();
        assertThat(told).hasSize(4);
    }

    // ---- a cause for each -------------------------------------------------------------------------------------------

    @Test
    void failAll_null_throwsAndEndsNothing() {
        correlator.open();
        Throwable noCause = Nothing.asA();
        Supplier<Throwable> noSupplier = Nothing.asA();

        assertThatNullPointerException().isThrownBy(() -> correlator.failAll(noCause));
        assertThatNullPointerException().isThrownBy(() -> correlator.failAll(noSupplier));

        assertThat(correlator.inFlight()).isEqualTo(1);
    }

    @Test
    void failAll_bySupplier_eachHasACauseOfItsOwn() {
        List<CompletableFuture<String>> futures = openFour();
        List<RecordingSlotRequest<String>> waits = enterTwo();

        assertThat(correlator.failAll(() -> new IllegalStateException("lost"))).isEqualTo(6);

        assertThat(causes(futures, waits)).hasSize(6).hasOnlyElementsOfType(IllegalStateException.class);
        assertThat(identities(causes(futures, waits))).hasSize(6);
    }

    @Test
    void failAll_nothingToEnd_makesNoCause() {
        correlator.open().cancel();

        assertThat(correlator.failAll((Supplier<Throwable>) () -> {
                    throw new AssertionError("not needed");
                }))
                .isZero();
    }

    @Test
    void failAll_supplierThrowsOnce_endsThatRequestWithWhatItThrew() {
        List<CompletableFuture<String>> futures = openFour();
        RuntimeException thrown = new RuntimeException("no cause");
        int[] calls = {0};

        assertThat(correlator.failAll(() -> {
                    if (++calls[0] == 2) {
                        throw thrown;
                    }
                    return CAUSE;
                }))
                .isEqualTo(4);

        assertThat(futures)
                .allMatch(CompletableFuture::isCompletedExceptionally)
                .filteredOn(future -> catchThrowable(future::join).getCause() == thrown)
                .hasSize(1);
    }

    @Test
    void failAll_supplierReturnsNull_endsTheRequestsWithThat() {
        List<CompletableFuture<String>> futures = openFour();
        Supplier<Throwable> empty = Nothing::asA;

        assertThat(correlator.failAll(empty)).isEqualTo(4);

        assertThat(futures)
                .allSatisfy(future -> assertThatThrownBy(future::join)
                        .hasCauseInstanceOf(NullPointerException.class)
                        .hasMessageContaining("returned null"));
    }

    @Test
    void failAll_supplierThrows_refusesTheWaitsWithThat() {
        openFour();
        List<RecordingSlotRequest<String>> waits = enterTwo();
        RuntimeException thrown = new RuntimeException("no cause");

        assertThat(correlator.failAll((Supplier<Throwable>) () -> {
                    throw thrown;
                }))
                .isEqualTo(6);

        waits.forEach(wait -> wait.expectRefused(thrown));
        assertThat(correlator.waiting()).isZero();
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void close_manyInFlightAndWaiting_eachHasAnExceptionOfItsOwn() {
        Correlator<String> large =
                Correlator.builder(500).timeSource(clock::get).sweepByCaller().build();
        List<CompletableFuture<String>> futures = new ArrayList<>();
        List<RecordingSlotRequest<String>> waits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            futures.add(large.open().receiveAsync());
        }
        for (int i = 0; i < 500; i++) {
            RecordingSlotRequest<String> wait = new RecordingSlotRequest<>();
            large.open(null, Duration.ofHours(1), wait);
            waits.add(wait);
        }

        large.close();

        List<Throwable> causes = causes(futures, waits);
        assertThat(identities(causes)).hasSize(1_000);
        assertThat(causes).allSatisfy(cause -> {
            assertThat(cause).isInstanceOf(CorrelatorClosedException.class).isInstanceOf(IllegalStateException.class);
            assertThat(cause).hasNoSuppressedExceptions().hasNoCause();
            assertThat(cause.getStackTrace()).isEmpty();
        });
        assertThat(futures).noneMatch(CompletableFuture::isCancelled);
    }

    // ---- what is opened meanwhile -----------------------------------------------------------------------------------

    /** How a callback opens the next request. */
    enum Retry {
        AT_ONCE,
        ON_ANOTHER_THREAD,
        BY_A_WAIT;

        void open(Correlator<String> correlator, OutcomeHandler<String> callback) {
            switch (this) {
                case AT_ONCE -> correlator.open(null, callback);
                case ON_ANOTHER_THREAD ->
                    CompletableFuture.runAsync(() -> correlator.open(null, callback))
                            .join();
                case BY_A_WAIT ->
                    correlator.open(
                            null, Duration.ofHours(1), new RecordingSlotRequest<>(opened -> opened.receive(callback)));
            }
        }
    }

    /** The first request that a callback opens takes the slot that is free just now, further ones take later slots. */
    @ParameterizedTest
    @CsvSource({
        "AT_ONCE, 1024, 10, 2",
        "AT_ONCE, 10, 10, 1",
        "AT_ONCE, 20000, 5000, 3",
        "ON_ANOTHER_THREAD, 1024, 10, 2",
        "ON_ANOTHER_THREAD, 10, 10, 1",
        "BY_A_WAIT, 1024, 10, 2",
        "BY_A_WAIT, 10, 10, 1"
    })
    void failAll_callbacksRetry_sparesWhatTheyOpen(Retry retry, int capacity, int requests, int each) throws Exception {
        Correlator<String> large = Correlator.builder(capacity).sweepByCaller().build();
        List<RecordingCallback<String>> retried = new ArrayList<>();
        List<Callback<String>> callbacks = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            callbacks.add(new Reaction<>(outcome -> {
                for (int again = 0; again < each; again++) {
                    RecordingCallback<String> next = new RecordingCallback<>();
                    retried.add(next);
                    retry.open(large, next);
                }
            }));
        }
        assertThat(large.failAll(CAUSE)).isZero(); // so that this is not the first one
        Task.start(() -> callbacks.stream()
                        .map(callback -> large.open(null, callback))
                        .toList())
                .result();

        assertThat(large.failAll(CAUSE)).isEqualTo(requests);

        assertThat(retried).hasSize(requests * each).allSatisfy(RecordingCallback::expectNothing);
        assertThat(large.inFlight()).isEqualTo(requests * each);
        assertThat(large.failAll(CAUSE)).isEqualTo(requests * each);
        retried.forEach(callback -> callback.expectFailure(CAUSE));
    }

    @Test
    void failAll_refusedWaitWaitsAgain_isSparedAndServed() {
        openFour();
        RecordingSlotRequest<String> again = new RecordingSlotRequest<>();
        correlator.open(null, Duration.ofHours(1), new SlotRequest<>() {
            @Override
            protected void onOpened(Pending<String> pending) {}

            @Override
            protected void onRefused(Throwable cause) {
                correlator.open(null, Duration.ofHours(1), again);
            }
        });

        assertThat(correlator.failAll(CAUSE)).isEqualTo(5);

        assertThat(again.expectOpened().tryReceive()).isNull();
        assertThat(correlator.inFlight()).isEqualTo(1);
    }

    private List<CompletableFuture<String>> openFour() {
        List<CompletableFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            futures.add(correlator.open().receiveAsync());
        }
        return futures;
    }

    private List<RecordingSlotRequest<String>> enterTwo() {
        List<RecordingSlotRequest<String>> waits = List.of(new RecordingSlotRequest<>(), new RecordingSlotRequest<>());
        waits.forEach(wait -> correlator.open(null, Duration.ofHours(1), wait));
        return waits;
    }

    private static List<Throwable> causes(
            List<CompletableFuture<String>> futures, List<RecordingSlotRequest<String>> waits) {
        List<Throwable> causes = new ArrayList<>();
        futures.forEach(
                future -> causes.add(future.handle((value, thrown) -> thrown).join()));
        waits.forEach(wait -> causes.add(wait.expectRefused()));
        return causes;
    }

    private static Set<Throwable> identities(List<Throwable> causes) {
        Set<Throwable> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(causes);
        return identities;
    }

    private void expectFirstThrownAndSecondSuppressed(ThrowingCallable call, Throwable first, Throwable second) {
        assertThat(catchThrowable(call)).isSameAs(first);
        assertThat(first).hasSuppressedException(second);
        assertThat(first.getSuppressed()).hasSize(1);
        assertThat(correlator.statistics().opened()
                        - correlator.statistics().failed()
                        - correlator.statistics().timedOut()
                        - correlator.inFlight())
                .isZero();
    }

    /** Four requests that are due at 1, of which the second and the third throw. */
    private void open(Throwable second, Throwable third) {
        for (@Nullable Throwable thrown : new Throwable[] {null, second, third, null}) {
            correlator.open(Duration.ofNanos(1), new Reaction<>(cause -> {
                told.add(cause);
                if (thrown != null) {
                    Reaction.rethrow(thrown);
                }
            }));
        }
    }
}
