package io.multishot.tck.faultinjection;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.ReplyResult;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that every reply reaches its own request or none, whatever the peers do, and no slot is lost. Takes a second
 * for each capacity, or as many as {@code -Dsoak.seconds} says; {@code -Dsoak.seed} repeats the choices, though not the
 * interleaving.
 */
class HostileSoakTest {

    @ParameterizedTest
    @ValueSource(ints = {8, 100, 1024, 65_536})
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void requests_answeredByHostilePeers_getTheirOwnReplyOrNone(int capacity) throws InterruptedException {
        long seed = Long.getLong("soak.seed", System.nanoTime());
        checkRun(HostileSoak.swept(capacity, seed), seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1024})
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void requests_onTheRealTimer_getTheirOwnReplyOrNone(int capacity) throws InterruptedException {
        long seed = Long.getLong("soak.seed", System.nanoTime());
        checkRun(HostileSoak.timed(capacity, seed), seed);
    }

    private static void checkRun(HostileSoak soak, long seed) throws InterruptedException {
        soak.run(TimeUnit.SECONDS.toNanos(Long.getLong("soak.seconds", 1)));
        System.out.println("seed " + seed + ", " + soak);
        assertThat(soak.tally().complaints()).as(soak + ", seed " + seed).isEmpty();
        for (Tally.Outcome outcome : Tally.EXPECTED) {
            assertThat(soak.tally().sum(outcome)).as("%s in %s", outcome, soak).isPositive();
        }
        for (ReplyResult delivery : ReplyResult.values()) {
            assertThat(soak.tally().sum(delivery))
                    .as("%s in %s", delivery, soak)
                    .isPositive();
        }
    }

    /** While the table is full, others wait, and replies, deadlines and cancels come. */
    @ParameterizedTest
    @ValueSource(ints = {8, 100})
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void close_whileAllGoOn_endsAndLeavesNobody(int capacity) throws InterruptedException {
        HostileSoak soak = HostileSoak.swept(capacity, System.nanoTime());
        soak.runAndClose(1_000);
        assertThat(soak.tally().complaints()).as(soak.toString()).isEmpty();
    }
}
