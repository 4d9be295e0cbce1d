package io.multishot.tck.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded number of rounds on new channels and new threads, audited when all of these have ended. The receiving
 * threads and one producer are of the wanted kind, the other producers and the meddler always platform threads: virtual
 * threads that never park, as these, keep other virtual threads from their processors for ever.
 */
final class Batch {
    private static final int CHANNELS = 4;
    private static final int PRODUCERS = 3;
    private static final int MEDDLERS = 1;
    private static final int ROUNDS = 1_000;

    /** Far longer than a batch takes: a receive that still waits then will wait for ever. */
    private static final long DEADLINE_SECONDS = 60;

    private final Threads kind;
    private final SplittableRandom seeds;
    private final List<Channel> channels = new ArrayList<>();
    private final List<ReceivingSide> receivingSides = new ArrayList<>();
    private final List<Log> logs = new ArrayList<>();
    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    private volatile boolean stopped;

    Batch(Threads kind, SplittableRandom seeds) {
        this.kind = kind;
        this.seeds = seeds;
    }

    /** A number that no two values of a batch share. */
    static int sequence(int ordinal, int thread) {
        return ordinal * (PRODUCERS + CHANNELS) + thread;
    }

    /** Runs to the end; what does not balance is found in the books. */
    void run(Books books) throws InterruptedException {
        AtomicInteger lineNumbers = new AtomicInteger();
        for (int i = 0; i < CHANNELS; i++) {
            Channel channel = new Channel(i, PRODUCERS, lineNumbers);
            channels.add(channel);
            receivingSides.add(new ReceivingSide(channel, ROUNDS, seeds.split()));
        }
        List<Thread> receiving = new ArrayList<>();
        for (ReceivingSide side : receivingSides) {
            receiving.add(start(kind, side, "receiving"));
        }
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            Producer producer = new Producer(channels, i, seeds.split(), () -> stopped);
            others.add(start(i == 0 ? kind : Threads.PLATFORM, producer, "producer"));
        }
        for (int i = 0; i < MEDDLERS; i++) {
            others.add(start(Threads.PLATFORM, new Interferer(channels, seeds.split(), () -> stopped), "meddler"));
        }
        boolean ended = join(receiving);
        if (ended && thrown.isEmpty()) {
            stopped = true;
            join(others);
            audit(books);
        } else {
            books.complain("a receive was left waiting, or a thread failed: " + thrown);
            channels.forEach(channel -> books.complain(channel.toString()));
            others.forEach(thread -> books.complain(thread + " at " + Arrays.toString(thread.getStackTrace())));
            stopped = true;
        }
    }

    private Thread start(Threads threads, Runnable task, String name) {
        Log log = new Log();
        logs.add(log);
        Runnable guarded = () -> {
            log.adopt();
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                thrown.add(e);
            }
        };
        return threads.start(guarded, name);
    }

    private boolean join(List<Thread> threads) throws InterruptedException {
        boolean all = true;
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            all &= !thread.isAlive();
        }
        return all;
    }

    private void audit(Books books) {
        Ledger ledger = new Ledger(CHANNELS * ROUNDS, books);
        logs.forEach(ledger::add);
        for (ReceivingSide side : receivingSides) {
            side.lastRounds().forEach(ledger::addLast);
        }
        ledger.audit();
    }
}
