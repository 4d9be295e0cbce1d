package io.multishot.examples.ask.check;

import io.multishot.examples.ask.work.Journal;
import io.multishot.examples.ask.work.LoggedJournal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A journal whose entries can be awaited; it goes to the log as well. */
final class RecordedJournal implements Journal {
    private final Journal log = new LoggedJournal();
    private final Map<String, CompletableFuture<String>> abandoned = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> refused = new ConcurrentHashMap<>();

    @Override
    public void abandoned(String worker, String question) {
        log.abandoned(worker, question);
        abandonedBy(question).complete(worker);
    }

    @Override
    public void refused(String worker, String question) {
        log.refused(worker, question);
        refusedOf(question).complete(worker);
    }

    /** Completes with the worker's name when the question's round was revoked. */
    CompletableFuture<String> abandonedBy(String question) {
        return abandoned.computeIfAbsent(question, key -> new CompletableFuture<>());
    }

    /** Completes with the worker's name when its late answer was refused. */
    CompletableFuture<String> refusedOf(String question) {
        return refused.computeIfAbsent(question, key -> new CompletableFuture<>());
    }
}
