package io.multishot.tck.soak;

import java.util.Map;
import java.util.TreeMap;

/** All that was noted of one round. */
final class Notes {
    private final int[] counts = new int[Event.count()];
    private int line;
    private int sequenceAccepted;
    private int sequenceSeen;

    void add(Event event, int detail) {
        counts[event.ordinal()]++;
        switch (event) {
            case OPENED -> line = detail;
            case VALUE_ACCEPTED, FAILURE_ACCEPTED -> sequenceAccepted = detail;
            case VALUE_SEEN, FAILURE_SEEN -> sequenceSeen = detail;
            default -> {}
        }
    }

    int count(Event event) {
        return counts[event.ordinal()];
    }

    /** The number of the receiver that opened it. */
    int line() {
        return line;
    }

    int sequenceAccepted() {
        return sequenceAccepted;
    }

    int sequenceSeen() {
        return sequenceSeen;
    }

    /** What the round was found in when it was over; open, if it never was. */
    Event left() {
        for (int i = Event.LEFT_OVER.ordinal(); i < Event.LEFT_OPEN.ordinal(); i++) {
            if (counts[i] > 0) {
                return Event.of(i);
            }
        }
        return Event.LEFT_OPEN;
    }

    @Override
    public String toString() {
        Map<Event, Integer> noted = new TreeMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                noted.put(Event.of(i), counts[i]);
            }
        }
        return noted + ", value " + sequenceAccepted + " accepted, " + sequenceSeen + " seen";
    }
}
