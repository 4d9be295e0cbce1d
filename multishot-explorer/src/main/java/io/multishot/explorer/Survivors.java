package io.multishot.explorer;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;

/** Objects that executions changed and that cannot be put back: none may be met again in a later execution. */
final class Survivors {
    private final Set<Identity> objects = new HashSet<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    private static final class Identity extends WeakReference<Object> {
        private final int hash;

        Identity(Object object, ReferenceQueue<Object> queue) {
            super(object, queue);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Identity identity && get() != null && refersTo(identity.get()));
        }
    }

    synchronized void add(Iterable<Object> changed) {
        for (Object object : changed) {
            objects.add(new Identity(object, collected));
        }
        for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            objects.remove(gone);
        }
    }

    synchronized boolean contains(Object object) {
        return !objects.isEmpty() && objects.contains(new Identity(object, collected));
    }
}
