package io.multishot.explorer;

/**
 * The knowledge of a thread, as stores and other objects hand it on: the known past of each thread ({@code time}, for
 * data races), and the oldest store to each location that may still be read ({@code floors}, for stale loads).
 * Immutable, so that handing it on is free.
 */
@SuppressWarnings("ArrayRecordComponent") // views are never compared, their arrays never changed
record View(int[] time, int[] floors) {
    static final View NONE = new View(Clocks.ZERO, Clocks.ZERO);

    View join(View other) {
        int[] newTime = Clocks.joined(time, other.time);
        int[] newFloors = Clocks.joined(floors, other.floors);
        return newTime == time && newFloors == floors ? this : new View(newTime, newFloors);
    }

    View joinFloors(int[] other) {
        int[] joined = Clocks.joined(floors, other);
        return joined == floors ? this : new View(time, joined);
    }

    int floor(Location location) {
        return Clocks.at(floors, location.id);
    }

    View withFloor(Location location, int floor) {
        return Clocks.at(floors, location.id) == floor
                ? this
                : new View(time, Clocks.with(floors.clone(), location.id, floor));
    }

    View tick(int thread) {
        return new View(Clocks.with(time.clone(), thread, Clocks.at(time, thread) + 1), floors);
    }
}
