package io.multishot.explorer.litmus;

import java.util.List;

/**
 * A candidate execution of a program: its events, what each load read, and the order of the stores to each location.
 * Which candidates a model allows is another question. The relations have the names of the literature.
 */
final class Candidate {
    /**
     * An event; a read-modify-write that stores is two.
     *
     * @param thread its thread; -1 for the store of an initial value
     * @param kind R, W or F
     * @param mode as in {@link Op}
     * @param location the location; -1 for a fence
     * @param value the value read or written
     * @param replaces true if it is the store of a read-modify-write, whose load is the event before
     * @param data the earlier events of its thread whose value it stores, by place in the thread
     * @param control the earlier loads of its thread that decided that it runs, by place in the thread
     */
    record Event(
            int thread, char kind, char mode, int location, int value, boolean replaces, long data, long control) {}

    final List<Event> events;
    final String outcome;
    final long loads;
    final long stores;
    final long fences;
    final long initial;
    /** The events that are not plain. */
    final long ordered;

    final Relation sb;
    final Relation sameLocation;
    final Relation external;
    final Relation rf;
    final Relation mo;
    final Relation rb;
    final Relation rmw;
    final Relation data;
    final Relation control;

    Candidate(List<Event> events, String outcome, Relation rf, Relation mo) {
        int size = events.size();
        this.events = List.copyOf(events);
        this.outcome = outcome;
        this.rf = rf;
        this.mo = mo;
        loads = all(event -> event.kind() == 'R');
        stores = all(event -> event.kind() == 'W');
        fences = all(event -> event.kind() == 'F');
        initial = all(event -> event.thread() < 0);
        ordered = all(event -> event.kind() == 'F' || event.mode() != 'p');
        rb = rf.inverse().then(mo);
        sb = new Relation(size);
        sameLocation = new Relation(size);
        external = new Relation(size);
        rmw = new Relation(size);
        data = new Relation(size);
        control = new Relation(size);
        for (int i = 0; i < size; i++) {
            int start = startOfThread(i);
            for (int j = 0; j < size; j++) {
                relate(i, j, j - start);
            }
            if (events.get(i).replaces()) {
                rmw.add(i - 1, i);
            }
        }
    }

    interface Condition {
        boolean holds(Event event);
    }

    long all(Condition condition) {
        long result = 0;
        for (int i = 0; i < events.size(); i++) {
            if (condition.holds(events.get(i))) {
                result |= 1L << i;
            }
        }
        return result;
    }

    private int startOfThread(int event) {
        int start = event;
        while (start > 0 && events.get(start - 1).thread() == events.get(event).thread()) {
            start--;
        }
        return start;
    }

    private void relate(int i, int j, int placeOfJ) {
        Event a = events.get(i);
        Event b = events.get(j);
        if (a.thread() == b.thread() && a.thread() >= 0) {
            if (i < j) {
                sb.add(i, j);
            }
            if (j < i && (a.data() >>> placeOfJ & 1) != 0) {
                data.add(j, i);
            }
            if (j < i && (a.control() >>> placeOfJ & 1) != 0) {
                control.add(j, i);
            }
        } else {
            external.add(i, j);
        }
        if (i != j && a.location() >= 0 && a.location() == b.location()) {
            sameLocation.add(i, j);
        }
    }

    /** Tells whether no other store comes between the load and the store of a read-modify-write. */
    boolean isAtomic() {
        return rmw.and(rb.then(mo)).isEmpty();
    }
}
