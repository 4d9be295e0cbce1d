package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.correlator.CorrelatorClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Subscribers that block when a deadline passes: they hold up no deadline, or are refused to block. */
class BlockingRequesterTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final LongFunction<Publisher<?>> NOTHING = ticket -> Mono.empty();

    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1_000);
    private final ReactiveCorrelator<String> another = ReactiveCorrelator.withCapacity(1_000);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    /** Holds the thread up for good, as code does that the scheduler cannot know to block. */
    private void block() {
        try {
            released.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void expectDeadlineIn(ReactiveCorrelator<String> of) {
        CompletableFuture<@Nullable String> future = of.request(SHORT, NOTHING).toFuture();
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    @DisabledIfSystemProperty(named = "blockhound", matches = "true", disabledReason = "it blocks")
    void request_retryBlocksInItsSend_othersEndInTime() throws Exception {
        AtomicInteger sends = new AtomicInteger();
        CompletableFuture<Thread> blocks = new CompletableFuture<>();
        CompletableFuture<@Nullable String> retried = correlator
                .request(SHORT, ticket -> {
                    if (sends.incrementAndGet() == 2) {
                        blocks.complete(Thread.currentThread());
                        block();
                    }
                    return Mono.empty();
                })
                .retry(2)
                .toFuture();
        assertThat(blocks.get(20, TimeUnit.SECONDS).getName()).startsWith("parallel-");

        for (int i = 0; i < 3; i++) {
            expectDeadlineIn(another);
            expectDeadlineIn(correlator);
        }
        assertThat(retried).isNotDone();
        released.countDown();

        assertThatThrownBy(() -> retried.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(sends).hasValue(3);
    }

    @Test
    void request_fallbackBlocks_isRefused() {
        CompletableFuture<@Nullable String> future = correlator
                .request(SHORT, NOTHING)
                .onErrorResume(timeout -> Mono.justOrEmpty(
                        Mono.delay(Duration.ofHours(1)).thenReturn("a").block()))
                .toFuture();

        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("blocking, which is not supported in thread parallel-");
        expectDeadlineIn(another);
    }

    @Test
    void request_fallbackBlocksInARequest_isRefused() {
        CompletableFuture<@Nullable String> future = correlator
                .request(SHORT, NOTHING)
                .onErrorResume(timeout ->
                        Mono.justOrEmpty(correlator.request(SHORT, NOTHING).block()))
                .toFuture();

        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
        expectDeadlineIn(correlator);
    }

    @Test
    void request_timesOut_onAThreadThatMayNotBlock() throws Exception {
        CompletableFuture<Boolean> nonBlocking = new CompletableFuture<>();
        correlator
                .request(SHORT, NOTHING)
                .subscribe(value -> {}, timeout -> nonBlocking.complete(Schedulers.isInNonBlockingThread()));

        assertThat(nonBlocking.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void request_waitTimesOut_onAThreadThatMayNotBlock() throws Exception {
        ReactiveCorrelator<String> one = ReactiveCorrelator.withCapacity(1);
        one.request(NOTHING).subscribe(value -> {}, disposed -> {});
        CompletableFuture<Boolean> nonBlocking = new CompletableFuture<>();
        one.request(null, SHORT, NOTHING)
                .subscribe(value -> {}, full -> nonBlocking.complete(Schedulers.isInNonBlockingThread()));

        assertThat(nonBlocking.get(20, TimeUnit.SECONDS)).isTrue();
        one.dispose();
    }

    @Test
    void dispose_manyInFlightAndWaiting_eachHasAnExceptionOfItsOwn() {
        ReactiveCorrelator<String> full = ReactiveCorrelator.withCapacity(250);
        List<Throwable> causes = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            full.request(NOTHING).subscribe(value -> {}, causes::add);
        }
        for (int i = 0; i < 250; i++) {
            full.request(null, Duration.ofHours(1), NOTHING).subscribe(value -> {}, causes::add);
        }

        full.dispose();

        Set<Throwable> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(causes);
        assertThat(identities).hasSize(500);
        assertThat(causes)
                .allSatisfy(cause -> assertThat(cause)
                        .isInstanceOf(CorrelatorClosedException.class)
                        .hasNoSuppressedExceptions());
        assertThatIllegalStateException()
                .isThrownBy(() -> full.request(NOTHING).block())
                .withMessageContaining("disposed");
    }
}
