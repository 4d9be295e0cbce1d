package io.multishot.examples.ask.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.SenderClosedException;
import io.multishot.examples.ask.web.AskHttpServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.test.util.RaceTestUtils;

/** Tests the pool on the paths that a client over HTTP cannot steer exactly. */
@Timeout(60)
class WorkerPoolTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int WORKERS = 2;

    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);
    private final WorkerPool pool = new WorkerPool(new Limits(WORKERS, LONG, LONG), this::answer, new NoJournal());

    private String answer(String question) throws InterruptedException {
        switch (question) {
            case "hold" -> {
                begun.release();
                assertThat(released.await(LONG.toSeconds(), TimeUnit.SECONDS))
                        .as("released")
                        .isTrue();
            }
            case "exception" -> throw new IllegalArgumentException(question);
            case "error" -> throw new AssertionError(question);
            default -> {}
        }
        return question;
    }

    @AfterEach
    void stop() {
        pool.dispose();
    }

    @Test
    void ask_exceptionOfAnswering_isSignalledAndEveryWorkerServesAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> pool.ask("exception").block(LONG)).isInstanceOf(IllegalArgumentException.class);
        }
        assertEveryWorkerServes();
    }

    @Test
    void ask_errorOfAnswering_endsTheRoundAndEveryWorkerServesAgain() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        CountDownLatch died = new CountDownLatch(1);
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> died.countDown());
        try {
            assertThatThrownBy(() -> pool.ask("error").block(LONG)).isInstanceOf(SenderClosedException.class);
            assertThat(died.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertEveryWorkerServes();
    }

    @Test
    void cancel_whileWaitingForWorker_leaksNothing() throws Exception {
        holdEveryWorker();
        Disposable.Composite waiting = Disposables.composite();
        for (int i = 0; i < 100; i++) {
            waiting.add(pool.ask("never asked").subscribe());
        }
        waiting.dispose();
        released.countDown();
        assertEveryWorkerServes();
    }

    @Test
    void cancel_racingWithAsk_leaksNothing() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            BaseSubscriber<String> subscriber = new BaseSubscriber<>() {};
            RaceTestUtils.race(() -> pool.ask("raced").subscribe(subscriber), subscriber::cancel);
        }
        assertEveryWorkerServes();
    }

    @Test
    void cancel_racingWithWorkerBecomingFree_leaksNothing() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            List<CompletableFuture<String>> others = ask("other", WORKERS);
            BaseSubscriber<String> subscriber = new BaseSubscriber<>() {};
            pool.ask("raced").subscribe(subscriber);
            subscriber.cancel();
            for (CompletableFuture<String> other : others) {
                assertThat(await(other)).isEqualTo("other");
            }
        }
        assertEveryWorkerServes();
    }

    @Test
    void dispose_endsWhoeverWaitsForAnAnswerOrForAWorker() throws Exception {
        List<CompletableFuture<String>> waiting = Stream.concat(
                        holdEveryWorker().stream(), ask("waits for a worker", 1).stream())
                .toList();
        pool.dispose();
        waiting.forEach(future -> assertThatThrownBy(() -> await(future))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining("shutting down"));
        assertThatThrownBy(() -> pool.ask("too late").block(LONG))
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining("shutting down");
    }

    @Test
    void dispose_workerWhoseThreadIsBusy_endsWhatIsQueuedAndWhatComesLater() throws Exception {
        Worker worker = new Worker("busy", this::answer, new NoJournal());
        CompletableFuture<@Nullable String> held = worker.ask("hold").toFuture();
        assertThat(begun.tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CompletableFuture<@Nullable Void> idle = worker.idle().toFuture();
        worker.dispose();
        idle.get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThatThrownBy(() -> held.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> worker.ask("too late").block(LONG)).isNotInstanceOf(AssertionError.class);
        worker.idle().block(LONG);
    }

    @Test
    void start_portTaken_stopsTheWorkers() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> AskHttpServer.start(taken.getLocalPort(), pool))
                    .isInstanceOf(ChannelBindException.class);
        }
        assertThat(pool.isDisposed()).isTrue();
    }

    /** Each worker has to take a question while the others hold theirs. */
    private void assertEveryWorkerServes() throws Exception {
        List<CompletableFuture<String>> held = holdEveryWorker();
        released.countDown();
        for (CompletableFuture<String> answer : held) {
            assertThat(await(answer)).isEqualTo("hold");
        }
    }

    private List<CompletableFuture<String>> holdEveryWorker() throws InterruptedException {
        List<CompletableFuture<String>> held = ask("hold", WORKERS);
        assertThat(begun.tryAcquire(WORKERS, LONG.toSeconds(), TimeUnit.SECONDS))
                .as("every worker has begun with a question")
                .isTrue();
        return held;
    }

    private List<CompletableFuture<String>> ask(String question, int times) {
        return Stream.generate(() -> pool.ask(question)
                        .subscribeOn(Schedulers.boundedElastic())
                        .toFuture())
                .limit(times)
                .toList();
    }

    private static String await(CompletableFuture<String> future) throws Exception {
        return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static final class NoJournal implements Journal {
        @Override
        public void abandoned(String worker, String question) {}

        @Override
        public void refused(String worker, String question) {}
    }
}
