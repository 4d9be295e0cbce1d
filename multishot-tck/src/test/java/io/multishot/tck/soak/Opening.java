package io.multishot.tck.soak;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.util.SplittableRandom;

/** Opens one round in one of the ways there are, unless the receiver is closed. */
final class Opening {
    private final Channel channel;
    private final Line line;
    private final int id;
    private final SplittableRandom random;
    private Event way = Event.OPENED_FRESH;
    private Round round;
    private Receipt receipt;

    Opening(Channel channel, Line line, int id, SplittableRandom random) {
        this.channel = channel;
        this.line = line;
        this.id = id;
        this.random = random;
    }

    /**
     * Opens it.
     *
     * @param last the line's last round, or null
     * @param left what the last round is in
     * @return false if the receiver is closed
     */
    boolean open(Round last, Event left) {
        Sender<Value> sender;
        try {
            sender = sender(last, left);
        } catch (IllegalStateException refused) {
            if (line.receiver().isClosed()) {
                return false;
            }
            throw refused;
        }
        Log log = Log.mine();
        if (last != null) {
            log.note(left, last.id()); // only now is it certain that no close() of the receiver came before
        }
        log.note(Event.OPENED, id, line.number());
        log.note(way, id);
        if (receipt != null) {
            log.note(Event.REGISTERED, id);
        }
        round = new Round(channel.index(), id, sender, handing());
        return true;
    }

    Round round() {
        return round;
    }

    /** The callback that waits already, or null. */
    Receipt receipt() {
        return receipt;
    }

    private Sender<Value> sender(Round last, Event left) {
        Receiver<Value> receiver = line.receiver();
        if (last != null && last.isRecyclable(left) && random.nextInt(4) != 0) {
            way = Event.OPENED_RECYCLED;
            return receiver.recycle(last.sender());
        }
        if (random.nextInt(3) == 0) {
            Receipt waiting = new Receipt(channel.index(), id);
            waiting.expectEnd();
            channel.show(waiting);
            way = Event.OPENED_WAITING;
            Sender<Value> sender = receiver.sender(waiting);
            receipt = waiting;
            return sender;
        }
        return random.nextBoolean() ? receiver.sender() : receiver.trySender();
    }

    private Round.Handing handing() {
        return switch (random.nextInt(8)) {
            case 0 -> Round.Handing.TO_NOBODY;
            case 1, 2, 3 -> Round.Handing.FOR_ONE_USE;
            default -> Round.Handing.FOR_EVER;
        };
    }
}
