package io.multishot.examples.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.examples.nats.broker.Await;
import io.multishot.examples.nats.broker.Ends;
import io.multishot.examples.nats.broker.NatsServer;
import io.multishot.examples.nats.gateway.Gateway;
import io.multishot.examples.nats.gateway.Settings;
import io.multishot.examples.nats.worker.Answering;
import io.multishot.examples.nats.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real broker with gateways and workers in this process; all ended on close, the last one first. */
final class Bench implements AutoCloseable {
    /** Longer than any test may take: nothing ends by it. */
    static final Duration AMPLE = Await.DEADLINE.multipliedBy(2);

    static final int CAPACITY = 2048;

    private final String test;
    private final NatsServer broker;
    private final Client client = new Client();
    private final Ends ends = new Ends();

    Bench(String test) {
        if (!NatsServer.isInstalled()) {
            System.out.printf("%s: skipped. %s%n", test, NatsServer.HOW_TO_INSTALL);
            Assumptions.abort(NatsServer.HOW_TO_INSTALL);
        }
        this.test = test;
        broker = ends.add(NatsServer.start());
    }

    NatsServer broker() {
        return broker;
    }

    Client client() {
        return client;
    }

    Gateway gateway(Duration timeout) throws IOException {
        return gateway(CAPACITY, timeout);
    }

    /** A gateway; one that is started after another was closed is the same one, restarted. */
    Gateway gateway(int capacity, Duration timeout) throws IOException {
        return ends.add(Gateway.start(new Settings("gateway", broker.url(), 0, capacity, timeout)));
    }

    Worker worker(Answering answering) throws IOException {
        return ends.add(Worker.start("worker", broker.url(), answering));
    }

    /** Stops or continues the process of the broker. */
    void signalBroker(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(broker.pid())).start();
        try {
            assertThat(kill.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .as("kill -%s ended within %s", signal, Await.DEADLINE)
                    .isTrue();
            assertThat(kill.exitValue()).isZero();
        } finally {
            kill.destroyForcibly();
        }
    }

    /** Waits for a state. */
    static void await(String state, Callable<Boolean> condition) {
        assertThat(Await.until(condition)).as(state).isTrue();
    }

    /** Asks until an answer comes, after something was started again: from then on every question is answered. */
    void awaitAnswers(Gateway gateway) {
        await("an answer", () -> client.send(1, gateway.port()).statuses().containsKey(200));
    }

    /** Nothing is left in flight, the books of the gateway are exact, and the counts are printed. */
    void settle(Gateway gateway) {
        await("nothing in flight", () -> gateway.statistics().inFlight() == 0);
        CorrelatorStatistics books = gateway.statistics();
        System.out.printf("%s: %s%n", test, books);
        assertThat(books.delivered() + books.failed() + books.timedOut() + books.cancelled())
                .as("ended, of %s", books)
                .isEqualTo(books.opened());
    }

    @Override
    public void close() {
        ends.close();
    }
}
