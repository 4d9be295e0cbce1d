package io.multishot.tck.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The receiving thread of one channel: opens, receives and leaves its rounds until it has had enough of them. */
final class ReceivingSide implements Runnable {
    private static final int PATIENCE = 1_000;

    private final Channel channel;
    private final int rounds;
    private final SplittableRandom random;
    private final Receives receives;
    private final Pause pause = new Pause();

    /** The last round of each line: no other one was opened after it, so its end is checked when all is quiet. */
    private final List<Round> lastRounds = new ArrayList<>();

    private Line line;
    private Round round;
    private Event left;
    private int sent;

    ReceivingSide(Channel channel, int rounds, SplittableRandom random) {
        this.channel = channel;
        this.rounds = rounds;
        this.random = random;
        receives = new Receives(channel, random);
    }

    @Override
    public void run() {
        channel.showThread();
        line = channel.newLine();
        int opened = 0;
        while (opened < rounds) {
            Opening opening = new Opening(channel, line, channel.index() * rounds + opened, random);
            if (opening.open(round, left)) {
                opened++;
                round = opening.round();
                live(opening.receipt());
            } else {
                replaceLine();
            }
        }
        line.close();
        replaceLine();
    }

    /** For after the thread has ended. */
    List<Round> lastRounds() {
        return lastRounds;
    }

    private void replaceLine() {
        if (round != null) {
            lastRounds.add(round);
        }
        round = null;
        line = channel.newLine();
    }

    private void live(Receipt waiting) {
        if (round.handing() == Round.Handing.TO_NOBODY) {
            Producer.end(round, sequence(), random);
        } else {
            hand();
        }
        boolean over = waiting != null && receives.await(waiting, line.receiver());
        while (!over && random.nextInt(16) != 0) {
            over = receives.byAnyWay(round, line.receiver());
        }
        if (random.nextInt(2048) == 0) {
            line.close();
        }
        settle();
    }

    private void hand() {
        int first = random.nextInt(channel.producers());
        channel.hand(round, first);
        if (round.handing() == Round.Handing.FOR_EVER && random.nextBoolean()) {
            channel.hand(round, (first + 1) % channel.producers());
        }
    }

    /** Waits until the round is over although no receive waits in it, but not for ever. */
    private void settle() {
        left = round.look();
        for (int i = random.nextInt(PATIENCE); left == Event.LEFT_OPEN && i > 0; i--) {
            pause.pause();
            left = round.look();
        }
        if (left == Event.LEFT_OPEN) {
            line.revoke();
            left = round.look();
        }
    }

    private int sequence() {
        return Batch.sequence(++sent, channel.producers() + channel.index());
    }
}
