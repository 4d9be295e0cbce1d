package io.multishot.explorer.litmus;

/** A binary relation over at most 64 events: row {@code i} holds the events that event {@code i} is related to. */
final class Relation {
    private final long[] rows;

    Relation(int size) {
        rows = new long[size];
    }

    int size() {
        return rows.length;
    }

    boolean has(int from, int to) {
        return (rows[from] >>> to & 1) != 0;
    }

    long row(int from) {
        return rows[from];
    }

    void add(int from, int to) {
        rows[from] |= 1L << to;
    }

    /** Relates each event of one set to each of the other. */
    void addAll(long from, long to) {
        for (int i = 0; i < rows.length; i++) {
            if ((from >>> i & 1) != 0) {
                rows[i] |= to;
            }
        }
    }

    Relation or(Relation... others) {
        Relation result = within(-1, -1);
        for (Relation other : others) {
            for (int i = 0; i < rows.length; i++) {
                result.rows[i] |= other.rows[i];
            }
        }
        return result;
    }

    Relation minus(Relation other) {
        Relation result = new Relation(rows.length);
        for (int i = 0; i < rows.length; i++) {
            result.rows[i] = rows[i] & ~other.rows[i];
        }
        return result;
    }

    Relation and(Relation other) {
        Relation result = new Relation(rows.length);
        for (int i = 0; i < rows.length; i++) {
            result.rows[i] = rows[i] & other.rows[i];
        }
        return result;
    }

    /** Keeps the pairs that start in one set and end in the other. */
    Relation within(long from, long to) {
        Relation result = new Relation(rows.length);
        for (int i = 0; i < rows.length; i++) {
            result.rows[i] = (from >>> i & 1) != 0 ? rows[i] & to : 0;
        }
        return result;
    }

    Relation then(Relation next) {
        Relation result = new Relation(rows.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                if (has(i, j)) {
                    result.rows[i] |= next.rows[j];
                }
            }
        }
        return result;
    }

    /** Adds the pairs of each event of the set with itself. */
    Relation orSame(long events) {
        Relation result = within(-1, -1);
        for (int i = 0; i < rows.length; i++) {
            result.rows[i] |= events & 1L << i;
        }
        return result;
    }

    Relation inverse() {
        Relation result = new Relation(rows.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                if (has(i, j)) {
                    result.add(j, i);
                }
            }
        }
        return result;
    }

    Relation closure() {
        Relation result = within(-1, -1);
        for (int k = 0; k < rows.length; k++) {
            for (int i = 0; i < rows.length; i++) {
                if (result.has(i, k)) {
                    result.rows[i] |= result.rows[k];
                }
            }
        }
        return result;
    }

    boolean isIrreflexive() {
        for (int i = 0; i < rows.length; i++) {
            if (has(i, i)) {
                return false;
            }
        }
        return true;
    }

    boolean isAcyclic() {
        return closure().isIrreflexive();
    }

    boolean isEmpty() {
        for (long row : rows) {
            if (row != 0) {
                return false;
            }
        }
        return true;
    }
}
