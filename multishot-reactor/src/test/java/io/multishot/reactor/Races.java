package io.multishot.reactor;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;
import reactor.test.util.RaceTestUtils;

/** Two things done to each of many subjects at the same moment. */
final class Races {
    /** For a machine that has other things to do. */
    private static final int PATIENCE_SECONDS = 30;

    /** Shifts the sides of a race against each other, a little further each round. */
    private static final int SHIFTS = 400;

    private Races() {}

    /** One race on each subject, all on the same two threads, which meet before each. */
    static <T> void races(List<T> subjects, Consumer<T> one, Consumer<T> other) {
        List<AtomicInteger> missing =
                subjects.stream().map(subject -> new AtomicInteger(2)).toList();
        RaceTestUtils.race(
                PATIENCE_SECONDS,
                Schedulers.boundedElastic(),
                () -> side(subjects, missing, 1, one),
                () -> side(subjects, missing, -1, other));
    }

    private static <T> void side(List<T> subjects, List<AtomicInteger> missing, int direction, Consumer<T> action) {
        for (int round = 0; round < subjects.size(); round++) {
            AtomicInteger here = missing.get(round);
            here.decrementAndGet();
            for (int spins = 0; here.get() > 0; spins++) {
                if (spins < 1_000) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            for (int shift = direction * (round % SHIFTS - SHIFTS / 2); shift > 0; shift--) {
                here.get(); // a step shorter than that of onSpinWait
            }
            action.accept(subjects.get(round));
        }
    }
}
