package io.multishot.tck.soak;

/** Lets the others run while there is nothing to do: mostly by a spin, so that threads meet, at times by a yield. */
final class Pause {
    private static final int SPINS = 64;

    private int count;

    void pause() {
        if (++count % SPINS == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
