package io.multishot.reactor;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import reactor.core.scheduler.Schedulers;
import reactor.test.util.RaceTestUtils;

/** Does two things at the same moment to each of many subjects. */
final class Races {
    /** For a machine that has other things to do. */
    private static final int PATIENCE_SECONDS = 30;

    /** Shifts the sides of a race against each other, a little further each round. */
    private static final int SHIFTS = 400;

    private Races() {}

    /** One side of a race. */
    record Side<T>(String name, Consumer<T> action) {
        void run(T subject) {
            action.accept(subject);
        }

        /** Returns a side that does both, one after the other. */
        Side<T> then(Side<T> next) {
            return new Side<>(name + ", then " + next, action.andThen(next.action));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns every pair of sides, each side with itself included, but for pairs of two that are serial (§1.3). */
    static <T> Stream<Arguments> pairs(List<Side<T>> sides, List<Side<T>> serial) {
        return IntStream.range(0, sides.size())
                .boxed()
                .flatMap(i -> sides.subList(i, sides.size()).stream().map(other -> Arguments.of(sides.get(i), other)))
                .filter(pair -> !serial.containsAll(List.of(pair.get())));
    }

    /** Races once on each subject, all on the same two threads, which meet before each race; then checks each. */
    static <T> void race(
            int rounds, Supplier<T> preparation, Consumer<T> one, Consumer<T> other, Consumer<? super T> check) {
        List<T> subjects = Stream.generate(preparation).limit(rounds).toList();
        List<AtomicInteger> missing =
                subjects.stream().map(subject -> new AtomicInteger(2)).toList();
        RaceTestUtils.race(
                PATIENCE_SECONDS,
                Schedulers.boundedElastic(),
                () -> side(subjects, missing, 1, one),
                () -> side(subjects, missing, -1, other));
        subjects.forEach(check);
    }

    private static <T> void side(List<T> subjects, List<AtomicInteger> missing, int direction, Consumer<T> action) {
        for (int round = 0; round < subjects.size(); round++) {
            AtomicInteger here = missing.get(round);
            here.decrementAndGet();
            spinUntil(() -> here.get() <= 0);
            for (int shift = direction * (round % SHIFTS - SHIFTS / 2); shift > 0; shift--) {
                here.get(); // a step shorter than that of onSpinWait
            }
            action.accept(subjects.get(round));
        }
    }

    /** Waits for the other thread, and lets it run if it has no processor. */
    static void spinUntil(BooleanSupplier condition) {
        for (int spins = 0; !condition.getAsBoolean(); spins++) {
            if (spins < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
