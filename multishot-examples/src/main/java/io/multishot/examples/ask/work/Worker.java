package io.multishot.examples.ask.work;

import io.multishot.Sender;
import io.multishot.reactor.ReactiveReceiver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Answers one question at a time, on a thread of its own. All its answers go over one channel, which is never rebuilt:
 * each question opens the next round, whether the round before was answered, timed out or was abandoned.
 */
public final class Worker implements Disposable {
    private final String name;
    private final Answering answering;
    private final Journal journal;
    private final ReactiveReceiver<String> channel = ReactiveReceiver.create();
    private final ExecutorService thread;

    Worker(String name, Answering answering, Journal journal) {
        this.name = name;
        this.answering = answering;
        this.journal = journal;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        });
    }

    /**
     * Asks, on subscription. Cancelling, or a {@code timeout}, revokes the round: the answer will be refused. The
     * caller must await {@link #idle} between two questions.
     */
    Mono<String> ask(String question) {
        return channel.exchange(sender -> thread.execute(() -> answer(question, sender)))
                .doFinally(end -> {
                    if (end == SignalType.CANCEL) {
                        journal.abandoned(name, question);
                    }
                });
    }

    /** On this worker's thread. */
    private void answer(String question, Sender<String> sender) {
        try (sender) { // so that even an Error leaves no client waiting
            if (!sender.isOpen()) {
                return; // abandoned before it was begun: not worth the work
            }
            if (!end(sender, question)) {
                journal.refused(name, question);
            }
        }
    }

    private boolean end(Sender<String> sender, String question) {
        String answer;
        try {
            answer = answering.answer(question);
        } catch (Exception failure) {
            return sender.fail(failure);
        }
        return sender.send(answer);
    }

    /**
     * Completes when the thread has nothing left to do for the questions asked before. It queues up behind them to find
     * out. A question that was cancelled while it was being handed over may come in still later; by then its round is
     * revoked, and the thread drops it unanswered.
     */
    Mono<Void> idle() {
        return Mono.fromFuture(() -> CompletableFuture.runAsync(() -> {}, thread))
                .onErrorComplete(RejectedExecutionException.class);
    }

    /** Ends the round, so that no client waits any more, and stops the thread. */
    @Override
    public void dispose() {
        channel.dispose();
        // The queued tasks find their round ended, and idle() completes.
        thread.shutdownNow().forEach(Runnable::run);
    }

    @Override
    public boolean isDisposed() {
        return channel.isDisposed();
    }
}
