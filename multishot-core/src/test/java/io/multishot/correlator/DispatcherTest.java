package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which thread runs the code of users, and when, on executors of all kinds. */
class DispatcherTest {
    private static final int BATCH = 256;
    private static final int MAX_WORKERS = 64;

    private final ManualExecutor executor = new ManualExecutor();
    private final Dispatcher dispatcher = new Dispatcher(executor);
    private final List<Integer> ran = new ArrayList<>();
    private final List<Throwable> uncaught = new ArrayList<>();

    /** Keeps what is submitted until the test runs it, or drops or rejects it. */
    private static final class ManualExecutor implements Executor {
        private final Queue<Runnable> submitted = new ArrayDeque<>();
        boolean drops;
        boolean rejects;
        int calls;

        @Override
        public void execute(Runnable task) {
            calls++;
            if (rejects) {
                throw new RejectedExecutionException("by the test");
            }
            if (!drops) {
                submitted.add(task);
            }
        }

        int pending() {
            return submitted.size();
        }

        void runNext() {
            submitted.remove().run();
        }
    }

    private void add(Runnable code) {
        dispatcher.add(new Handover.Of(code));
    }

    private void addNumbers(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            add(() -> ran.add(number));
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void tick_nothingAdded_submitsNothing() {
        dispatcher.tick();
        assertThat(executor.calls).isZero();
        assertThat(dispatcher.isBacklogged()).isFalse();
    }

    @Test
    void tick_entriesWait_areRunInOrderByOneWorker() {
        addNumbers(100);
        assertThat(executor.calls).isZero();

        dispatcher.tick();
        assertThat(executor.calls).isEqualTo(1);
        assertThat(dispatcher.isBacklogged()).isTrue();
        assertThat(ran).isEmpty();
        executor.runNext();

        assertThat(ran).isEqualTo(numbers(100));
        assertThat(dispatcher.isBacklogged()).isFalse();
        assertThat(executor.pending()).isZero();
    }

    @Test
    void tick_allDoneBefore_beginsAnew() {
        for (int i = 1; i <= 100; i++) {
            add(() -> ran.add(0));
            dispatcher.tick();
            executor.runNext();
            assertThat(ran).hasSize(i);
        }
        assertThat(executor.calls).isEqualTo(100);
    }

    @Test
    void work_manyEntries_leavesTheExecutorToOthersAfterABatch() {
        addNumbers(2 * BATCH + 10);
        dispatcher.tick();

        executor.runNext();
        assertThat(ran).hasSize(BATCH);
        assertThat(executor.pending()).isEqualTo(1);
        executor.runNext();
        assertThat(ran).hasSize(2 * BATCH);
        executor.runNext();

        assertThat(ran).isEqualTo(numbers(2 * BATCH + 10));
        assertThat(executor.pending()).isZero();
    }

    @Test
    void work_entryThrows_isReportedAndTheNextOnesRun() {
        IllegalStateException exception = new IllegalStateException("by the entry");
        AssertionError error = new AssertionError("by the next one");
        add(() -> {
            throw exception;
        });
        add(() -> {
            throw error;
        });
        addNumbers(3);
        dispatcher.tick();

        UncaughtExceptionsTest.reportingTo(uncaught::add, executor::runNext);

        assertThat(uncaught).containsExactly(exception, error);
        assertThat(ran).isEqualTo(numbers(3));
    }

    @Test
    void work_entryAddsEntries_runsThemToo() {
        add(() -> addNumbers(5));
        dispatcher.tick();

        executor.runNext();

        assertThat(ran).isEqualTo(numbers(5));
    }

    // ---- more workers -----------------------------------------------------------------------------------------------

    @Test
    void tick_workerGoesOn_addsNone() {
        for (int i = 0; i < 10; i++) {
            add(dispatcher::tick);
        }
        dispatcher.tick();

        executor.runNext();

        assertThat(executor.calls).isEqualTo(1);
    }

    /** The entry is stuck until another worker has run the rest. */
    @Test
    void tick_workerIsStuck_addsAnotherAtTheSecondTick() {
        add(() -> {
            dispatcher.tick(); // since the one before, this entry was taken
            assertThat(executor.pending()).isZero();
            dispatcher.tick();
            executor.runNext();
            assertThat(ran).isEqualTo(numbers(10));
        });
        addNumbers(10);
        dispatcher.tick();

        UncaughtExceptionsTest.reportingTo(uncaught::add, executor::runNext);

        assertThat(uncaught).isEmpty();
        assertThat(ran).hasSize(10);
        assertThat(executor.calls).isEqualTo(2);
    }

    @Test
    void tick_executorIsBusyForLong_addsOneWorkerForEachTick() {
        addNumbers(3);
        for (int tick = 1; tick <= 5; tick++) {
            dispatcher.tick();
            assertThat(executor.pending()).isEqualTo(tick);
        }

        executor.runNext();
        assertThat(ran).isEqualTo(numbers(3));
        while (executor.pending() > 0) {
            executor.runNext(); // finds nothing
        }

        addNumbers(3);
        dispatcher.tick();
        executor.runNext();
        assertThat(ran).hasSize(6);
    }

    @Test
    void tick_executorDroppedTheWorker_addsAnother() {
        executor.drops = true;
        addNumbers(3);
        dispatcher.tick();
        executor.drops = false;

        dispatcher.tick();
        executor.runNext();

        assertThat(ran).isEqualTo(numbers(3));
    }

    @Test
    void work_executorDropsItsSecondBatch_goesOnAtASecondTick() {
        addNumbers(BATCH + 10);
        dispatcher.tick();
        executor.drops = true;
        executor.runNext();
        executor.drops = false;
        assertThat(ran).hasSize(BATCH);

        dispatcher.tick();
        dispatcher.tick();
        executor.runNext();

        assertThat(ran).isEqualTo(numbers(BATCH + 10));
    }

    @Test
    void tick_executorRejects_runsOnThePool() throws Exception {
        executor.rejects = true;
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        add(() -> thread.complete(Thread.currentThread()));

        dispatcher.tick();

        expectOfThePool(thread.get(20, TimeUnit.SECONDS));
    }

    @Test
    void work_executorRejectsItsSecondBatch_goesOnOnThePool() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        addNumbers(BATCH);
        add(() -> thread.complete(Thread.currentThread()));
        dispatcher.tick();
        executor.rejects = true;

        executor.runNext();

        expectOfThePool(thread.get(20, TimeUnit.SECONDS));
        assertThat(ran).isEqualTo(numbers(BATCH));
    }

