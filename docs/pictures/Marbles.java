import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the pictures of {@code docs/reactor.md}: {@code java docs/pictures/Marbles.java [folder]}.
 *
 * <p>Time runs from left to right. Each picture has a lane for the sending side, one for the channel with its rounds, and
 * one or two for subscribers. The output depends on nothing but this file, so that a test can compare it with what is
 * committed. Two labels that overlap are an error.
 */
public class Marbles {
    private static final int SENDING = 110;
    private static final int CHANNEL = 190;
    private static final int SUBSCRIBER = 270;
    private static final int SECOND = 370;

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length == 0 ? "docs/pictures" : arguments[0]);
        receive().write(folder.resolve("receive.svg"));
        exchange().write(folder.resolve("exchange.svg"));
        senders().write(folder.resolve("senders.svg"));
        subscriberOf().write(folder.resolve("subscriber-of.svg"));
    }

    private static Picture receive() {
        Picture picture = new Picture(
                1180,
                480,
                "receive(): cancel leaves the round open, the outcome waits for the next subscription",
                "Round 1: a subscription is cancelled, the value sent later waits and goes to the next subscription."
                        + " Round 2: a second subscription is refused; dispose ends the first one.");
        picture.lane(SENDING, "sending side", "");
        picture.lane(CHANNEL, "channel", "");
        picture.lane(SUBSCRIBER, "subscribers", "one after another");
        picture.lane(SECOND, "one more", "at the same time");

        picture.round(200, 490, "round 1");
        picture.arrow(200, CHANNEL, SENDING);
        picture.handle(200, SENDING, "sender 1", "by sender()");
        picture.subscribe(290, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(290, SUBSCRIBER, CHANNEL);
        picture.cancel(390, SUBSCRIBER, "cancel:", "the round", "goes on");
        picture.arrow(390, SUBSCRIBER, CHANNEL);
        picture.value(490, SENDING, "a", "send(a): true");
        picture.arrow(490, SENDING, CHANNEL);
        picture.unread(490, 605, "a waits");
        picture.subscribe(575, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(575, SUBSCRIBER, CHANNEL);
        picture.arrow(605, CHANNEL, SUBSCRIBER);
        picture.value(605, SUBSCRIBER, "a");
        picture.complete(628, SUBSCRIBER);

        picture.round(730, 1010, "round 2");
        picture.arrow(730, CHANNEL, SENDING);
        picture.handle(730, SENDING, "sender 2", "by sender()");
        picture.subscribe(800, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(800, SUBSCRIBER, CHANNEL);
        picture.subscribe(870, SECOND, "subscribe,", "request(1)");
        picture.error(900, SECOND);
        picture.remark(925, SECOND + 30, "IllegalStateException");
        picture.dispose(1010);
        picture.arrow(1010, CHANNEL, SUBSCRIBER);
        picture.error(1010, SUBSCRIBER, "SenderClosedException");
        picture.refused(1100, SENDING, "send(b): false");
        return picture;
    }

    private static Picture exchange() {
        Picture picture = new Picture(
                1180,
                420,
                "exchange(request): each subscription is a round, cancel and timeout revoke it",
                "Round 1 is answered. Round 2 times out: it is revoked, the hook of the sending side runs, and the late send is"
                        + " refused. Round 3 is ended by dispose.");
        picture.lane(SENDING, "sending side", "");
        picture.lane(CHANNEL, "channel", "");
        picture.lane(SUBSCRIBER, "subscribers", "one after another");

        picture.round(200, 320, "round 1");
        picture.subscribe(200, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(200, SUBSCRIBER, CHANNEL);
        picture.arrow(225, CHANNEL, SENDING);
        picture.handle(225, SENDING, "sender 1", "handed out");
        picture.value(320, SENDING, "a", "send(a): true");
        picture.arrow(320, SENDING, CHANNEL);
        picture.arrow(320, CHANNEL, SUBSCRIBER);
        picture.value(320, SUBSCRIBER, "a", "on the sending", "thread");
        picture.complete(343, SUBSCRIBER);

        picture.round(450, 610, "round 2");
        picture.subscribe(450, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(450, SUBSCRIBER, CHANNEL);
        picture.arrow(475, CHANNEL, SENDING);
        picture.handle(475, SENDING, "sender 2", "handed out");
        picture.cancel(610, SUBSCRIBER, "timeout: cancel", "revokes the round,", "TimeoutException", "goes downstream");
        picture.arrow(610, SUBSCRIBER, CHANNEL);
        picture.arrow(610, CHANNEL, SENDING);
        picture.hook(610, SENDING, "onAbandoned", "hook runs");
        picture.refused(720, SENDING, "send(b): false");

        picture.round(830, 990, "round 3");
        picture.subscribe(830, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(830, SUBSCRIBER, CHANNEL);
        picture.arrow(855, CHANNEL, SENDING);
        picture.handle(855, SENDING, "sender 3", "handed out");
        picture.dispose(990);
        picture.arrow(990, CHANNEL, SENDING);
        picture.hook(990, SENDING, "onAbandoned", "hook runs");
        picture.arrow(990, CHANNEL, SUBSCRIBER);
        picture.error(990, SUBSCRIBER, "SenderClosedException");
        picture.refused(1100, SENDING, "send(c): false");
        return picture;
    }

    private static Picture senders() {
        Picture picture = new Picture(
                1280,
                400,
                "senders(): the sending side asks for the next round, one slot is live at a time",
                "Two slots are requested. The second is signalled when the value of the first was received. A receive waits"
                        + " for a round until a third is requested. Dispose ends everything.");
        picture.lane(SENDING, "sending side", "of senders()");
        picture.lane(CHANNEL, "channel", "");
        picture.lane(SUBSCRIBER, "subscribers", "of receive()");

        picture.subscribe(200, SENDING, "subscribe,", "request(2)");
        picture.arrow(200, SENDING, CHANNEL);
        picture.round(200, 480, "round 1");
        picture.arrow(270, CHANNEL, SENDING);
        picture.handle(270, SENDING, "slot 1");
        picture.subscribe(370, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(370, SUBSCRIBER, CHANNEL);
        picture.value(480, SENDING, "1", "send(1): true");
        picture.arrow(480, SENDING, CHANNEL);
        picture.arrow(480, CHANNEL, SUBSCRIBER);
        picture.value(480, SUBSCRIBER, "1");
        picture.complete(503, SUBSCRIBER);

        picture.round(480, 660, "round 2");
        picture.arrow(555, CHANNEL, SENDING);
        picture.handle(555, SENDING, "slot 2");
        picture.value(660, SENDING, "2", "send(2): true");
        picture.arrow(660, SENDING, CHANNEL);
        picture.unread(660, 780, "2 waits");
        picture.subscribe(750, SUBSCRIBER, "subscribe,", "request(1)");
        picture.arrow(750, SUBSCRIBER, CHANNEL);
        picture.arrow(780, CHANNEL, SUBSCRIBER);
        picture.value(780, SUBSCRIBER, "2");
        picture.complete(803, SUBSCRIBER);

        picture.subscribe(870, SUBSCRIBER, "subscribe,", "request(1):", "waits for a round");
        picture.subscribe(940, SENDING, "request(1)");
        picture.arrow(940, SENDING, CHANNEL);
        picture.round(940, 1090, "round 3");
        picture.arrow(1005, CHANNEL, SENDING);
        picture.handle(1005, SENDING, "slot 3");
        picture.dispose(1090);
        picture.arrow(1090, CHANNEL, SENDING);
        picture.hook(1090, SENDING, "hook runs,", "onComplete");
        picture.complete(1113, SENDING);
        picture.arrow(1090, CHANNEL, SUBSCRIBER);
        picture.error(1090, SUBSCRIBER, "SenderClosedException");
        picture.refused(1200, SENDING, "send(3): false");
        return picture;
    }

    private static Picture subscriberOf() {
        Picture picture = new Picture(
                1200,
                420,
                "subscriberOf(sender): a pipeline ends the round, and is cancelled when the round is given up",
                "Round 1 is ended by a value. Round 2 is revoked, and upstream is cancelled. Round 3 is closed by an upstream"
                        + " that completes without a value. A pipeline subscribed after the round is over is cancelled at once.");
        picture.lane(SENDING, "upstream", "of subscriberOf()");
        picture.lane(CHANNEL, "channel", "");
        picture.lane(SUBSCRIBER, "subscribers", "of exchange()");

        picture.round(200, 370, "round 1");
        picture.subscribe(250, SENDING, "subscribe,", "request(1)");
        picture.value(370, SENDING, "a", "onNext(a),", "cancel");
        picture.cancel(397, SENDING);
        picture.arrow(370, SENDING, CHANNEL);
        picture.arrow(370, CHANNEL, SUBSCRIBER);
        picture.value(370, SUBSCRIBER, "a");
        picture.complete(393, SUBSCRIBER);

        picture.round(500, 660, "round 2");
        picture.subscribe(550, SENDING, "subscribe,", "request(1)");
        picture.cancel(660, SUBSCRIBER, "cancel or timeout", "revokes the round");
        picture.arrow(660, SUBSCRIBER, CHANNEL);
        picture.arrow(660, CHANNEL, SENDING);
        picture.cancel(660, SENDING, "cancel");
        picture.refused(750, SENDING, "late onNext:", "onDiscard");

        picture.round(840, 980, "round 3");
        picture.subscribe(880, SENDING, "subscribe,", "request(1)");
        picture.complete(980, SENDING, "onComplete");
        picture.arrow(980, SENDING, CHANNEL);
        picture.arrow(980, CHANNEL, SUBSCRIBER);
        picture.error(980, SUBSCRIBER, "SenderClosedException");
        picture.cancel(1100, SENDING, "subscribed late:", "cancel");
        return picture;
    }

    /** One SVG file: lines, then bands, then marks, then labels, so that the later lie upon the earlier. */
    private static final class Picture {
        private static final String INK = "#1f2328";
        private static final String GREY = "#6e7781";
        private static final String RED = "#cf222e";
        private static final String GREEN = "#1a7f37";
        private static final String BLUE = "#0969da";
        private static final String ORANGE = "#bc4c00";
        private static final int LEFT = 160;
        private static final int LINE_HEIGHT = 15;

        /** Half of the height that arrows leave to marks and bands. */
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

        // ---- what a picture is made of ----

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

        /** The round is over, and its outcome was not received yet. */
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

        /** To the right of a mark. */
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

        /** Above the sending side's lane, below the others. */
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
            all.add(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                                    .formatted(width, height, width, height)
                            + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">");
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
            return "<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"" + radius + "\" fill=\"" + fill + "\" stroke=\""
                    + colour + "\" stroke-width=\"" + stroke + "\"/>";
        }

        private static String rectangle(int x, int y, int width, int height, String fill, String colour) {
            return "<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\"" + height + "\" fill=\""
                    + fill + "\" stroke=\"" + colour + "\"/>";
        }

        private static String polygon(String fill, int... coordinates) {
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < coordinates.length; i += 2) {
                points.append(i == 0 ? "" : " ")
                        .append(coordinates[i])
                        .append(',')
                        .append(coordinates[i + 1]);
            }
            return "<polygon points=\"" + points + "\" fill=\"" + fill + "\"/>";
        }

        private static String svgText(int x, int y, String anchor, int size, String colour, String text) {
            return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\" font-size=\"" + size
                    + "\" fill=\"" + colour + "\">" + escape(text) + "</text>";
        }

        private static String escape(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;");
        }
    }

    /** The room that a label takes, at most, whatever the font. */
    private record Box(String text, int left, int top, int right, int bottom) {
        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }
}
