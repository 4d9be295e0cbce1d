package io.multishot.explorer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the steps of an execution, and writes them down if there is a trace to write to. An event is a step or a
 * plain access; of plain accesses it writes down only those that race.
 */
final class Recorder {
    private final @Nullable Trace trace;
    private int step;
    private int event;

    Recorder(@Nullable Trace trace) {
        this.trace = trace;
    }

    int step() {
        return step;
    }

    int event() {
        return event;
    }

    int nextStep() {
        event++;
        return ++step;
    }

    List<String> lines() {
        return trace == null ? List.of() : trace.lines();
    }

    int plain(LogicalThread thread, Location location, String what) {
        event++;
        if (trace != null) {
            trace.access(event, thread, what + " " + trace.place(location));
        }
        return event;
    }

    /** Before it is known whether the access of the step under way races. */
    void atomic(LogicalThread thread, Operation operation, Location location) {
        if (trace != null) {
            trace.access(event, thread, operation.name() + " " + trace.place(location));
        }
    }

    void step(LogicalThread thread, String what) {
        if (trace != null) {
            trace.step(step, thread, what);
            trace.access(event, thread, what);
        }
    }

    /** Records an event that is no step. */
    void note(LogicalThread thread, String what) {
        if (trace != null) {
            trace.step(step, thread, what);
        }
    }

    String label(Object object) {
        return trace == null ? "" : trace.label(object);
    }

    void load(LogicalThread thread, Operation operation, Location location, int index) {
        if (trace != null) {
            String failed = operation.kind() == Operation.Kind.CAS ? " failed," : "";
            step(
                    thread,
                    operation.name() + " " + trace.place(location) + failed + " read "
                            + trace.value(location.store(index).value) + staleness(trace, location, index));
        }
    }

    private static String staleness(Trace trace, Location location, int index) {
        if (index == location.newest()) {
            return "";
        }
        Store newest = location.store(location.newest());
        return "   (stale: " + origin(location.store(index)) + ", newest is " + trace.value(newest.value) + " "
                + origin(newest) + ")";
    }

    private static String origin(Store store) {
        return store.step == 0 ? "from the beginning" : "of step " + store.step;
    }

    void store(LogicalThread thread, Operation operation, Location location, int index) {
        if (trace != null) {
            String value = trace.value(location.store(index).value);
            step(thread, operation.name() + " " + trace.place(location) + " = " + value + place(location, index));
        }
    }

    void update(LogicalThread thread, Operation operation, Location location, @Nullable Object old, int index) {
        if (trace != null) {
            String change = " from " + trace.value(old) + " to " + trace.value(location.store(index).value);
            step(thread, operation.name() + " " + trace.place(location) + change + place(location, index));
        }
    }

    private static String place(Location location, int index) {
        return index == location.newest()
                ? ""
                : "   (late: as if before the store " + origin(location.store(index + 1)) + ")";
    }

    /** Tells of the access under way, an event, that it races with an earlier one. */
    String race(String access, Location location, String otherAccess, int otherEvent) {
        return trace == null
                ? "data race"
                : "a " + access + " of " + trace.place(location) + " races with a " + otherAccess + " of it: "
                        + trace.describeAccess(event) + "; " + trace.describeAccess(otherEvent)
                        + "; nothing orders the one before the other";
    }
}
