package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The monitor of an object: the thread inside, and those that wait to be notified. */
final class Monitor extends Shared {
    /** The thread inside; null if there is none. */
    @Nullable
    LogicalThread owner;

    /** The number of times that the owner entered and did not leave. */
    int depth;

    /** The view of the last owner when it left. */
    View left = View.NONE;

    /** Those that wait, in the order in which they began to. */
    final List<LogicalThread> waiting = new ArrayList<>();

    boolean isFreeFor(LogicalThread thread) {
        return owner == null || owner == thread;
    }
}
