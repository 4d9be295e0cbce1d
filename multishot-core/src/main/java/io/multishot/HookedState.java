package io.multishot;

import org.jspecify.annotations.Nullable;

/**
 * The state of an open round with a {@linkplain Sender#onAbandoned hook}.
 *
 * @param open the state without the hook: the receiver, or the handler that waits
 * @param hook runs when the receiving side ends the round
 */
record HookedState(Object open, Runnable hook) {

    /** Returns the state without its hook, if it has one. */
    static @Nullable Object unwrap(@Nullable Object state) {
        return state instanceof HookedState hooked ? hooked.open : state;
    }

    /** Returns another open state, with the hook of {@code state} if it has one. */
    static Object rewrap(@Nullable Object state, Object open) {
        return state instanceof HookedState hooked ? new HookedState(open, hooked.hook) : open;
    }
}
