package io.multishot.tck.soak;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The sums of all batches, and what did not balance. */
final class Books {
    private static final int MOST_COMPLAINTS = 20;

    private final Map<Event, Long> events = new EnumMap<>(Event.class);
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private final StringBuilder complaints = new StringBuilder();
    private long complaintCount;

    void add(Event event) {
        events.merge(event, 1L, Long::sum);
    }

    void add(Ending ending) {
        endings.merge(ending, 1L, Long::sum);
    }

    void complain(String what) {
        if (complaintCount++ < MOST_COMPLAINTS) {
            complaints.append(what).append('\n');
        }
    }

    long count(Event event) {
        return events.getOrDefault(event, 0L);
    }

    long count(Ending ending) {
        return endings.getOrDefault(ending, 0L);
    }

    /** Checks the sums themselves, beside the rounds one by one. */
    void close() {
        long ended = endings.values().stream().mapToLong(Long::longValue).sum();
        equal("rounds opened, ended", count(Event.OPENED), ended);
        equal(
                "values accepted, seen or unread or released",
                count(Event.VALUE_ACCEPTED),
                count(Event.VALUE_SEEN) + count(Ending.VALUE_UNREAD) + count(Ending.VALUE_RELEASED));
        equal(
                "failures accepted, seen or unread or released",
                count(Event.FAILURE_ACCEPTED),
                count(Event.FAILURE_SEEN) + count(Ending.FAILURE_UNREAD) + count(Ending.FAILURE_RELEASED));
        equal("revokes by receivers, rounds revoked", count(Event.RECEIVER_REVOKED), count(Ending.REVOKED_BY_RECEIVER));
        equal(
                "callbacks registered, called or cancelled or revoked",
                count(Event.REGISTERED),
                count(Event.CALLED) + count(Event.CANCELLED) + count(Event.CALLBACK_REVOKED));
    }

    private void equal(String what, long left, long right) {
        if (left != right) {
            complain(what + ": " + left + " is not " + right);
        }
    }

    /** Returns what did not balance, line by line; empty if everything did. */
    String complaints() {
        long more = complaintCount - MOST_COMPLAINTS;
        return more > 0 ? complaints + "and " + more + " more\n" : complaints.toString();
    }

    String table() {
        StringBuilder table = new StringBuilder("| rounds | count |\n| --- | ---: |\n");
        row(table, "opened", count(Event.OPENED));
        for (Ending ending : Ending.values()) {
            row(table, ending.title(), count(ending));
        }
        table.append("\n| noted | count |\n| --- | ---: |\n");
        for (Event event : Event.values()) {
            row(table, event.name().toLowerCase(Locale.ROOT).replace('_', ' '), count(event));
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String title, long count) {
        table.append("| ").append(title).append(" | ").append(count).append(" |\n");
    }
}
