package io.multishot.benchmarks.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows the figures beside what they are to be at most, as tables in Markdown, and as a chart. */
final class ScaleReport {
    private static final String TITLE = "A reply to a random request and the next request, by requests in flight";
    private static final String LEFT_OUT = "left out";
    private static final String CELL = " | ";
    private static final int THOUSAND = 1_000;
    private static final int MILLION = 1_000_000;

    private final Settings settings;
    private final Figures figures;
    private final StringBuilder text = new StringBuilder();
    private String head = "";

    ScaleReport(Settings settings, Figures figures) {
        this.settings = settings;
        this.figures = figures;
    }

    /** Returns all tables, after lines that say when and where they were measured. */
    String text(List<String> setting, String chart) {
        setting.forEach(line -> text.append("- ").append(line).append('\n'));
        int large = settings.largest(MILLION);
        appendGoals(large);
        appendCosts("A reply and the next request, ns", Cost.NANOS);
        appendCosts("Memory of a request in flight, bytes", Cost.BYTES);
        appendShares();
        appendLateness(large);
        appendAtOnce(large);
        appendMany();
        if (!chart().lines().isEmpty()) {
            text.append("\n![").append(TITLE).append("](").append(chart).append(")\n");
        }
        return text.toString();
    }

    // ---- goals ------------------------------------------------------------------------------------------------------

    private void appendGoals(int large) {
        head("goal", "in flight", "measured", "at most", "");
        for (int size : settings.sizes()) {
            appendRatio("with deadlines ÷ map without", size, Contender.MAP_WITHOUT, shareOfMap(size));
        }
        for (int size : settings.sizes()) {
            appendRatio(
                    "with deadlines ÷ `orTimeout`",
                    size,
                    Contender.OR_TIMEOUT,
                    size < 100 * THOUSAND ? Double.NaN : 0.25);
        }
        for (int size : settings.sizes()) {
            boolean largest = size == 10 * MILLION;
            appendGoal(
                    "the timer's share of a processor, nothing expires, %",
                    size, table(Part.NONE_EXPIRE, size, TimerShare.TIMERS), largest ? 1 : Double.NaN);
            appendGoal(
                    "the timer's share of a processor, all expire evenly within "
                            + settings.window().toSeconds() + " s, %",
                    size,
                    table(Part.ALL_EXPIRE, size, TimerShare.TIMERS),
                    largest ? 20 : Double.NaN);
        }
        appendGoal("processor time to end all at once, ms", large, table(Part.AT_ONCE, large, Expiry.PROCESSOR), 400);
        appendGoal("deadlines that end early", large, table(Part.LATENESS, large, Expiry.LATE + ", early"), 0);
        appendGoal(
                "deadlines late at p99.9, without pauses, ms",
                large,
                table(Part.LATENESS, large, Expiry.LATE + ", p99.9, ms"),
                12);
        appendGoal(
                "another correlator's deadlines late at most, when all are due at once, without pauses, ms",
                large,
                table(Part.NEIGHBOUR, large, Expiry.LATE + ", most, ms"),
                20);
    }

    private static double shareOfMap(int size) {
        return switch (size) {
            case THOUSAND -> 0.85;
            case 100 * THOUSAND -> 0.7;
            case MILLION, 10 * MILLION -> 0.95;
            default -> Double.NaN;
        };
    }

    private void appendRatio(String goal, int size, Contender peer, double atMost) {
        OptionalDouble ours = table(Part.COST, size, Cost.NANOS);
        OptionalDouble peers = figures.median(Run.name(Part.COST, peer, size) + Cost.NANOS);
        if (ours.isPresent() && peers.isPresent()) {
            double ratio = ours.getAsDouble() / peers.getAsDouble();
            row(
                    goal,
                    count(size),
                    figure(ours.getAsDouble()) + " ÷ " + figure(peers.getAsDouble()) + " ns = " + figure(ratio),
                    Double.isNaN(atMost) ? "" : figure(atMost),
                    verdict(ratio, atMost));
        }
    }

    private void appendGoal(String goal, int size, OptionalDouble measured, double atMost) {
        if (measured.isPresent()) {
            double value = measured.getAsDouble();
            row(goal, count(size), figure(value), Double.isNaN(atMost) ? "" : figure(atMost), verdict(value, atMost));
        }
    }

    private static String verdict(double measured, double atMost) {
        return Double.isNaN(atMost) ? "" : measured <= atMost ? "met" : "missed";
    }

    private OptionalDouble table(Part part, int size, String what) {
        return figures.median(Run.name(part, Contender.TABLE, size) + what);
    }

    // ---- all figures ------------------------------------------------------------------------------------------------

    private void appendCosts(String title, String what) {
        List<String> cells = new ArrayList<>(List.of(title));
        settings.sizes().forEach(size -> cells.add(count(size) + " in flight"));
        head(cells.toArray(String[]::new));
        for (Contender contender : Contender.values()) {
            rowIfAny(
                    contender.label(),
                    settings.sizes().stream()
                            .map(size -> cost(contender, size, what))
                            .toArray(String[]::new));
        }
    }

    private String cost(Contender contender, int size, String what) {
        String cell = withRange(Run.name(Part.COST, contender, size) + what);
        return cell.isEmpty() && !contender.isFor(size) ? LEFT_OUT : cell;
    }

