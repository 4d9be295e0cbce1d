package io.multishot.examples.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.examples.nats.broker.NatsServer;
import io.multishot.examples.nats.gateway.Gateway;
import io.multishot.examples.nats.gateway.Settings;
import io.multishot.examples.nats.worker.Worker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Shows that everything that a gateway or a worker has started ends with it, also when it did not get as far as
 * running, or is not connected.
 */
@Timeout(180)
class StopTest {

    @Test
    void close_whileReconnecting_endsEveryThreadOfTheClient() throws Exception {
        try (Bench bench = new Bench("closed while reconnecting")) {
            Worker worker = bench.worker((question, reply) -> reply.accept(question));
            Gateway gateway = bench.gateway(Bench.AMPLE);
            assertThat(threadsOfClients()).isNotEmpty();
            bench.broker().kill();
            Bench.await("disconnected", () -> !gateway.isConnected());
            worker.close();
            gateway.close();
            Bench.await(
                    "no thread of a client of the broker",
                    () -> threadsOfClients().isEmpty());
        }
    }

    @Test
    void start_portOfTheGatewayTaken_leavesTheBroker() throws Exception {
        try (Bench bench = new Bench("port taken");
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String broker = bench.broker().url();
            assertThatThrownBy(() -> Gateway.start(Settings.usual("gateway", broker, taken.getLocalPort())))
                    .isInstanceOf(RuntimeException.class);
            Bench.await(
                    "no thread of a client of the broker",
                    () -> threadsOfClients().isEmpty());
        }
    }

    @Test
    void start_brokerThatIsNone_endsEveryThreadOfTheClient() throws Exception {
        CompletableFuture<Void> hangsUp;
        try (ServerSocket none = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            hangsUp = CompletableFuture.runAsync(() -> hangUp(none));
            String broker = "nats://127.0.0.1:" + none.getLocalPort();
            assertThatThrownBy(() -> Worker.start("worker", broker, (question, reply) -> {}))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Gateway.start(new Settings("gateway", broker, 0, 1, Duration.ofSeconds(1))))
                    .isInstanceOf(IOException.class);
            Bench.await(
                    "no thread of a client of the broker",
                    () -> threadsOfClients().isEmpty());
        }
        hangsUp.get(Bench.AMPLE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void address_ofTheGateway_isOfTheLoopbackInterface() throws Exception {
        try (Bench bench = new Bench("loopback")) {
            assertThat(bench.gateway(Bench.AMPLE).url()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void brokerClosed_isNotStartedAgain() {
        try (Bench bench = new Bench("closed for good")) {
            NatsServer broker = bench.broker();
            broker.close();
            assertThatThrownBy(broker::restart)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    private static void hangUp(ServerSocket none) {
        try {
            while (true) {
                Socket client = none.accept();
                client.close();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /** Named after the connection, and no daemons: each would keep its process running. */
    private static List<String> threadsOfClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.matches("(worker|gateway):\\d+"))
                .toList();
    }
}
