package io.multishot.tck.soak;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where the receiving thread of one channel shows the others what they may use. It writes by release stores and never
 * reads, and they only read: so nothing but the library orders anything from them to the receiving thread.
 */
final class Channel {
    private final int index;
    private final AtomicInteger lineNumbers;
    private final AtomicReferenceArray<Round> rounds;
    private final AtomicReference<Line> line = new AtomicReference<>();
    private final AtomicReference<Receipt> receipt = new AtomicReference<>();
    private final AtomicReference<Thread> receivingThread = new AtomicReference<>();

    Channel(int index, int producers, AtomicInteger lineNumbers) {
        this.index = index;
        this.lineNumbers = lineNumbers;
        rounds = new AtomicReferenceArray<>(producers);
    }

    int index() {
        return index;
    }

    int producers() {
        return rounds.length();
    }

    // ---- for the receiving thread -----------------------------------------------------------------------------------

    void showThread() {
        receivingThread.setRelease(Thread.currentThread());
    }

    Line newLine() {
        Line next = new Line(lineNumbers.incrementAndGet());
        line.setRelease(next);
        return next;
    }

    void show(Receipt next) {
        receipt.setRelease(next);
    }

    /** A producer that was slow finds only the latest round; the ones it missed were ended without it. */
    void hand(Round round, int producer) {
        rounds.setRelease(producer, round);
    }

    // ---- for the other threads: null before the first ---------------------------------------------------------------

    Round round(int producer) {
        return rounds.getAcquire(producer);
    }

    Line line() {
        return line.getAcquire();
    }

    Receipt receipt() {
        return receipt.getAcquire();
    }

    Thread receivingThread() {
        return receivingThread.getAcquire();
    }

    @Override
    public String toString() {
        Line now = line();
        return "channel " + index + ": " + (now == null ? "not started" : now.receiver()) + " on " + receivingThread();
    }
}
