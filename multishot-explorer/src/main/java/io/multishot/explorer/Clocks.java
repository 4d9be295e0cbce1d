package io.multishot.explorer;

import java.util.Arrays;

/** Vectors of counters that start at zero and have no fixed length. */
final class Clocks {
    static final int[] ZERO = {};

    private Clocks() {}

    static int at(int[] clock, int index) {
        return index < clock.length ? clock[index] : 0;
    }

    /** The clock with one entry raised; in place where there is room. */
    static int[] with(int[] clock, int index, int value) {
        int[] grown = index < clock.length ? clock : Arrays.copyOf(clock, index + 4);
        grown[index] = value;
        return grown;
    }

    static boolean covers(int[] clock, int[] other) {
        for (int i = 0; i < other.length; i++) {
            if (other[i] > at(clock, i)) {
                return false;
            }
        }
        return true;
    }

    /** The larger of the two, entry by entry, as a new vector; or the first itself if nothing changes. */
    static int[] joined(int[] clock, int[] other) {
        if (clock == other || covers(clock, other)) {
            return clock;
        }
        int[] result = Arrays.copyOf(clock, Math.max(clock.length, other.length));
        for (int i = 0; i < other.length; i++) {
            result[i] = Math.max(result[i], other[i]);
        }
        return result;
    }
}
