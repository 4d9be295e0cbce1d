package io.multishot.correlator;

import org.jspecify.annotations.Nullable;

/** Code of a user that one thread leaves to another to run: an entry of a list that allocates nothing. */
interface Handover extends Runnable {
    @Nullable
    Handover next();

    void setNext(@Nullable Handover following);

    /** One that runs other code, for calls that are not made for each request. */
    final class Of implements Handover {
        private final Runnable code;
        private @Nullable Handover next;

        Of(Runnable code) {
            this.code = code;
        }

        @Override
        public @Nullable Handover next() {
            return next;
        }

        @Override
        public void setNext(@Nullable Handover following) {
            next = following;
        }

        @Override
        public void run() {
            code.run();
        }
    }

    /** A list in the order of adding; for one thread at a time. */
    final class Queue {
        private @Nullable Handover first;
        private @Nullable Handover last;

        boolean isEmpty() {
            return first == null;
        }

        void add(Handover entry) {
            if (last == null) {
                first = entry;
            } else {
                last.setNext(entry);
            }
            last = entry;
        }

        /** Moves all entries of another list to the end of this one. */
        void addAll(Queue others) {
            if (others.first == null) {
                return;
            }
            if (last == null) {
                first = others.first;
            } else {
                last.setNext(others.first);
            }
            last = others.last;
            others.first = null;
            others.last = null;
        }

        @Nullable
        Handover poll() {
            Handover taken = first;
            if (taken != null) {
                first = taken.next();
                taken.setNext(null);
                if (first == null) {
                    last = null;
                }
            }
            return taken;
        }
    }
}
