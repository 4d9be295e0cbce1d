package io.multishot.tck.soak;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Drives channels for a while in every way that they allow, by random choice, and keeps exact books of it: every round
 * has one ending, every value that was accepted is seen once or was left unread, every callback that was registered is
 * called or given up. Run it for longer by {@code -Dsoak.seconds=600}; {@code -Dsoak.seed} repeats the choices, though
 * not the interleaving.
 */
final class Soak {
    private final Books books = new Books();
    private final long seed;
    private final SplittableRandom seeds;
    private int batches;

    Soak(long seed) {
        this.seed = seed;
        this.seeds = new SplittableRandom(seed);
    }

    /** Ends with status 1 if the books do not balance. */
    public static void main(String[] args) throws InterruptedException {
        Soak soak = new Soak(Long.getLong("soak.seed", System.nanoTime()));
        soak.runFor(Long.getLong("soak.seconds", 10));
        System.out.println(soak.report());
        if (!soak.complaints().isEmpty()) {
            System.exit(1);
        }
    }

    /** Batch after batch until the time is over; then checks the sums. */
    void runFor(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            runBatchOfEachKind();
        } while (System.nanoTime() - end < 0 && complaints().isEmpty());
        books.close();
    }

    /** A fixed number of batches on each kind of thread; then checks the sums. */
    void runBatches(int count) throws InterruptedException {
        for (int i = 0; i < count && complaints().isEmpty(); i++) {
            runBatchOfEachKind();
        }
        books.close();
    }

    private void runBatchOfEachKind() throws InterruptedException {
        for (Threads kind : Threads.values()) {
            if (kind.areThere() && complaints().isEmpty()) {
                new Batch(kind, seeds.split()).run(books);
                batches++;
            }
        }
    }

    Books books() {
        return books;
    }

    String complaints() {
        return books.complaints();
    }

    String report() {
        return "Soak of " + batches + " batches on JDK " + Runtime.version() + ", seed " + seed + "\n\n" + books.table()
                + "\n" + (complaints().isEmpty() ? "The books balance.\n" : "NOT BALANCED\n" + complaints());
    }
}
