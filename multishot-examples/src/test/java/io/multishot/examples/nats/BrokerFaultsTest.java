package io.multishot.examples.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.examples.nats.gateway.Gateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker fails while requests are in flight. */
@Timeout(180)
class BrokerFaultsTest {

    @Test
    void broker_killedAndRestartedMidFlight_failsWhatIsInFlightAndGoesOn() throws Exception {
        try (Bench bench = new Bench("broker killed and restarted")) {
            HeldAnswering answering = new HeldAnswering();
            bench.worker(answering);
            Gateway gateway = bench.gateway(Bench.AMPLE);

            Tally inFlight = bench.client().send(200, gateway.port());
            Bench.await("all in the worker's hand", () -> answering.taken() == 200);
            bench.broker().kill();
            inFlight.areAll(502);
            bench.client().send(50, gateway.port()).areAll(502);

            bench.broker().restart();
            answering.atOnce();
            bench.awaitAnswers(gateway);
            bench.client().send(100, gateway.port()).areAll(200);

            assertThat(answering.release())
                    .as("answers to before it was killed")
                    .isEqualTo(200);
            Bench.await("all refused", () -> gateway.statistics().late() == 200);
            bench.settle(gateway);
        }
    }

    @Test
    void broker_stalls_timesOutAndLateRepliesReachNobody() throws Exception {
        try (Bench bench = new Bench("broker stalls")) {
            HeldAnswering answering = new HeldAnswering().atOnce();
            bench.worker(answering);
            Gateway gateway = bench.gateway(Duration.ofSeconds(3));

            bench.signalBroker("STOP");
            bench.client().send(100, gateway.port()).areAll(504);
            bench.signalBroker("CONT");
            Bench.await("all refused", () -> gateway.statistics().late() == 100);

            bench.client().send(100, gateway.port()).areAll(200);
            bench.settle(gateway);
        }
    }
}
