package io.multishot.explorer;

/** Which thread last made a certain kind of access to one location, and when. */
final class AccessLog {
    private int[] times = Clocks.ZERO;
    private int[] events = Clocks.ZERO;

    void add(LogicalThread thread, int event) {
        times = Clocks.with(times, thread.id, Clocks.at(thread.view.time(), thread.id));
        events = Clocks.with(events, thread.id, event);
    }

    /** A thread whose last access the given one does not know of, or -1. */
    int unorderedWith(LogicalThread thread) {
        int[] known = thread.view.time();
        for (int i = 0; i < times.length; i++) {
            if (i != thread.id && times[i] > Clocks.at(known, i)) {
                return i;
            }
        }
        return -1;
    }

    int event(int thread) {
        return events[thread];
    }
}
