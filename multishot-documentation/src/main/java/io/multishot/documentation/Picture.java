package io.multishot.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An SVG file. It has lines, then bands, then marks, then labels, so that the later ones cover the earlier ones. */
final class Picture {
    // The heights of the lanes.
    static final int SENDING = 110;
    static final int CHANNEL = 190;
    static final int SUBSCRIBER = 270;
    static final int SECOND = 370;

    private static final String INK = "#1f2328";
    private static final String GREY = "#6e7781";
    private static final String RED = "#cf222e";
    private static final String GREEN = "#1a7f37";
    private static final String BLUE = "#0969da";
    private static final String ORANGE = "#bc4c00";
    private static final int LEFT = 160;
    private static final int LINE_HEIGHT = 15;

    /** Half the height of marks and bands, which an arrow spares. */
    private static final int REACH = 16;

    private final int width;
    private final int height;
    private final String title;
    private final String description;
    private final List<String> lines = new ArrayList<>();
    private final List<String> bands = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();

    Picture(int width, int height, String title, String description) {
        this.width = width;
        this.height = height;
        this.title = title;
        this.description = description;
        text(20, 34, "start", 16, INK, title);
        legend();
    }

    // ---- the parts of a picture ----

    void lane(int y, String name, String remark) {
        text(20, remark.isEmpty() ? y + 5 : y - 2, "start", 14, INK, name);
        if (!remark.isEmpty()) {
            text(20, y + 14, "start", 12, GREY, remark);
        }
        lines.add(line(LEFT, y, width - 30, y, GREY, 1.5));
        lines.add(polygon(GREY, width - 20, y, width - 30, y - 5, width - 30, y + 5));
    }

    void round(int from, int to, String name) {
        bands.add(rectangle(from, CHANNEL - 14, to - from, 28, "#ddf4ff", BLUE));
        text((from + to) / 2, CHANNEL + 5, "middle", 13, INK, name);
    }

    /** Draws the time in which a round is over and its outcome not received yet. */
    void unread(int from, int to, String outcome) {
        bands.add(rectangle(from, CHANNEL - 14, to - from, 28, "#dafbe1", GREEN));
        text((from + to) / 2, CHANNEL + 5, "middle", 13, INK, outcome);
    }

    void arrow(int x, int from, int to) {
        int sign = Integer.signum(to - from);
        int tip = to - sign * REACH;
        lines.add(line(x, from, x, tip - sign * 8, INK, 1.2));
        lines.add(polygon(INK, x, tip, x - 4, tip - sign * 8, x + 4, tip - sign * 8));
    }

    void subscribe(int x, int lane, String... label) {
        markSubscribe(x, lane);
        label(x, lane, label);
    }

    void handle(int x, int lane, String... label) {
        markHandle(x, lane);
        label(x, lane, label);
    }

    void value(int x, int lane, String value, String... label) {
        markValue(x, lane, value);
        label(x, lane, label);
    }

    void refused(int x, int lane, String... label) {
        markRefused(x, lane);
        label(x, lane, label);
    }

    void complete(int x, int lane, String... label) {
        markComplete(x, lane);
        label(x, lane, label);
    }

    void error(int x, int lane, String... label) {
        markError(x, lane);
        label(x, lane, label);
    }

    void cancel(int x, int lane, String... label) {
        markCancel(x, lane);
        label(x, lane, label);
    }

    void hook(int x, int lane, String... label) {
        markHook(x, lane);
        label(x, lane, label);
    }

    void dispose(int x) {
        markDispose(x, CHANNEL);
        remark(x + 15, CHANNEL - 8, "dispose()");
    }

    /** Writes to the right of a mark. */
    void remark(int x, int y, String text) {
        text(x, y, "start", 12, INK, text);
    }

    private void legend() {
        int y = height - 26;
        lines.add(line(20, y - 26, width - 20, y - 26, "#d0d7de", 1));
        markSubscribe(36, y);
        remark(50, y + 4, "subscribe and request");
        markHandle(226, y);
        remark(240, y + 4, "a sender");
        markValue(332, y, "a");
        remark(350, y + 4, "send, onNext");
        markComplete(470, y);
        remark(480, y + 4, "onComplete");
        markError(590, y);
        remark(604, y + 4, "onError");
        markCancel(690, y);
        remark(706, y + 4, "cancel");
        markHook(786, y);
        remark(802, y + 4, "hook");
        markRefused(872, y);
        remark(890, y + 4, "refused send");
        markDispose(1012, y);
        remark(1026, y + 4, "dispose");
    }

    // ---- marks ----

    private void markSubscribe(int x, int y) {
        marks.add(circle(x, y, 7, "#ffffff", BLUE, 2.5));
    }

