package io.multishot.benchmarks.scale;

import io.multishot.correlator.Correlator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Many correlators in one process: the memory of each, and how often the timer wakes up for all of them. */
final class ManyCorrelators {
    static final int COUNT = 50_000;
    static final String EMPTY = "empty";
    static final String WITH_DEADLINE = "one request each";
    static final String WITHOUT = "one each without a deadline";
    static final String BYTES = ", bytes";
    static final String TIMERS = ", timers, %";
    static final String WAKE_UPS = ", wake-ups a second";

    private static final String TIMER = "multishot-timer";
    private static final String SWITCHES = "voluntary_ctxt_switches:";
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final double SECOND = 1e9;
    private static final double PERCENT = 100;

    private final Settings settings;
    private final Figures figures = new Figures();
    private final ProcessorTime time = new ProcessorTime();
    private final List<Correlator<Object>> correlators = new ArrayList<>(COUNT);
    private long usedBefore;

    private ManyCorrelators(Settings settings) {
        this.settings = settings;
    }

    static Figures measure(Settings settings) {
        return new ManyCorrelators(settings).measure();
    }

    private Figures measure() {
        Correlator<Object> first = Correlator.withCapacity(1); // loads the classes
        first.open(Load.TIMEOUT, new Waiter());
        endAll(first);
        usedBefore = Cost.usedHeap();
        for (int i = 0; i < COUNT; i++) {
            correlators.add(Correlator.withCapacity(Correlator.MAX_CAPACITY));
        }
        describe(EMPTY);
        correlators.forEach(each -> each.open(Load.TIMEOUT, new Waiter()));
        describe(WITH_DEADLINE);
        correlators.forEach(ManyCorrelators::endAll);
        correlators.forEach(each -> each.open(null, new Waiter()));
        describe(WITHOUT);
        correlators.forEach(ManyCorrelators::endAll);
        return figures;
    }

    private static void endAll(Correlator<Object> correlator) {
        correlator.failAll(new IllegalStateException("over"));
    }

    private void describe(String what) {
        figures.put(what + BYTES, (Cost.usedHeap() - usedBefore) / (double) COUNT);
        long begin = System.nanoTime();
        long wakeUps = wakeUps();
        time.start();
        Load.sleepUntil(begin + settings.window().dividedBy(3).toNanos());
        time.sample();
        double took = System.nanoTime() - begin;
        figures.put(what + TIMERS, PERCENT * time.timers() / took);
        if (Files.exists(THREADS)) {
            // An idle thread ends, and takes its count with it.
            figures.put(what + WAKE_UPS, Math.max(0, wakeUps() - wakeUps) * SECOND / took);
        }
    }

    /** Returns how often the timer's thread went to sleep, as Linux counts it; zero if there is no such thread. */
    private static long wakeUps() {
        try (Stream<Path> threads = Files.list(THREADS)) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).startsWith(TIMER)) {
                    return Files.readAllLines(thread.resolve("status")).stream()
                            .filter(line -> line.startsWith(SWITCHES))
                            .mapToLong(line -> Long.parseLong(
                                    line.substring(SWITCHES.length()).strip()))
                            .sum();
                }
            }
        } catch (IOException e) {
            return 0; // not on Linux, or a thread ended meanwhile
        }
        return 0;
    }
}