    private void appendShares() {
        head(
                "share of a processor, %",
                "in flight",
                "none expire",
                "1 % within " + settings.window().toSeconds() + " s",
                "all",
                "all, callbacks apart");
        for (Contender contender : Contender.values()) {
            for (int size : settings.sizes()) {
                String all = Run.name(Part.ALL_EXPIRE, contender, size);
                rowIfAny(
                        contender.label() + CELL + count(size),
                        withRange(Run.name(Part.NONE_EXPIRE, contender, size) + TimerShare.TIMERS),
                        withRange(Run.name(Part.SOME_EXPIRE, contender, size) + TimerShare.TIMERS),
                        withRange(all + TimerShare.TIMERS),
                        withRange(all + TimerShare.CALLBACKS));
            }
        }
    }

    private void appendLateness(int large) {
        head(
                "deadlines late, ms",
                "in flight",
                "p50",
                "p99.9",
                "most",
                "p99.9 with pauses",
                "most with pauses",
                "pauses",
                "longest pause",
                "replies a second");
        for (Contender contender : Contender.values()) {
            appendLateness(contender.label(), Run.name(Part.LATENESS, contender, large), large);
        }
        appendLateness(
                "correlator, beside one with all due at once", Run.name(Part.NEIGHBOUR, Contender.TABLE, large), large);
    }

    private void appendLateness(String label, String run, int size) {
        String late = run + Expiry.LATE;
        rowIfAny(
                label + CELL + count(size),
                withRange(late + ", p50, ms"),
                withRange(late + ", p99.9, ms"),
                withRange(late + ", most, ms"),
                withRange(late + ", with pauses, p99.9, ms"),
                withRange(late + ", with pauses, most, ms"),
                withRange(late + ", pauses"),
                withRange(late + ", longest pause, ms"),
                withRange(run + Expiry.REPLIES));
    }

    private void appendAtOnce(int large) {
        head("all due at once, ms", "in flight", "processor time", "of it for callbacks", "until the last was told");
        for (Contender contender : Contender.values()) {
            String run = Run.name(Part.AT_ONCE, contender, large);
            rowIfAny(
                    contender.label() + CELL + count(large),
                    withRange(run + Expiry.PROCESSOR),
                    withRange(run + Expiry.OF_CALLBACKS),
                    withRange(run + Expiry.TOOK));
        }
    }

    private void appendMany() {
        String run = Run.name(Part.MANY_CORRELATORS, Contender.TABLE, settings.largest(MILLION));
        head(
                count(ManyCorrelators.COUNT) + " correlators",
                "bytes each",
                "the timer's share of a processor, %",
                "its wake-ups a second");
        for (String what : List.of(ManyCorrelators.EMPTY, ManyCorrelators.WITH_DEADLINE, ManyCorrelators.WITHOUT)) {
            rowIfAny(
                    what,
                    withRange(run + what + ManyCorrelators.BYTES),
                    withRange(run + what + ManyCorrelators.TIMERS),
                    withRange(run + what + ManyCorrelators.WAKE_UPS));
        }
    }

    LogLogChart chart() {
        List<LogLogChart.Line> lines = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            List<LogLogChart.Point> points = settings.sizes().stream()
                    .filter(size -> figures.has(nanosOf(contender, size)))
                    .map(size -> point(contender, size))
                    .toList();
            if (!points.isEmpty()) {
                lines.add(new LogLogChart.Line(contender.label().replace("`", ""), contender.isOurs(), points));
            }
        }
        return new LogLogChart(TITLE, "requests in flight", "ns", lines);
    }

    private LogLogChart.Point point(Contender contender, int size) {
        String name = nanosOf(contender, size);
        return new LogLogChart.Point(
                size, figures.least(name), figures.median(name).orElseThrow(), figures.most(name));
    }

    private static String nanosOf(Contender contender, int size) {
        return Run.name(Part.COST, contender, size) + Cost.NANOS;
    }

    // ---- Markdown ---------------------------------------------------------------------------------------------------

    /** Begins a table, which is there once it has a row. */
    private void head(String... cells) {
        head = "\n| " + String.join(CELL, cells) + " |\n| --- |" + " ---: |".repeat(cells.length - 1) + "\n";
    }

    private void row(String first, String... more) {
        text.append(head).append("| ").append(first).append(" |");
        head = "";
        Arrays.stream(more).forEach(cell -> text.append(' ').append(cell).append(" |"));
        text.append('\n');
    }

    private void rowIfAny(String first, String... more) {
        if (Arrays.stream(more).anyMatch(cell -> !cell.isEmpty() && !cell.equals(LEFT_OUT))) {
            row(first, more);
        }
    }

    /** Returns the median, with the least and the most where there are several values; empty if there is none. */
    private String withRange(String name) {
        OptionalDouble median = figures.median(name);
        if (median.isEmpty()) {
            return "";
        }
        String range = figures.least(name) == figures.most(name)
                ? ""
                : " (" + figure(figures.least(name)) + "–" + figure(figures.most(name)) + ")";
        return figure(median.getAsDouble()) + range;
    }

    private static String count(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String figure(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : Math.abs(value) < 100 ? "%.1f" : "%,.0f", value);
    }
}
