package io.multishot.testkit;

import org.jspecify.annotations.Nullable;

/** Hands null to what refuses it, past the checks of nullness. */
public final class Nothing {
    private Nothing() {}

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is the point
    public static <V> V asA() {
        @Nullable V nothing = null;
        return nothing;
    }
}
