package io.multishot.examples.nats;

import io.multishot.examples.nats.worker.Answering;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Answers at once, or keeps the questions in hand until told to answer. */
final class HeldAnswering implements Answering {
    private final Queue<Runnable> inHand = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean holds = true;

    @Override
    public void answer(String question, Consumer<String> reply) {
        if (holds) {
            inHand.add(() -> reply.accept(question));
        } else {
            reply.accept(question);
        }
        taken.incrementAndGet();
    }

    /** Returns the number of questions so far. */
    int taken() {
        return taken.get();
    }

    /** From now on, answers at once. */
    HeldAnswering atOnce() {
        holds = false;
        return this;
    }

    /** Answers as many of those in hand as there are now, the oldest first; returns how many. */
    int release() {
        int count = 0;
        for (Runnable reply = inHand.poll(); reply != null; reply = inHand.poll()) {
            reply.run();
            count++;
        }
        return count;
    }
}
