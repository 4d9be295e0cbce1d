package io.multishot.examples.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.examples.nats.gateway.Gateway;
import io.multishot.examples.nats.worker.Worker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers fail: they end, answer twice, or too late. */
@Timeout(180)
class WorkerFaultsTest {

    @Test
    void worker_killedWithRequestsInHand_timesThoseOutAndTheOtherAnswersTheRest() throws Exception {
        try (Bench bench = new Bench("worker killed")) {
            HeldAnswering holds = new HeldAnswering();
            HeldAnswering answers = new HeldAnswering().atOnce();
            Worker victim = bench.worker(holds);
            bench.worker(answers);
            Gateway gateway = bench.gateway(Duration.ofSeconds(3));

            Tally sent = bench.client().send(200, gateway.port());
            Bench.await("all taken", () -> holds.taken() + answers.taken() == 200);
            victim.close();
            assertThat(sent.statuses())
                    .containsOnlyKeys(200, 504)
                    .containsEntry(504, (long) holds.taken())
                    .containsEntry(200, (long) answers.taken());

            bench.client().send(100, gateway.port()).areAll(200);
            bench.settle(gateway);
        }
    }

    @Test
    void worker_answersTwice_isHeardOnce() throws Exception {
        try (Bench bench = new Bench("worker answers twice")) {
            bench.worker((question, reply) -> {
                reply.accept(question);
                reply.accept(question);
            });
            Gateway gateway = bench.gateway(Bench.AMPLE);

            for (int round = 1; round <= 3; round++) { // the slots are used again meanwhile
                bench.client().send(100, gateway.port()).areAll(200);
            }
            Bench.await("every second answer refused", () -> refused(gateway.statistics()) == 300);
            assertThat(gateway.statistics().delivered()).isEqualTo(300);
            bench.settle(gateway);
        }
    }

    @Test
    void worker_answersAfterTheTimeout_reachesNobodyThoughTheSlotsAreTakenAgain() throws Exception {
        try (Bench bench = new Bench("worker answers late")) {
            HeldAnswering answering = new HeldAnswering();
            bench.worker(answering);
            Gateway gateway = bench.gateway(100, Duration.ofSeconds(3));
            bench.client().send(100, gateway.port()).areAll(504); // had every slot
            Bench.await("all taken", () -> answering.taken() == 100);

            Tally again = bench.client().send(100, gateway.port());
            Bench.await("every slot taken again", () -> answering.taken() == 200);
            assertThat(answering.release()).as("answers, the late ones first").isEqualTo(200);
            assertThat(again.statuses()).containsKey(200);
            Bench.await("the late ones refused", () -> gateway.statistics().late() >= 100);
            bench.settle(gateway);
        }
    }

    /** A second answer is late, not a duplicate, if the slot was taken again meanwhile. */
    private static long refused(CorrelatorStatistics books) {
        return books.duplicate() + books.late();
    }
}
