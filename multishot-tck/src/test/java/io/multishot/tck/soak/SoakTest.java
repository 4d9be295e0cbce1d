package io.multishot.tck.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A soak: the books balance, and nothing that they count was left out by the random choices. It takes a few batches, or
 * as many seconds as {@code -Dsoak.seconds} says.
 */
class SoakTest {
    private static final int BATCHES = 3;
    private static final int MOST_BATCHES = 30;

    /** What must never be noted, and what needs an opening that races with a close. */
    private static final Set<Event> RARE = EnumSet.of(Event.FOREIGN_SEEN, Event.OPEN_AGAIN, Event.LEFT_OPEN);

    @Test
    void channels_usedInEveryWayByManyThreads_booksBalance() throws InterruptedException {
        Soak soak = new Soak(Long.getLong("soak.seed", System.nanoTime()));
        soak.runFor(Long.getLong("soak.seconds", 0));
        soak.runBatches(BATCHES);
        for (int batch = BATCHES; batch < MOST_BATCHES && !missing(soak).isEmpty(); batch++) {
            soak.runBatches(1);
        }
        System.out.println(soak.report());
        assertThat(soak.complaints()).as(soak.report()).isEmpty();
        assertThat(missing(soak)).as(soak.report()).isEmpty();
    }

    private static Set<Event> missing(Soak soak) {
        Set<Event> missing = EnumSet.complementOf(EnumSet.copyOf(RARE));
        missing.removeIf(event -> soak.books().count(event) > 0);
        return missing;
    }
}
