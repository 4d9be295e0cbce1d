package io.multishot.explorer;

import java.util.Arrays;

/** The stores of a location that an access may read, replace or follow, the newest first. */
final class Options {
    private int[] indexes;
    private int count;

    Options(Location location) {
        indexes = new int[Math.min(location.newest() + 1, 4)];
    }

    void add(int index) {
        if (count == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * count);
        }
        indexes[count++] = index;
    }

    int choose(Execution execution) {
        return indexes[execution.choose(count)];
    }
}
