package io.multishot.examples.ask.check;

import io.multishot.examples.ask.web.AskHttpServer;
import io.multishot.examples.ask.work.Limits;
import io.multishot.examples.ask.work.WorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** A running server with all that is needed to try it: a client, answers that can be held, a journal, a transcript. */
final class Bench implements AutoCloseable {
    /** For whatever should happen at once; reached only if it does not happen. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Wide enough that a slow machine meets a limit only where it is meant to. */
    static final Limits LIMITS = new Limits(3, Duration.ofMillis(300), Duration.ofMillis(1500));

    private final Transcript transcript;
    private final HeldAnswering answering = new HeldAnswering();
    private final RecordedJournal journal = new RecordedJournal();
    private final AskHttpServer server;
    private final Client client;

    Bench(Transcript transcript) {
        this.transcript = transcript;
        long begun = System.nanoTime();
        server = AskHttpServer.start(0, new WorkerPool(LIMITS, answering, journal));
        client = new Client(server.port());
        transcript.say("Serving on %s after %d ms: %d workers, a free one within %d ms, the answer within %d ms."
                .formatted(
                        server.url(),
                        (System.nanoTime() - begun) / 1_000_000,
                        LIMITS.workers(),
                        LIMITS.patience().toMillis(),
                        LIMITS.answerTimeout().toMillis()));
    }

    Transcript transcript() {
        return transcript;
    }

    HeldAnswering answering() {
        return answering;
    }

    RecordedJournal journal() {
        return journal;
    }

    /** Sends a question and judges the reply. */
    Client.Reply ask(String question, int status, String body) {
        return judge("/ask/" + question, client.get("/ask/" + question), status, body);
    }

    /** Sends a request and judges the reply. */
    Client.Reply get(String path, int status, String body) {
        return judge(path, client.get(path), status, body);
    }

    /** Judges a reply when it comes. */
    Client.Reply judge(String path, CompletableFuture<Client.Reply> pending, int status, String body) {
        Client.Reply reply = await(pending);
        boolean right = reply.status() == status && reply.body().contains(body);
        transcript.check("GET " + abridged(path), reply.toString(), right, status + " with \"" + body + "\"");
        return reply;
    }

    /** Sends questions, each of which its worker keeps until it is released; returns when every worker has begun. */
    List<HeldQuestion> hold(String name, int count) {
        List<HeldQuestion> sent = IntStream.rangeClosed(1, count)
                .mapToObj(number -> "held-" + name + "-" + number)
                .map(question -> new HeldQuestion(question, client.get("/ask/" + question)))
                .toList();
        sent.forEach(question -> await(answering.begun(question.text())));
        return sent;
    }

    /** Sends a question, leaves when its worker has begun with it, and returns the worker's name. */
    String askAndLeave(String question) {
        String worker = client.getAndLeave("/ask/" + question, () -> await(answering.begun(question)));
        transcript.say("         GET /ask/" + question + ", and the client leaves while " + worker + " is busy");
        return worker;
    }

    /** Waits for what should happen at once. */
    static <T> T await(CompletableFuture<T> expected) {
        try {
            return expected.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing happened within " + DEADLINE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String abridged(String path) {
        return path.length() <= 60 ? path : path.substring(0, 20) + "... (" + path.length() + " characters)";
    }

    @Override
    public void close() {
        server.close();
    }

    /** A question on which a worker is held, with the reply that is to come. */
    record HeldQuestion(String text, CompletableFuture<Client.Reply> reply) {}
}
