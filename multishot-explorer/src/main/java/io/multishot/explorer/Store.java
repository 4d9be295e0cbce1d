package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/**
 * A store in the modification order of its location.
 *
 * @param value what was stored
 * @param released what an acquiring load learns by reading it
 * @param volatiles what a volatile load learns beside: all that volatile stores up to this one released
 * @param isVolatile whether it was a volatile store
 * @param step the step that made it, zero for the value that was there before
 */
record Store(@Nullable Object value, View released, View volatiles, boolean isVolatile, int step) {
    Store withValue(@Nullable Object newValue) {
        return new Store(newValue, released, volatiles, isVolatile, step);
    }
}
