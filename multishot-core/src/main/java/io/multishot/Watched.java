package io.multishot;

import org.jspecify.annotations.Nullable;

/**
 * The state of an open round whose sending side asked to be told when the receiving side gives it up.
 *
 * @param open what the state would be without: the receiver, or the waiter that waits
 * @param hook to be called by whoever ends the round from the receiving side
 */
record Watched(Object open, Runnable hook) {

    /** The state without the hook, if it has one. */
    static @Nullable Object unwrap(@Nullable Object state) {
        return state instanceof Watched watched ? watched.open : state;
    }

    /** Another open state, which keeps the hook that {@code state} has, if it has one. */
    static Object rewrap(@Nullable Object state, Object open) {
        return state instanceof Watched watched ? new Watched(open, watched.hook) : open;
    }
}
