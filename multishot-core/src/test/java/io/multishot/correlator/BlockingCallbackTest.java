package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Reaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of a user that blocks when a deadline passes: it holds up no deadline, and no other callback for long. */
class BlockingCallbackTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Correlator<String> correlator = Correlator.withCapacity(100);
    private final Correlator<String> another = Correlator.withCapacity(100);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<ExecutorService> executors = new ArrayList<>();

    @AfterEach
    void release() {
        released.countDown();
        executors.forEach(ExecutorService::shutdownNow);
    }

    private void block() {
        try {
            released.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a deadline has passed for a future and for a thread that blocks. */
    private static void expectDeadlinesIn(Correlator<String> correlator) {
        CompletableFuture<String> future = correlator.open(SHORT).receiveAsync();
        Pending<String> blocking = correlator.open(SHORT);
        assertThatThrownBy(blocking::receive).hasCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(future::join).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void callback_waitsForAnotherRequest_bothEnd() {
        CompletableFuture<String> retried =
                correlator.open(SHORT).receiveAsync().exceptionally(timeout -> receive(correlator.open(SHORT)));

        assertThatThrownBy(retried::join).hasRootCauseInstanceOf(TimeoutException.class);
        expectDeadlinesIn(correlator);
        expectDeadlinesIn(another);
    }

    /** Each blocks in the callback of the one before. */
    @Test
    void callback_waitsForARequestWhoseCallbackWaits_allEnd() {
        assertThatThrownBy(() -> retry(10).join()).hasRootCauseInstanceOf(TimeoutException.class);
        expectDeadlinesIn(another);
    }

    private CompletableFuture<String> retry(int times) {
        CompletableFuture<String> first = correlator.open(SHORT).receiveAsync();
        return times == 0
                ? first
                : first.exceptionally(timeout -> retry(times - 1).join());
    }

    private static String receive(Pending<String> pending) {
        try {
            return pending.receive();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void callback_neverReturns_othersEndInBothCorrelators(int count) {
        for (int i = 0; i < count; i++) {
            correlator.open(SHORT, new Reaction<>(outcome -> block()));
        }
        for (int i = 0; i < 2; i++) {
            expectDeadlinesIn(another);
            expectDeadlinesIn(correlator);
        }
    }

    @Test
    void callback_neverReturnsOnTheOnlyThreadOfAnExecutor_othersRunInTheEnd() {
        ExecutorService single = Executors.newSingleThreadExecutor();
        executors.add(single);
        Correlator<String> onOne = Correlator.builder(10)
                .resolution(Duration.ofMillis(1))
                .callbackExecutor(single)
                .build();
        CompletableFuture<String> blocks = new CompletableFuture<>();
        onOne.open(SHORT, new Reaction<>(outcome -> {
            blocks.complete("blocks");
            block();
        }));
        blocks.join();

        expectDeadlinesIn(onOne);
        expectDeadlinesIn(another);
    }

    @Test
    void onRefused_neverReturns_deadlinesPass() {
        Correlator<String> one = Correlator.withCapacity(1);
        Pending<String> holder = one.open();
        CompletableFuture<String> blocks = new CompletableFuture<>();
        one.open(null, SHORT, new SlotRequest<>() {
            @Override
            protected void onOpened(Pending<String> pending) {}

            @Override
            protected void onRefused(Throwable cause) {
                blocks.complete("blocks");
                block();
            }
        });
        blocks.join();

        holder.cancel();
        CompletableFuture<String> next = one.open(SHORT).receiveAsync();
        assertThatThrownBy(next::join).hasCauseInstanceOf(TimeoutException.class);
        expectDeadlinesIn(another);
    }

    @Test
    void onRefused_neverReturns_otherWaitsEnd() {
        Correlator<String> one = Correlator.builder(1).maxWaiting(3).build();
        one.open();
        one.open(null, SHORT, refused(this::block));
        CompletableFuture<String> soon = new CompletableFuture<>();
        CompletableFuture<String> later = new CompletableFuture<>();
        one.open(null, SHORT.plusMillis(1), refused(() -> soon.complete("refused")));
        one.open(null, SHORT.multipliedBy(10), refused(() -> later.complete("refused")));

        soon.join();
        later.join();
    }

    /** Many times: the wake-up has to look while another thread refuses the first. */
    @Test
    void onRefused_takesItsTime_otherWaitsEnd() {
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Correlator<String> one = Correlator.builder(1).maxWaiting(2).build();
            one.open();
            CompletableFuture<String> other = new CompletableFuture<>();
            one.open(
                    null,
                    SHORT.plusMillis(i),
                    refused(() -> correlator
                            .open(SHORT)
                            .receiveAsync()
                            .exceptionally(e -> "")
                            .join()));
            one.open(null, SHORT.multipliedBy(10), refused(() -> other.complete("refused")));
            others.add(other);
        }

        others.forEach(CompletableFuture::join);
    }

    private static SlotRequest<String> refused(Runnable then) {
        return new SlotRequest<>() {
            @Override
            protected void onOpened(Pending<String> pending) {}

            @Override
            protected void onRefused(Throwable cause) {
                then.run();
            }
        };
    }

    @Test
    void leakReporter_neverReturns_deadlinesPass() {
        CompletableFuture<String> blocks = new CompletableFuture<>();
        Correlator<String> reporting = Correlator.builder(10)
                .reportLeaks(Duration.ofMillis(1), leak -> {
                    blocks.complete("blocks");
                    block();
                })
                .build();
        reporting.open();
        blocks.join();

        expectDeadlinesIn(reporting);
        expectDeadlinesIn(another);
    }

    @Test
    void callback_atADeadline_runsOnNoThreadOfTheTimer() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        correlator.open(SHORT, new Reaction<>(outcome -> thread.complete(Thread.currentThread())));

        assertThat(thread.join().getName()).startsWith("multishot-callbacks-");
    }
}
