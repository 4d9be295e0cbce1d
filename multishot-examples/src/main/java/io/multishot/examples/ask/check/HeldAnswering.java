package io.multishot.examples.ask.check;

import io.multishot.examples.ask.work.Answering;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Answers as another does, but keeps a question that begins with {@code held} until it is released. */
final class HeldAnswering implements Answering {
    private static final String PREFIX = "held";

    private final Answering others;
    private final Duration deadline;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /**
     * Takes what a held question is released to.
     *
     * @param others answers every question, a held one once it is released
     * @param deadline the longest time that a question is held
     */
    HeldAnswering(Answering others, Duration deadline) {
        this.others = others;
        this.deadline = deadline;
    }

    @Override
    public String answer(String question) throws Exception {
        if (question.startsWith(PREFIX)) {
            Held now = held(question);
            now.begunBy.complete(Thread.currentThread().getName());
            now.released.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
        return others.answer(question);
    }

    /** Completes with the worker's name when it has begun with the question. */
    CompletableFuture<String> begun(String question) {
        return held(question).begunBy;
    }

    void release(String question) {
        held(question).released.complete(null);
    }

    private Held held(String question) {
        return held.computeIfAbsent(question, key -> new Held(new CompletableFuture<>(), new CompletableFuture<>()));
    }

    private record Held(CompletableFuture<String> begunBy, CompletableFuture<Void> released) {}
}
