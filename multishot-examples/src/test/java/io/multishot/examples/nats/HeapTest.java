package io.multishot.examples.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.examples.nats.gateway.Gateway;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that end badly leave nothing behind. */
@Timeout(180)
class HeapTest {
    private static final int ROUNDS = 6;
    private static final int REQUESTS = 1000;
    private static final String PADDING = "x".repeat(3000);

    @Test
    void requests_neverAnswered_leaveNothingOnTheHeap() throws Exception {
        try (Bench bench = new Bench("never answered")) {
            bench.worker((question, reply) -> {});
            Gateway gateway = bench.gateway(Duration.ofMillis(300));
            bench.client().send(REQUESTS, gateway.port(), PADDING).areAll(504); // fills the pools
            long before = usedHeap();
            for (int round = 1; round <= ROUNDS; round++) {
                bench.client().send(REQUESTS, gateway.port(), PADDING).areAll(504);
            }
            long more = usedHeap() - before;
            System.out.printf(
                    "never answered: %,d bytes more on the heap after %,d requests%n", more, ROUNDS * REQUESTS);
            assertThat(more).as("bytes").isLessThan((long) ROUNDS * REQUESTS * PADDING.length() / 2);
            bench.settle(gateway);
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
