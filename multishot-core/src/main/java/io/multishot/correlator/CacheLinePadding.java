package io.multishot.correlator;

/**
 * A word on a cache line of its own: threads that change it do not slow down those that read its neighbours in memory.
 * A JVM may order the fields of one class as it likes, but those of a superclass come first (small ones of a subclass
 * may fill a gap before them): so the padding is in classes of its own.
 */
final class CacheLinePadding {
    private CacheLinePadding() {}

    // 128 bytes on each side: two lines of 64, since some processors fetch lines in pairs.

    abstract static class Before {
        long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
    }

    abstract static class Word extends Before {
        long head;
    }

    abstract static class After extends Word {
        long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
    }
}
