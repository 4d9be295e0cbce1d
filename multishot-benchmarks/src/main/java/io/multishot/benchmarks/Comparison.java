package io.multishot.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ours beside a peer's: the ratio of the medians, and what it is to be at most.
 *
 * @param ours the name of a {@link Measurement}
 * @param peer the name of another one
 */
record Comparison(String workload, String ours, String peer, double atMost) {
    static final String ONE = ", 1 threads";
    private static final String EIGHT = ", 8 threads";
    private static final String TABLE = ", capacity 1024, inFlight 1";
    private static final String MAP = ", inFlight 1";

    /** Everything that the short run measures. */
    static final List<Comparison> ALL = List.of(
            of(
                    "waiter first, recycled ÷ `CompletableFuture.thenAccept`",
                    "WaiterFirst.recycled",
                    "WaiterFirst.completableFuture",
                    0.35),
            of(
                    "the same in two steps, `recycle` and `receive`",
                    "WaiterFirst.recycledThenReceived",
                    "WaiterFirst.completableFuture",
                    Double.NaN),
            of(
                    "value first, recycled ÷ `CompletableFuture`",
                    "ValueFirst.recycled",
                    "ValueFirst.completableFuture",
                    0.9),
            of(
                    "`Mono` receive, raw subscriber ÷ `Sinks.one`",
                    "MonoReceive.receiveRaw",
                    "MonoReceive.sinksOneRaw",
                    0.35),
            of(
                    "`Mono` receive, raw subscriber ÷ `Mono.create`",
                    "MonoReceive.receiveRaw",
                    "MonoReceive.monoCreateRaw",
                    0.8),
            of(
                    "correlator, callback ÷ map + `CompletableFuture`",
                    "Correlator.callback" + TABLE,
                    "Correlator.mapFuture" + MAP,
                    0.35),
            of(
                    "the same with timeout",
                    "Correlator.callbackTimeout" + TABLE,
                    "Correlator.mapFutureTimeout" + MAP,
                    Double.NaN),
            of("`request` as a `Mono` ÷ map + `Sinks.one`", "Request.request" + TABLE, "Request.mapSink" + MAP, 0.3),
            of("the same with timeout", "Request.requestTimeout" + TABLE, "Request.mapSinkTimeout" + MAP, 0.04),
            of(
                    "two-thread round trip ÷ bare volatile ping-pong",
                    "RoundTrip.multishot",
                    "RoundTrip.volatileWords",
                    1.15),
            of(
                    "two-thread round trip ÷ bare words that are looked at before they are written",
                    "RoundTrip.multishot",
                    "RoundTrip.comparedWords",
                    Double.NaN),
            of(
                    "blocking hand-off, platform threads ÷ `SynchronousQueue`",
                    "HandOff.multishot, threads platform",
                    "HandOff.synchronousQueue, threads platform",
                    0.8),
            of(
                    "blocking hand-off, platform threads ÷ `Exchanger`",
                    "HandOff.multishot, threads platform",
                    "HandOff.exchanger, threads platform",
                    0.9),
            of(
                    "blocking hand-off, virtual threads ÷ `SynchronousQueue`",
                    "HandOff.multishot, threads virtual",
                    "HandOff.synchronousQueue, threads virtual",
                    0.8),
            new Comparison(
                    "correlator, 8 threads ÷ map + `CompletableFuture`",
                    "Correlator.callback" + TABLE + EIGHT,
                    "Correlator.mapFuture" + MAP + EIGHT,
                    0.5),
            of(
                    "waiter first, recycled ÷ its atomic operations alone",
                    "WaiterFirst.recycled",
                    "WaiterFirst.bareWord",
                    Double.NaN),
            of(
                    "value first, recycled ÷ its atomic operations alone",
                    "ValueFirst.recycled",
                    "ValueFirst.bareWord",
                    Double.NaN));

    private static Comparison of(String workload, String ours, String peer, double atMost) {
        return new Comparison(workload, ours + ONE, peer + ONE, atMost);
    }

    /** The bytes that a round, or a request and its reply, allocates. */
    private record Allocation(String what, String name, int bytes) {}

    private static final List<Allocation> ALLOCATIONS = List.of(
            new Allocation("a recycled round", "WaiterFirst.recycled" + ONE, 0),
            new Allocation("a round with a fresh sender", "WaiterFirst.fresh" + ONE, 16),
            new Allocation("a `Mono` receive", "MonoReceive.receiveRaw" + ONE, 32),
            new Allocation("a correlated callback", "Correlator.callback" + TABLE + ONE, 24),
            new Allocation("a correlated `Mono`", "Request.request" + TABLE + ONE, 64));

    /** Returns a pattern for JMH: the benchmarks of all this with so many threads in the matching classes. */
    static String benchmarks(int threads, String classes) {
        return Stream.concat(
                        ALL.stream().flatMap(each -> Stream.of(each.ours, each.peer)),
                        ALLOCATIONS.stream().map(Allocation::name))
                .filter(name -> name.endsWith(", " + threads + " threads"))
                .map(name -> name.substring(0, name.indexOf(',')))
                .filter(name -> name.substring(0, name.indexOf('.')).matches(classes))
                .map(name -> name.replace(".", "Benchmark."))
                .distinct()
                .collect(Collectors.joining("|", "\\.(", ")$"));
    }

    /** The comparisons for which there are measurements, in Markdown. */
    static String table(List<Measurement> measured) {
        StringBuilder table = new StringBuilder(
                "| workload | ours, ns | peer, ns | ratio | at most |\n| --- | ---: | ---: | ---: | ---: |\n");
        for (Comparison comparison : ALL) {
            Optional<Measurement> ours = find(measured, comparison.ours);
            Optional<Measurement> peer = find(measured, comparison.peer);
            if (ours.isPresent() && peer.isPresent()) {
                double ratio = ours.get().median() / peer.get().median();
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s |%n",
                        comparison.workload,
                        shown(ours.get()),
                        shown(peer.get()),
                        ratio(ratio),
                        Double.isNaN(comparison.atMost)
                                ? ""
                                : ratio(comparison.atMost) + (ratio <= comparison.atMost ? "" : " (missed)")));
            }
        }
        table.append("\n| allocated by | bytes | at most |\n| --- | ---: | ---: |\n");
        for (Allocation allocation : ALLOCATIONS) {
            find(measured, allocation.name)
                    .ifPresent(found -> table.append(String.format(
                            Locale.ROOT, "| %s | %.0f | %d |%n", allocation.what, found.bytes(), allocation.bytes)));
        }
        return table.toString();
    }

    static Optional<Measurement> find(List<Measurement> measured, String name) {
        return measured.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The median, and least and most of all iterations. */
    private static String shown(Measurement measurement) {
        return figure(measurement.median()) + " (" + figure(measurement.least()) + "–" + figure(measurement.most())
                + ")";
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.2f", value);
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
