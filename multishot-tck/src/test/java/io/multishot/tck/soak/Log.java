package io.multishot.tck.soak;

import java.util.Arrays;

/**
 * What one thread noted. Plain memory that only its thread touches until that thread has ended, so that keeping the
 * books orders nothing between the threads that race.
 */
final class Log {
    private static final ThreadLocal<Log> MINE = ThreadLocal.withInitial(Log::new);

    private int[] entries = new int[1 << 12];
    private int size;

    /** The log of the current thread: a callback runs on whatever thread ends its round. */
    static Log mine() {
        return MINE.get();
    }

    /** Makes this the log of the current thread. */
    void adopt() {
        MINE.set(this);
    }

    void note(Event event, int subject) {
        note(event, subject, 0);
    }

    void note(Event event, int subject, int detail) {
        if (size + 3 > entries.length) {
            entries = Arrays.copyOf(entries, entries.length * 2);
        }
        entries[size++] = event.ordinal();
        entries[size++] = subject;
        entries[size++] = detail;
    }

    /** For after the thread has ended. */
    void forEach(Reader reader) {
        for (int i = 0; i < size; i += 3) {
            reader.read(Event.of(entries[i]), entries[i + 1], entries[i + 2]);
        }
    }

    /** Takes the entries one by one. */
    interface Reader {
        void read(Event event, int subject, int detail);
    }
}
