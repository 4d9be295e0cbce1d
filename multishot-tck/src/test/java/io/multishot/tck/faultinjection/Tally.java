package io.multishot.tck.faultinjection;

import io.multishot.correlator.ReplyResult;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the requesters and the peers saw, to compare it with what the correlator says. */
final class Tally {
    enum Outcome {
        VALUE,
        FAILED,
        TIMED_OUT,
        CANCELLED,
        REFUSED,
        CLOSED
    }

    /** The outcomes without which a soak was too short. */
    static final Set<Outcome> EXPECTED = Set.of(Outcome.VALUE, Outcome.FAILED, Outcome.TIMED_OUT, Outcome.CANCELLED);

    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final Map<ReplyResult, LongAdder> deliveries = new EnumMap<>(ReplyResult.class);
    private final LongAdder opened = new LongAdder();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    Tally() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
        for (ReplyResult delivery : ReplyResult.values()) {
            deliveries.put(delivery, new LongAdder());
        }
    }

    void complain(String what) {
        complaints.add(what);
    }

    void countOpened() {
        opened.increment();
    }

    void count(Outcome outcome) {
        outcomes.get(outcome).increment();
    }

    void count(ReplyResult delivery) {
        deliveries.get(delivery).increment();
    }

    long opened() {
        return opened.sum();
    }

    long sum(Outcome outcome) {
        return outcomes.get(outcome).sum();
    }

    long sum(ReplyResult delivery) {
        return deliveries.get(delivery).sum();
    }

    /** Tells whether every outcome of an open correlator was seen, but for a refusal, and every reply's fate. */
    boolean isComplete() {
        return EXPECTED.stream().allMatch(outcome -> sum(outcome) > 0)
                && deliveries.values().stream().allMatch(count -> count.sum() > 0);
    }

    Queue<String> complaints() {
        return complaints;
    }

    @Override
    public String toString() {
        return "opened " + opened + ", outcomes " + outcomes + ", replies " + deliveries;
    }
}
