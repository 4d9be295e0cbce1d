package io.multishot.explorer;

/** A point at which an execution can go on in several ways. */
class Choice {
    private final int alternatives;
    private int chosen;

    Choice(int alternatives) {
        this.alternatives = alternatives;
    }

    final int alternatives() {
        return alternatives;
    }

    final int chosen() {
        return chosen;
    }

    final void choose(int alternative) {
        chosen = alternative;
    }

    /** Turns to the next alternative that is to be tried; false if there is none. */
    boolean advance() {
        return ++chosen < alternatives;
    }
}
