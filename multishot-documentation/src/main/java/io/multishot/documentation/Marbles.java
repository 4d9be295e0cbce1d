package io.multishot.documentation;

import static io.multishot.documentation.Picture.CHANNEL;
import static io.multishot.documentation.Picture.SECOND;
import static io.multishot.documentation.Picture.SENDING;
import static io.multishot.documentation.Picture.SUBSCRIBER;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Draws the pictures of {@code docs/reactor.md}.
 *
 * <p>Time runs from left to right. Each picture has a lane for the sending side, one for the channel with its rounds,
 * and one or two for subscribers. The output depends on this program only, so that a test can compare it with the
 * committed pictures. Two labels that overlap are an error.
 */
public final class Marbles {
    private Marbles() {}

    /**
     * Draws all pictures.
     *
     * @param arguments the folder to write to; without it, {@code docs/pictures}
     * @throws IOException if a picture cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        drawInto(Path.of(arguments.length == 0 ? "docs/pictures" : arguments[0]));
    }

    static void drawInto(Path folder) throws IOException {
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
                "Round 1 is answered. Round 2 times out: it is revoked, the hook of the sending side runs, and the late"
                        + " send is refused. Round 3 is ended by dispose.");
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
                "Two slots are requested. The second is signalled when the value of the first was received. A receive"
                        + " waits for a round until a third is requested. Dispose ends everything.");
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
                "Round 1 is ended by a value. Round 2 is revoked, and upstream is cancelled. Round 3 is closed by an"
                        + " upstream that completes without a value. A pipeline subscribed after the round is over is"
                        + " cancelled at once.");
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
}
