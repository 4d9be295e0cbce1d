package io.multishot.tck.soak;

/** Notes what a receive of one round was handed, and whether it belongs to that round. */
record Observation(int channel, int round) {

    static Observation of(int channel, int round) {
        return new Observation(channel, round);
    }

    static Observation of(Round round) {
        return new Observation(round.channel(), round.id());
    }

    void value(Value value) {
        note(Event.VALUE_SEEN, value);
    }

    void failure(Throwable cause) {
        if (cause instanceof ValueFailure failure) {
            note(Event.FAILURE_SEEN, failure.value());
        } else {
            throw new IllegalStateException("no producer sent this failure", cause);
        }
    }

    void closed() {
        Log.mine().note(Event.CLOSED_SEEN, round);
    }

    private void note(Event seen, Value value) {
        boolean belongs = value != null && value.belongsTo(channel, round);
        Log.mine().note(belongs ? seen : Event.FOREIGN_SEEN, round, belongs ? value.sequence() : 0);
    }
}
