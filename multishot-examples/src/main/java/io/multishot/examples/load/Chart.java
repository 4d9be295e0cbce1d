package io.multishot.examples.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Draws the medians of a result as bars, each beside the map's, which is 1:
 * {@code java Chart.java result.csv chart.svg}.
 */
public final class Chart {
    private static final int LEFT = 190;
    private static final int BAR = 14;
    private static final int GROUP = 46;
    private static final double UNIT = 300;

    private record Measure(String title, int column) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("requests per second", 2),
            new Measure("latency, 50 %", 3),
            new Measure("latency, 99 %", 4),
            new Measure("latency, 99.9 %", 5),
            new Measure("bytes per request", 7));

    private Chart() {}

    /**
     * Draws the chart.
     *
     * @param args the file with the result, and the file to write
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of(args[0])).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
        StringBuilder svg = new StringBuilder();
        int height = 40 + MEASURES.size() * GROUP;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"%d\"".formatted(height));
        svg.append(" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < MEASURES.size(); i++) {
            Measure measure = MEASURES.get(i);
            double map = median(rows, "map", measure.column());
            double correlator = median(rows, "correlator", measure.column());
            int top = 20 + i * GROUP;
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                    .formatted(LEFT - 10, top + BAR + 4, measure.title()));
            bar(svg, top, correlator / map, "#2a6f97", "correlator: " + shown(correlator));
            bar(svg, top + BAR, 1, "#b0b0b0", "map: " + shown(map));
        }
        svg.append("</svg>\n");
        Files.writeString(Path.of(args[1]), svg);
    }

    private static void bar(StringBuilder svg, int top, double ratio, String colour, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>%n",
                LEFT,
                top,
                ratio * UNIT,
                BAR - 2,
                colour));
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.0f\" y=\"%d\">%s</text>%n", LEFT + ratio * UNIT + 6, top + BAR - 4, text));
    }

    private static double median(List<String[]> rows, String way, int column) {
        double[] values = rows.stream()
                .filter(row -> row[0].equals(way))
                .mapToDouble(row -> Double.parseDouble(row[column]))
                .sorted()
                .toArray();
        return values.length % 2 == 1
                ? values[values.length / 2]
                : Arrays.stream(values, values.length / 2 - 1, values.length / 2 + 1)
                        .average()
                        .orElseThrow();
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
