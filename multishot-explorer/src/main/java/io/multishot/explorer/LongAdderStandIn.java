package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/**
 * Takes the place of {@code LongAdder} in rewritten code, which does so unless another class does. Each thread adds to
 * a cell of its own, and the sum is read cell by cell, so that additions meanwhile are in it or not.
 */
public final class LongAdderStandIn extends Number {
    private static final long serialVersionUID = 1L;
    private static final int MOST_THREADS = 64;
    private static final Operation ADD =
            new Operation("add", Operation.Kind.ADD, Mode.OPAQUE, Mode.OPAQUE, Operation.Result.NONE);
    private static final Operation READ =
            new Operation("sum", Operation.Kind.LOAD, Mode.VOLATILE, Mode.PLAIN, Operation.Result.OLD);
    private static final Operation RESET =
            new Operation("sumThenReset", Operation.Kind.SWAP, Mode.VOLATILE, Mode.VOLATILE, Operation.Result.OLD);

    private final long[] cells = new long[MOST_THREADS];

    /** For rewritten code. */
    public LongAdderStandIn() {}

    /**
     * Adds.
     *
     * @param x the amount
     */
    public void add(long x) {
        Carrier carrier = ThreadActions.carrier("LongAdder.add");
        access(carrier, ADD, carrier.logical().id, x);
    }

    /** Adds one. */
    public void increment() {
        add(1);
    }

    /** Takes away one. */
    public void decrement() {
        add(-1);
    }

    /**
     * Reads the cells one after the other.
     *
     * @return their sum
     */
    public long sum() {
        return total(READ);
    }

    /** Sets the cells to zero, one after the other. */
    public void reset() {
        total(RESET);
    }

    /**
     * Reads and clears the cells, one after the other.
     *
     * @return their sum
     */
    public long sumThenReset() {
        return total(RESET);
    }

    private long total(Operation operation) {
        Carrier carrier = ThreadActions.carrier("LongAdder.sum");
        int threads = carrier.execution().countThreads(carrier.logical());
        long sum = 0;
        for (int i = 0; i < threads; i++) {
            Object value = access(carrier, operation, i, 0);
            sum += value == null ? 0 : (Long) value;
        }
        return sum;
    }

    private @Nullable Object access(Carrier carrier, Operation operation, int index, long value) {
        return Accesses.access(
                carrier.execution(), carrier.logical(), operation, new ElementCell(cells, index), value, null);
    }

    @Override
    public long longValue() {
        return sum();
    }

    @Override
    public int intValue() {
        return (int) sum();
    }

    @Override
    public float floatValue() {
        return sum();
    }

    @Override
    public double doubleValue() {
        return sum();
    }

    @Override
    public String toString() {
        return Long.toString(sum());
    }
}
