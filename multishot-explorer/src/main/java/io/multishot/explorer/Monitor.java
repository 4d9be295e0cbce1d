package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The monitor of an object: who is inside, and who waits to be notified. */
final class Monitor extends Shared {
    /** Who is inside; null if nobody is. */
    @Nullable
    LogicalThread owner;

    /** How many times the owner entered and did not leave. */
    int depth;

    /** What the last owner knew when it left. */
    View left = View.NONE;

    /** Those that wait, in the order in which they began to. */
    final List<LogicalThread> waiting = new ArrayList<>();

    boolean isFreeFor(LogicalThread thread) {
        return owner == null || owner == thread;
    }
}