    @Test
    void tick_executorDropsAll_submitsSoManyAndThenTurnsToThePool() throws Exception {
        executor.drops = true;
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        add(() -> thread.complete(Thread.currentThread()));
        for (int i = 0; i < MAX_WORKERS; i++) {
            dispatcher.tick();
        }
        assertThat(executor.calls).isEqualTo(MAX_WORKERS);
        assertThat(thread).isNotDone();

        dispatcher.tick();

        expectOfThePool(thread.get(20, TimeUnit.SECONDS));
        assertThat(executor.calls).isEqualTo(MAX_WORKERS);
    }

    private static void expectOfThePool(Thread thread) {
        assertThat(thread.getName()).startsWith("multishot-callbacks-");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getContextClassLoader()).isNull();
    }

    // ---- executors that run in the call -----------------------------------------------------------------------------

    @Test
    void tick_executorRunsInTheCall_runsAllInConstantStack() {
        Dispatcher direct = new Dispatcher(Runnable::run);
        int[] deepest = {0};
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            direct.add(new Handover.Of(() -> {
                if (number % 500 == 0) {
                    deepest[0] = Math.max(deepest[0], depth());
                }
                ran.add(number);
            }));
        }

        int outside = depth();
        direct.tick();

        assertThat(ran).isEqualTo(numbers(100_000));
        assertThat(deepest[0] - outside).isLessThan(20);
    }

    private static int depth() {
        return StackWalker.getInstance().walk(frames -> (int) frames.count());
    }

    @Test
    void tick_executorRunsInTheCallAndEntriesTick_runsEachOnce() {
        Dispatcher direct = new Dispatcher(Runnable::run);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            direct.add(new Handover.Of(() -> {
                direct.tick();
                ran.add(number);
            }));
        }

        direct.tick();

        assertThat(ran).isEqualTo(numbers(1_000));
    }

    @Test
    void tick_executorRunsInTheCallWhenItIsBusy_runsEachOnce() throws Exception {
        ThreadPoolExecutor busy = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
        try {
            expectEachRunOnce(new Dispatcher(busy));
        } finally {
            busy.shutdownNow();
        }
    }

    @Test
    void tick_onThePool_runsEachOnce() throws Exception {
        expectEachRunOnce(new Dispatcher(CallbackPool::execute));
    }

    private static void expectEachRunOnce(Dispatcher several) throws Exception {
        int count = 20_000;
        AtomicIntegerArray times = new AtomicIntegerArray(count);
        CountDownLatch all = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            several.add(new Handover.Of(() -> {
                times.incrementAndGet(number);
                all.countDown();
            }));
            if (i % 100 == 0) {
                several.tick();
            }
        }
        while (several.isBacklogged()) {
            several.tick();
        }
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(IntStream.range(0, count).map(times::get)).allMatch(n -> n == 1);
    }
}
