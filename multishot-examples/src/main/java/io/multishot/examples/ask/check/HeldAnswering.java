package io.multishot.examples.ask.check;

import io.multishot.examples.ask.work.Answering;
import io.multishot.examples.ask.work.EchoAnswering;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Answers as the server does, but keeps a question that begins with {@code held} until it is released. */
final class HeldAnswering implements Answering {
    private static final String PREFIX = "held";

    private final Answering echo = new EchoAnswering();
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    @Override
    public String answer(String question) throws Exception {
        if (question.startsWith(PREFIX)) {
            Held now = held(question);
            now.begunBy.complete(Thread.currentThread().getName());
            now.released.get(Bench.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
        return echo.answer(question);
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
