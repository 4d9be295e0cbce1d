package io.multishot.tck.soak;

/** A value that knows where it belongs. Plain fields: one that is received half-made does not add up. */
final class Value {
    private int channel;
    private int round;
    private int sequence;
    private int check;

    Value(Round round, int sequence) {
        channel = round.channel();
        this.round = round.id();
        this.sequence = sequence;
        check = checkOf(channel, this.round, sequence);
    }

    int sequence() {
        return sequence;
    }

    boolean belongsTo(int expectedChannel, int expectedRound) {
        return channel == expectedChannel
                && round == expectedRound
                && sequence != 0
                && check == checkOf(channel, round, sequence);
    }

    private static int checkOf(int channel, int round, int sequence) {
        return ~(channel * 31 + round * 17 + sequence);
    }
}
