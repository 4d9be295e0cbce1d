package io.multishot.tck.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.explorer.Exploration;
import io.multishot.explorer.Report;
import io.multishot.tck.modelcheck.CoreClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compares the atomic read-modify-writes of each operation with the cost tables in {@code docs/algorithm.md} and
 * {@code docs/correlator.md}.
 */
class AtomicOperationsTest {

    @Test
    void everyOperation_uncontended_executesTheReadModifyWritesOfTheTable() {
        Report report = Exploration.of(CountingScenario.class, "all")
                .rewriting(CoreClasses.names())
                .explore()
                .assertExhaustedWithoutFailure();
        assertThat(report.outcomes()).hasSize(1);
        List<String> counted = report.outcomes().first().lines().toList();
        assertThat(counted)
                .containsExactlyInAnyOrder(
                        "sender() = 0",
                        "sender(OutcomeHandler) = 1",
                        "recycle = 0",
                        "recycle(OutcomeHandler) = 1",
                        "send, nobody waits = 1",
                        "send, somebody waits = 1",
                        "fail, nobody waits = 1",
                        "fail, somebody waits = 1",
                        "close, nobody waits = 1",
                        "close, somebody waits = 1",
                        "send, refused = 0",
                        "fail, refused = 0",
                        "close, refused = 0",
                        "isOpen = 0",
                        "tryReceive, outcome there = 0",
                        "tryReceive, open = 0",
                        "receive, outcome there = 1",
                        "receive, first registration = 1",
                        "receive, same callback again = 0",
                        "receive, nothing to receive = 0",
                        "another callback = 2",
                        "cancel = 1",
                        "revoke by callback = 1",
                        "Receiver.revoke, open = 1",
                        "Receiver.revoke, over = 0",
                        "onAbandoned = 1",
                        "receive, first registration, with a hook = 1",
                        "cancel, with a hook = 2",
                        "send, with a hook = 1",
                        "onAbandoned, over = 0",
                        "Receiver.close, open = 1",
                        "Receiver.close, over = 0");
    }

    @Test
    void everyOperationOfTheCorrelator_uncontended_executesTheReadModifyWritesOfTheTable() {
        Report report = Exploration.of(CountingScenario.class, "correlator")
                .rewriting(CoreClasses.names())
                .trusting(CoreClasses.trusted())
                .trusting(
                        "java.util.concurrent.ConcurrentLinkedQueue",
                        "java.util.concurrent.ScheduledThreadPoolExecutor")
                .explore()
                .assertExhaustedWithoutFailure();
        assertThat(report.outcomes()).hasSize(1);
        List<String> counted = report.outcomes().first().lines().toList();
        // LongAdder is not explored: one more for a refusal, and for every ending but a value.
        assertThat(counted)
                .containsExactlyInAnyOrder(
                        "open, the first of a chunk = 3",
                        "open(timeout), the earliest = 3",
                        "open(timeout) = 1",
                        "open = 1",
                        "complete, nobody waits = 2",
                        "complete, refused = 0",
                        "receive, outcome there = 1",
                        "open(null, OutcomeHandler) = 1",
                        "complete, somebody waits = 2",
                        "receive, registration = 1",
                        "expire, nothing due = 0",
                        "failAll, three = 7",
                        "cancel = 2",
                        "cancel, over = 0");
    }
}
