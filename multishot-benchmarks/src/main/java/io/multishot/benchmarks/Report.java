package io.multishot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes what was measured into {@code docs/performance.md}, and draws the charts beside it. */
final class Report {
    private static final String MEASURED = "<!-- measured: written by -Dbenchmarks=report -->\n";
    private static final String END_OF_MEASURED = "<!-- end of measured -->";
    private static final String SCALE = "<!-- scale: written by -Dbenchmarks=report -->\n";
    private static final String END_OF_SCALE = "<!-- end of scale -->";

    private Report() {}

    static void write(Path results, Path docs) throws IOException {
        Path page = docs.resolve("performance.md");
        Path charts = docs.resolve("performance");
        Collection<Path> jsons = files(results);
        Collection<Path> scales = scales(results);
        if (jsons.isEmpty() && scales.isEmpty()) {
            throw new IllegalStateException("nothing was measured yet: run -Dbenchmarks=full first");
        }
        StringBuilder measured = new StringBuilder();
        for (Path json : jsons) {
            append(measured, results, json, charts);
        }
        StringBuilder scale = new StringBuilder();
        for (Path tables : scales) {
            appendScale(scale, tables, charts);
        }
        String text = Files.readString(page);
        text = put(text, MEASURED, measured, END_OF_MEASURED);
        Files.writeString(page, put(text, SCALE, scale, END_OF_SCALE));
    }

