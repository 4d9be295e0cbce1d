package io.multishot.examples.rsocket;

import io.multishot.Delivery;
import io.multishot.reactor.ReactiveCorrelator;
import io.rsocket.transport.netty.client.TcpClientTransport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks over TCP on a free port, prints what came of each question, and exits: with status 0 only if everything was right.
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
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final PrintStream out;
    private boolean right = true;

    private RSocketSample(PrintStream out) {
        this.out = out;
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

    /** Whether everything was right. */
    static boolean run(PrintStream out) throws InterruptedException {
        RSocketSample sample = new RSocketSample(out);
        AnswerServer server = new AnswerServer(sample.answering);
        try {
            sample.ask(server);
        } finally {
            server.dispose();
            sample.correlator.dispose();
        }
        out.println(sample.right ? "Everything was right." : "Something was WRONG.");
        return sample.right;
    }

    private void ask(AnswerServer server) throws InterruptedException {
        TcpClientTransport transport = TcpClientTransport.create(server.address());
        Asker asker = Objects.requireNonNull(
                Asker.connect(transport, correlator, (answer, delivery) -> deliveries.add(delivery))
                        .block(PATIENCE));

        check("a question", "answer to why", outcome(asker.ask("why", PATIENCE)));
        check("  its answer", Delivery.DELIVERED, nextDelivery());

        check("a question answered twice", "answer to twice", outcome(asker.ask(SampleAnswering.TWICE, PATIENCE)));
        check("  its first answer", Delivery.DELIVERED, nextDelivery());
        check("  its second answer", Delivery.DUPLICATE, nextDelivery());

        check("a question answered late", "no answer in time", outcome(asker.ask(SampleAnswering.LATE, SHORT)));
        answering.release();
        check("  its answer", Delivery.LATE, nextDelivery());

        CompletableFuture<@Nullable Long> lost = Flux.range(0, MANY)
                .flatMap(
                        number -> asker.ask(SampleAnswering.NEVER, PATIENCE)
                                .onErrorReturn(IOException.class, "connection lost"),
                        MANY)
                .filter("connection lost"::equals)
                .count()
                .toFuture();
        check("questions in flight", MANY, correlator.inFlight());
        server.dispose();
        check("  ended when the server hung up", (long) MANY, lost.join());
        check("  still in flight", 0, correlator.inFlight());
    }

    private static @Nullable String outcome(Mono<String> answer) {
        return answer.onErrorReturn(TimeoutException.class, "no answer in time").block(PATIENCE);
    }

    private @Nullable Delivery nextDelivery() throws InterruptedException {
        return deliveries.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void check(String what, Object expected, @Nullable Object came) {
        boolean asExpected = expected.equals(came);
        right &= asExpected;
        out.printf("%s: %s%s%n", what, came, asExpected ? "" : ", WRONG: expected " + expected);
    }
}
