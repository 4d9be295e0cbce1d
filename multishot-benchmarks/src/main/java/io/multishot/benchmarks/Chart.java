package io.multishot.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as SVG: the median, with a line from the least to the most of all iterations.
 *
 * @param unit the unit of the numbers
 */
record Chart(String title, String unit, List<Bar> bars) {
    private static final int LEFT = 370;
    private static final int WIDTH = 300;
    private static final int ROW = 22;
    private static final int TOP = 44;

    /**
     * One bar.
     *
     * @param ours true to set it off
     */
    record Bar(String label, double least, double median, double most, boolean ours) {}

    String svg() {
        double longest = bars.stream().mapToDouble(Bar::median).max().orElse(1);
        int height = TOP + bars.size() * ROW + 10;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<text x=\"12\" y=\"22\" font-size=\"14\" font-weight=\"bold\">%s</text>"
                        + "<text x=\"748\" y=\"22\" text-anchor=\"end\">%s</text>%n",
                height,
                title,
                unit));
        for (int i = 0; i < bars.size(); i++) {
            append(svg, bars.get(i), TOP + i * ROW, WIDTH / longest);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void append(StringBuilder svg, Bar bar, int top, double scale) {
        double end = LEFT + bar.median * scale;
        double most = Math.min(LEFT + bar.most * scale, LEFT + WIDTH * 1.05);
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 8, top + 12, bar.label));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>%n",
                LEFT,
                top,
                Math.max(end - LEFT, 1),
                bar.ours ? "#2a6f97" : "#b0b0b0"));
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%.1f %d H%.1f\" stroke=\"black\"/>%n",
                LEFT + bar.least * scale,
                top + 8,
                most));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                Math.max(end, most) + 6,
                top + 12,
                Comparison.figure(bar.median)));
    }
}