    private void markHandle(int x, int y) {
        marks.add(polygon(BLUE, x, y - 10, x + 10, y, x, y + 10, x - 10, y));
    }

    private void markValue(int x, int y, String value) {
        marks.add(circle(x, y, 13, "#dafbe1", GREEN, 2));
        marks.add(svgText(x, y + 5, "middle", 14, INK, value));
    }

    private void markRefused(int x, int y) {
        marks.add(circle(x, y, 13, "#f6f8fa", GREY, 1.5));
        cross(x, y, 9);
    }

    private void markComplete(int x, int y) {
        marks.add(line(x, y - 13, x, y + 13, INK, 3.5));
    }

    private void markError(int x, int y) {
        cross(x, y, 9);
    }

    private void cross(int x, int y, int reach) {
        marks.add(line(x - reach, y - reach, x + reach, y + reach, RED, 3));
        marks.add(line(x - reach, y + reach, x + reach, y - reach, RED, 3));
    }

    private void markCancel(int x, int y) {
        marks.add(circle(x, y, 10, "#ffffff", ORANGE, 2.5));
        marks.add(line(x - 7, y + 7, x + 7, y - 7, ORANGE, 2.5));
    }

    private void markHook(int x, int y) {
        marks.add(polygon(ORANGE, x - 11, y - 9, x + 11, y - 9, x, y + 11));
    }

    private void markDispose(int x, int y) {
        marks.add(rectangle(x - 8, y - 16, 16, 32, INK, INK));
    }

    // ---- labels ----

    /** Writes above the lane of the sending side, or below another one. */
    private void label(int x, int lane, String... label) {
        int first = lane == SENDING ? lane - 24 - LINE_HEIGHT * (label.length - 1) : lane + 30;
        for (int i = 0; i < label.length; i++) {
            text(x, first + LINE_HEIGHT * i, "middle", 12, INK, label[i]);
        }
    }

    private void text(int x, int y, String anchor, int size, String colour, String text) {
        int length = (int) Math.ceil(text.length() * size * 0.6);
        int left = anchor.equals("middle") ? x - length / 2 : x;
        Box box = new Box(text, left, y - size, left + length, y + size / 4);
        boxes.stream().filter(box::overlaps).findAny().ifPresent(other -> {
            throw new IllegalStateException(title + ": labels overlap: " + box + " and " + other);
        });
        if (left < 0 || box.right() > width || box.bottom() > height) {
            throw new IllegalStateException(title + ": label outside: " + box);
        }
        boxes.add(box);
        labels.add(svgText(x, y, anchor, size, colour, text));
    }

    // ---- SVG ----

    void write(Path file) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("<svg xmlns=\"http://www.w3.org/2000/svg\""
                + " viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"".formatted(width, height, width, height)
                + " role=\"img\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">");
        all.add("<!-- by Marbles.java: change it there -->");
        all.add("<title>" + escape(title) + "</title>");
        all.add("<desc>" + escape(description) + "</desc>");
        all.add(rectangle(0, 0, width, height, "#ffffff", "none"));
        all.addAll(lines);
        all.addAll(bands);
        all.addAll(marks);
        all.addAll(labels);
        all.add("</svg>");
        Files.writeString(file, String.join("\n", all) + "\n");
    }

    private static String line(int x1, int y1, int x2, int y2, String colour, double stroke) {
        return "<line x1=\"" + x1 + "\" y1=\"" + y1 + "\" x2=\"" + x2 + "\" y2=\"" + y2 + "\" stroke=\"" + colour
                + "\" stroke-width=\"" + stroke + "\"/>";
    }

    private static String circle(int x, int y, int radius, String fill, String colour, double stroke) {
        return "<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"" + radius + "\" fill=\"" + fill + "\" stroke=\"" + colour
                + "\" stroke-width=\"" + stroke + "\"/>";
    }

    private static String rectangle(int x, int y, int width, int height, String fill, String colour) {
        return "<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\"" + height + "\" fill=\"" + fill
                + "\" stroke=\"" + colour + "\"/>";
    }

    private static String polygon(String fill, int... coordinates) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < coordinates.length; i += 2) {
            points.append(i == 0 ? "" : " ").append(coordinates[i]).append(',').append(coordinates[i + 1]);
        }
        return "<polygon points=\"" + points + "\" fill=\"" + fill + "\"/>";
    }

    private static String svgText(int x, int y, String anchor, int size, String colour, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\" font-size=\"" + size + "\" fill=\""
                + colour + "\">" + escape(text) + "</text>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** The area that a label takes at most, in any font. */
    private record Box(String text, int left, int top, int right, int bottom) {
        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }
}
