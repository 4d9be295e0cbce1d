package io.multishot.examples.rsocket;

import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.ReactiveCorrelator;
import io.rsocket.transport.netty.client.TcpClientTransport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks over TCP on a free port, prints what came of each question, and exits: with status 0 only if everything was
 * right.
 *
 * <pre>
 * mvn -q -pl multishot-examples -am compile exec:java -Dexec.mainClass=io.multishot.examples.rsocket.RSocketSample
 * </pre>
 */
public final class RSocketSample {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int MANY = 100;

    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1024);
    private final SampleAnswering answering = new SampleAnswering();
    private final BlockingQueue<ReplyResult> deliveries = new LinkedBlockingQueue<>();
    private final PrintStream out;
    private final Duration patience;
    private boolean right = true;

    private RSocketSample(PrintStream out, Duration patience) {
        this.out = out;
        this.patience = patience;
    }

    /**
     * Runs the sample.
     *
     * @param arguments none
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(System.out) ? 0 : 1);
    }

    /** Runs the sample, and returns true if everything was right. */
    static boolean run(PrintStream out) throws InterruptedException {
        return run(out, UnaryOperator.identity(), PATIENCE);
    }

    /**
     * The same with another server and another limit.
     *
     * @param server makes the server's answering of the one that does what the sample expects
     * @param patience the limit of every wait
     */
    static boolean run(PrintStream out, UnaryOperator<Function<String, Publisher<String>>> server, Duration patience)
            throws InterruptedException {
        RSocketSample sample = new RSocketSample(out, patience);
        AnswerServer answers = new AnswerServer(server.apply(sample.answering));
        try {
            sample.ask(answers);
        } catch (IllegalStateException nothingCame) {
            sample.right = false;
            out.println("Gave up: " + nothingCame.getMessage());
        } finally {
            answers.dispose();
            sample.correlator.dispose();
        }
        out.println(sample.right ? "Everything was right." : "Something was WRONG.");
        return sample.right;
    }

    private void ask(AnswerServer server) throws InterruptedException {
        TcpClientTransport transport = TcpClientTransport.create(server.address());
        Asker asker = Objects.requireNonNull(await(
                "the connection",
                Asker.connect(transport, correlator, (answer, delivery) -> deliveries.add(delivery))));

        check("a question", "answer to why", outcome(asker.ask("why", patience)));
        check("  its answer", ReplyResult.DELIVERED, nextDelivery());

        check("a question answered twice", "answer to twice", outcome(asker.ask(SampleAnswering.TWICE, patience)));
        check("  its first answer", ReplyResult.DELIVERED, nextDelivery());
        check("  its second answer", ReplyResult.DUPLICATE, nextDelivery());

        check("a question answered late", "no answer in time", outcome(asker.ask(SampleAnswering.LATE, SHORT)));
        answering.release();
        check("  its answer", ReplyResult.LATE, nextDelivery());

        Mono<Long> lost = Flux.range(0, MANY)
                .flatMap(
                        number -> asker.ask(SampleAnswering.NEVER, patience)
                                .onErrorReturn(IOException.class, "connection lost")
                                .onErrorResume(TimeoutException.class, late -> Mono.empty()),
                        MANY)
                .filter("connection lost"::equals)
                .count()
                .cache();
        lost.subscribe();
        check("questions in flight", MANY, correlator.inFlight());
        server.dispose();
        check("  ended when the server hung up", (long) MANY, await("the end of the questions in flight", lost));
        check("  still in flight", 0, correlator.inFlight());
    }

    private @Nullable String outcome(Mono<String> answer) throws InterruptedException {
        return await("an answer or its timeout", answer.onErrorReturn(TimeoutException.class, "no answer in time"));
    }

    private @Nullable Object nextDelivery() throws InterruptedException {
        ReplyResult next = deliveries.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return next == null ? "nothing came within " + patience : next;
    }

    /** Has longer than a question, whose timeout is an outcome too. */
    private <T> @Nullable T await(String what, Mono<T> expected) throws InterruptedException {
        Duration limit = patience.plus(PATIENCE);
        CompletableFuture<@Nullable T> future = expected.toFuture();
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException nothingCame) {
            future.cancel(true); // a connection that is still to come is given up
            throw new IllegalStateException("waited %s for %s".formatted(limit, what), nothingCame);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("%s failed: %s".formatted(what, failure.getCause()), failure);
        }
    }

    private void check(String what, Object expected, @Nullable Object came) {
        boolean asExpected = expected.equals(came);
        right &= asExpected;
        out.printf("%s: %s%s%n", what, came, asExpected ? "" : ", WRONG: expected " + expected);
    }
}
