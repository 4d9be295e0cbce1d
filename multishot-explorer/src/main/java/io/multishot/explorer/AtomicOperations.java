package io.multishot.explorer;

import java.util.Arrays;

/**
 * The number of atomic operations that a thread executed. A compare-and-set counts whether or not it succeeds. Plain
 * accesses are not counted.
 *
 * @param readModifyWrites compare-and-sets, swaps and additions, whatever their mode
 * @param volatileLoads volatile loads
 * @param acquireLoads acquire loads
 * @param opaqueLoads opaque loads
 * @param volatileStores volatile stores
 * @param releaseStores release stores
 * @param opaqueStores opaque stores
 * @param fences fences of any kind
 */
public record AtomicOperations(
        int readModifyWrites,
        int volatileLoads,
        int acquireLoads,
        int opaqueLoads,
        int volatileStores,
        int releaseStores,
        int opaqueStores,
        int fences) {
    static final int KINDS = 8;
    private static final int FENCE = 7;

    static AtomicOperations between(int[] before, int[] after) {
        int[] d = new int[KINDS];
        Arrays.setAll(d, i -> after[i] - before[i]);
        return new AtomicOperations(d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[FENCE]);
    }

    static void count(int[] counts, Operation operation) {
        if (operation.isReadModifyWrite()) {
            counts[0]++;
        } else if (operation.kind() == Operation.Kind.LOAD) {
            counts[operation.load() == Mode.VOLATILE ? 1 : operation.load() == Mode.ACQUIRE ? 2 : 3]++;
        } else {
            counts[operation.store() == Mode.VOLATILE ? 4 : operation.store() == Mode.RELEASE ? 5 : 6]++;
        }
    }

    static void countFence(int[] counts) {
        counts[FENCE]++;
    }
}
