package io.multishot.examples.ask.check;

import io.multishot.examples.ask.web.AskHttpServer;
import io.multishot.examples.ask.work.Answering;
import io.multishot.examples.ask.work.EchoAnswering;
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
    static final Limits LIMITS = new Limits(3, Duration.ofMillis(300), Duration.ofSeconds(4));

    private final Transcript transcript;
    private final Duration deadline;
    private final HeldAnswering answering;
    private final RecordedJournal journal = new RecordedJournal();
    private final AskHttpServer server;
    private final Client client;

    Bench(Transcript transcript) {
        this(transcript, LIMITS, DEADLINE, new EchoAnswering());
    }

    /** The same with other limits, and with other answers to what is not held. */
    Bench(Transcript transcript, Limits limits, Duration deadline, Answering others) {
        this.transcript = transcript;
        this.deadline = deadline;
        answering = new HeldAnswering(others, deadline);
        long begun = System.nanoTime();
        server = AskHttpServer.start(0, new WorkerPool(limits, answering, journal));
        client = new Client(server.url(), deadline);
        transcript.say("Serving on %s after %d ms: %d workers, a free one within %d ms, the answer within %d ms."
                .formatted(
                        server.url(),
                        (System.nanoTime() - begun) / 1_000_000,
                        limits.workers(),
                        limits.patience().toMillis(),
                        limits.answerTimeout().toMillis()));
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
        Client.Reply reply = await("the response to GET " + abridged(path), pending);
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
        sent.forEach(question -> awaitBegun(question.text()));
        return sent;
    }

    /** Sends a question, leaves when its worker has begun with it, and returns the worker's name. */
    String askAndLeave(String question) {
        String worker = client.getAndLeave("/ask/" + question, () -> awaitBegun(question));
        transcript.say("         GET /ask/" + question + ", and the client leaves while " + worker + " is busy");
        return worker;
    }

    private String awaitBegun(String question) {
        return await("a worker to begin with " + question, answering.begun(question));
    }

    /** Waits for what should happen at once. */
    <T> T await(String what, CompletableFuture<T> expected) {
        try {
            return expected.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("waited %s for %s".formatted(deadline, what), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("waited for %s: %s".formatted(what, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
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