    /** Returns the page with this between the two marks, unless there is nothing to put there. */
    private static String put(String page, String beginMark, CharSequence figures, String endMark) {
        int begin = page.indexOf(beginMark);
        int end = page.indexOf(endMark);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the page has no place for the figures: " + beginMark + endMark);
        }
        return figures.isEmpty() ? page : page.substring(0, begin + beginMark.length()) + figures + page.substring(end);
    }

    /** The tables of the scale run, one for each JDK. */
    private static Collection<Path> scales(Path results) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            return files.filter(file -> file.getFileName().toString().matches("scale-jdk.*\\.md"))
                    .sorted()
                    .toList();
        }
    }

    private static void appendScale(StringBuilder page, Path tables, Path charts) throws IOException {
        String name = tables.getFileName().toString().replace(".md", "");
        page.append("\n### ")
                .append(name.replace("scale-jdk", "Scale on JDK "))
                .append("\n\n")
                .append(Files.readString(tables))
                .append('\n');
        Path chart = tables.resolveSibling(name + ".svg");
        Files.createDirectories(charts);
        Files.copy(chart, charts.resolve(chart.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** One for each JDK: of the full run if there was one, or else of the short one. */
    private static Collection<Path> files(Path results) throws IOException {
        Map<String, Path> byJdk = new TreeMap<>();
        for (String mode : List.of("short", "full")) {
            try (Stream<Path> files = Files.list(results)) {
                files.filter(file -> file.getFileName().toString().matches(mode + "-jdk.*\\.json"))
                        .forEach(file -> byJdk.put(jdk(file), file));
            }
        }
        return byJdk.values();
    }

    private static String jdk(Path json) {
        return json.getFileName().toString().replaceAll("(short|full)-|\\.json", "");
    }

    private static void append(StringBuilder page, Path results, Path json, Path charts) throws IOException {
        String jdk = jdk(json);
        List<Measurement> measured = Measurement.read(json);
        page.append("\n### ").append(jdk.replace("jdk", "JDK ")).append("\n\n");
        Setting.read(json)
                .lines()
                .forEach(line -> page.append("- ").append(line).append('\n'));
        page.append('\n').append(Comparison.table(measured)).append('\n');
        String heaps = Heap.table(results, jdk);
        if (!heaps.isEmpty()) {
            page.append("With other collectors, one after the other (`-Dbenchmarks=heap`):\n\n")
                    .append(heaps)
                    .append('\n');
        }
        Files.createDirectories(charts);
        for (Map.Entry<String, Chart> chart : charts(measured).entrySet()) {
            String file = chart.getKey() + "-" + jdk + ".svg";
            Files.writeString(charts.resolve(file), chart.getValue().svg());
            page.append("![")
                    .append(chart.getValue().title())
                    .append("](performance/")
                    .append(file)
                    .append(")\n");
        }
    }

    private static Map<String, Chart> charts(List<Measurement> measured) {
        Map<String, Chart> charts = new LinkedHashMap<>();
        charts.put("ratios", ratios(measured));
        add(charts, measured, "value-first", "A round, value first", "ValueFirst\\..*");
        add(charts, measured, "waiter-first", "A round, waiter first, by callback", "WaiterFirst\\..*");
        add(charts, measured, "mono-receive", "A round as a Mono, subscriber first", "MonoReceive\\..*");
        add(charts, measured, "round-trip", "A round trip between two threads that spin", "RoundTrip\\..*");
        add(
                charts,
                measured,
                "hand-off-platform",
                "A round trip between two threads that block, platform",
                "HandOff\\..*platform.*");
        add(
                charts,
                measured,
                "hand-off-virtual",
                "A round trip between two threads that block, virtual",
                "HandOff\\..*virtual.*");
        add(
                charts,
                measured,
                "correlator",
                "Request and reply, by callback",
                "Correlator\\.((?!capacity).)*( capacity 1024,)? inFlight 1, 1 threads");
        add(
                charts,
                measured,
                "correlator-threads",
                "Request and reply by callback, with threads",
                "Correlator\\.(callback|mapFuture)(, capacity 1024)?, inFlight 1, .*");
        add(
                charts,
                measured,
                "correlator-capacity",
                "Request and reply by callback, by capacity",
                "Correlator\\.callback, .*inFlight 1, 1 threads");
        add(
                charts,
                measured,
                "correlator-in-flight",
                "Request and reply by callback, by requests in flight",
                "Correlator\\.(callback, capacity 1048576|mapFuture|caffeineFutureTimeout), inFlight .*, 1 threads");
        add(charts, measured, "request", "Request and reply, as a Mono", "Request\\..*");
        add(charts, measured, "pipeline", "A value through a pipeline", "Pipeline\\..*");
        return charts;
    }

    private static Chart ratios(List<Measurement> measured) {
        List<Chart.Bar> bars = new ArrayList<>();
        for (Comparison comparison : Comparison.ALL) {
            Optional<Measurement> ours = Comparison.find(measured, comparison.ours());
            Optional<Measurement> peer = Comparison.find(measured, comparison.peer());
            if (ours.isPresent() && peer.isPresent() && !comparison.workload().startsWith("the same")) {
                double unit = peer.get().median();
                bars.add(new Chart.Bar(
                        comparison.workload().replace("`", ""),
                        ours.get().least() / unit,
                        ours.get().median() / unit,
                        ours.get().most() / unit,
                        true));
            }
        }
        return new Chart("Time of multishot ÷ time of its peer", "1: as long; shorter is better", bars);
    }

    private static void add(
            Map<String, Chart> charts, List<Measurement> measured, String file, String title, String names) {
        List<Chart.Bar> bars = measured.stream()
                .filter(each -> each.name().matches(names))
                .map(each -> new Chart.Bar(
                        label(each.name()), each.least(), each.median(), each.most(), isOurs(each.name())))
                .toList();
        if (bars.size() > 1) { // one alone compares with nothing
            charts.put(file, new Chart(title, "ns, with least and most of all iterations", bars));
        }
    }

    private static String label(String name) {
        return name.substring(name.indexOf('.') + 1)
                .replace(", 1 threads", "")
                .replaceAll(", threads (platform|virtual)", "");
    }

    private static boolean isOurs(String name) {
        return name.matches("[A-Za-z]+\\.(recycled|fresh|receive|multishot|callback|request|senders).*");
    }
}
