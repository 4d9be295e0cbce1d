package io.multishot.benchmarks.scale;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines through points as SVG, on two logarithmic axes, with a stroke from the least to the most at each point.
 *
 * @param across the name of the horizontal axis
 * @param up the name of the vertical axis
 */
record LogLogChart(String title, String across, String up, List<Line> lines) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int RIGHT = 540;
    private static final int TOP = 44;
    private static final int BOTTOM = 370;
    private static final int LABEL_HEIGHT = 15;
    private static final String[] OURS = {"#2a6f97", "#61a5c2"};
    private static final String[] PEERS = {"#404040", "#c1121f", "#e09f3e", "#7b9e3a"};

    /**
     * One line.
     *
     * @param ours true to set it off
     */
    record Line(String label, boolean ours, List<Point> points) {}

    /** One point, and the range in which it was measured. */
    record Point(double x, double least, double y, double most) {}

    String svg() {
        double left = Math.floor(
                log(lines.stream().mapToDouble(line -> first(line).x).min().orElse(1)));
        double right =
                log(lines.stream().mapToDouble(line -> last(line).x).max().orElse(10));
        double bottom =
                Math.floor(log(all(Point::least).min(Comparator.naturalOrder()).orElse(1.0)));
        double top =
                Math.ceil(log(all(Point::most).max(Comparator.naturalOrder()).orElse(10.0)));
        Axis x = new Axis(left, Math.max(right, left + 1), LEFT, RIGHT);
        Axis y = new Axis(bottom, Math.max(top, bottom + 1), BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        append(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH,
                HEIGHT);
        append(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
        append(svg, "<text x=\"12\" y=\"22\" font-size=\"14\" font-weight=\"bold\">%s</text>%n", title);
        append(svg, "<text x=\"748\" y=\"22\" text-anchor=\"end\">%s</text>%n", up);
        append(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", (LEFT + RIGHT) / 2, 408, across);
        appendGrid(svg, x, y);
        appendLines(svg, x, y);
        return svg.append("</svg>\n").toString();
    }

    private static void appendGrid(StringBuilder svg, Axis x, Axis y) {
        for (int power = (int) x.from; power <= x.to; power++) {
            double at = x.at(Math.pow(10, power));
            append(svg, "<path d=\"M%.1f %d V%d\" stroke=\"#e0e0e0\"/>%n", at, TOP, BOTTOM);
            append(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", at, BOTTOM + 18, number(power));
        }
        for (int power = (int) y.from; power <= y.to; power++) {
            double at = y.at(Math.pow(10, power));
            append(svg, "<path d=\"M%d %.1f H%d\" stroke=\"#e0e0e0\"/>%n", LEFT, at, RIGHT);
            append(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 8, at + 4, number(power));
        }
    }

    private void appendLines(StringBuilder svg, Axis x, Axis y) {
        Map<Line, String> colors = colors();
        double above = 0;
        for (Line line : lines.stream()
                .sorted(Comparator.comparingDouble(line -> y.at(last(line).y)))
                .toList()) {
            String color = Objects.requireNonNull(colors.get(line));
            append(
                    svg,
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                    line.points.stream()
                            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x.at(point.x), y.at(point.y)))
                            .collect(Collectors.joining(" ")),
                    color,
                    line.ours ? 3 : 2);
            for (Point point : line.points) {
                append(
                        svg,
                        "<path d=\"M%.1f %.1f V%.1f\" stroke=\"%s\"/><circle cx=\"%1$.1f\" cy=\"%.1f\" r=\"3\""
                                + " fill=\"%4$s\"/>%n",
                        x.at(point.x),
                        y.at(point.least),
                        y.at(point.most),
                        color,
                        y.at(point.y));
            }
            double label = Math.max(y.at(last(line).y) + 4, above + LABEL_HEIGHT);
            append(svg, "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>%n", RIGHT + 10, label, color, line.label);
            above = label;
        }
    }

    /** By their order, so that a line has the same colour in each chart. */
    private Map<Line, String> colors() {
        Map<Line, String> colors = new HashMap<>();
        int ours = 0;
        int peers = 0;
        for (Line line : lines) {
            colors.put(line, line.ours ? OURS[ours++ % OURS.length] : PEERS[peers++ % PEERS.length]);
        }
        return colors;
    }

    private Stream<Double> all(Function<Point, Double> what) {
        return lines.stream().flatMap(line -> line.points.stream()).map(what);
    }

    private static Point first(Line line) {
        return line.points.get(0);
    }

    private static Point last(Line line) {
        return line.points.get(line.points.size() - 1);
    }

    private static double log(double value) {
        return Math.log10(value);
    }

    private static String number(int power) {
        return String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, power)));
    }

    @SuppressWarnings("AnnotateFormatMethod") // no dependency for it
    private static void append(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    /** Maps the powers of ten from one to another one to pixels. */
    private record Axis(double from, double to, int begin, int end) {
        double at(double value) {
            return begin + (log(value) - from) / (to - from) * (end - begin);
        }
    }
}
