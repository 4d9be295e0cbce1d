package io.multishot.examples.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.examples.nats.gateway.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway is restarted, left by its clients, or asked too much. */
@Timeout(180)
class GatewayFaultsTest {

    @Test
    void gateway_restartedWhileRepliesToItsFormerRunArrive_refusesThem() throws Exception {
        try (Bench bench = new Bench("gateway restarted")) {
            HeldAnswering answering = new HeldAnswering();
            bench.worker(answering);
            Gateway former = bench.gateway(Bench.AMPLE);
            Tally before = bench.client().send(200, former.port());
            Bench.await("all in the worker's hand", () -> answering.taken() == 200);
            former.close();
            before.areAll(503);
            bench.settle(former);

            Gateway gateway = bench.gateway(Bench.AMPLE); // of the same name, so with the same reply subjects
            Tally after = bench.client().send(200, gateway.port());
            Bench.await("all in the worker's hand", () -> answering.taken() == 400);
            assertThat(answering.release()).isEqualTo(400);
            after.areAll(200);
            assertThat(gateway.statistics().unknown())
                    .as("replies to the former run")
                    .isEqualTo(200);
            bench.settle(gateway);
        }
    }

    @Test
    void clients_disconnectMidRequest_freeTheirSlots() throws Exception {
        try (Bench bench = new Bench("clients disconnect")) {
            int clients = 1000;
            HeldAnswering answering = new HeldAnswering();
            bench.worker(answering);
            Gateway gateway = bench.gateway(Bench.AMPLE);
            List<Socket> connections = new ArrayList<>();
            try {
                for (int i = 0; i < clients; i++) {
                    connections.add(ask(gateway.port()));
                }
                Bench.await("all in the worker's hand", () -> answering.taken() == clients);
            } finally {
                for (Socket connection : connections) {
                    connection.close();
                }
            }
            Bench.await("every slot free", () -> gateway.statistics().inFlight() == 0);
            assertThat(gateway.statistics().cancelled()).isEqualTo(clients);

            Tally others = bench.client().send(100, gateway.port());
            Bench.await("these too", () -> answering.taken() == clients + 100);
            assertThat(answering.release()).isEqualTo(clients + 100);
            others.areAll(200);
            assertThat(gateway.statistics().late())
                    .as("replies to who has left")
                    .isEqualTo(clients);
            bench.settle(gateway);
        }
    }

    @Test
    void gateway_askedMoreThanItsCapacity_refusesTheRestAtOnce() throws Exception {
        try (Bench bench = new Bench("more than capacity")) {
            HeldAnswering answering = new HeldAnswering();
            bench.worker(answering);
            Gateway gateway = bench.gateway(64, Bench.AMPLE);

            Tally sent = bench.client().send(500, gateway.port());
            Bench.await("all but those that have a slot are refused", () -> sent.ended() == 436);
            Bench.await("those that have one are in the worker's hand", () -> answering.taken() == 64);
            assertThat(answering.release()).isEqualTo(64);
            assertThat(sent.statuses()).containsOnly(Map.entry(200, 64L), Map.entry(503, 436L));

            answering.atOnce();
            bench.client().send(64, gateway.port()).areAll(200);
            bench.settle(gateway);
        }
    }

    private static Socket ask(int port) throws IOException {
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
        String request = "GET /ask?q=why HTTP/1.1\r\nHost: localhost\r\n\r\n";
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return connection;
    }
}
