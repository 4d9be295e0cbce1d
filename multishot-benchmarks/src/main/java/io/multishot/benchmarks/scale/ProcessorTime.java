package io.multishot.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The processor time of all threads that start after this was made: those of the timers, and apart from them those on
 * which the correlator runs callbacks. A thread's time is lost with it, so {@link #sample} now and then. The JVM's own
 * threads, for garbage and for compiling, are not among them.
 */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String CALLBACKS = "multishot-callbacks";

    private final Set<Long> before = new HashSet<>();
    private final Map<Long, Long> timers = new HashMap<>();
    private final Map<Long, Long> callbacks = new HashMap<>();
    private long timersBefore;
    private long callbacksBefore;

    ProcessorTime() {
        Arrays.stream(THREADS.getAllThreadIds()).forEach(before::add);
    }

    /** Begins to count. */
    void start() {
        sample();
        timersBefore = sum(timers);
        callbacksBefore = sum(callbacks);
    }

    void sample() {
        for (long id : THREADS.getAllThreadIds()) {
            long time = before.contains(id) ? -1 : THREADS.getThreadCpuTime(id);
            if (time >= 0) {
                (callbacks.containsKey(id) || (!timers.containsKey(id) && runsCallbacks(id)) ? callbacks : timers)
                        .put(id, time);
            }
        }
    }

    private static boolean runsCallbacks(long id) {
        ThreadInfo thread = THREADS.getThreadInfo(id);
        return thread != null && thread.getThreadName().startsWith(CALLBACKS);
    }

    /** Returns the nanoseconds of the timers up to the last sample. */
    long timers() {
        return sum(timers) - timersBefore;
    }

    /** Returns the nanoseconds of the callbacks' threads up to the last sample. */
    long callbacks() {
        return sum(callbacks) - callbacksBefore;
    }

    private static long sum(Map<Long, Long> times) {
        return times.values().stream().mapToLong(Long::longValue).sum();
    }
}
