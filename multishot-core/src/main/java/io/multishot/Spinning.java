package io.multishot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The number of times that a thread looks before it parks: for about as long as it would take to be woken, which costs
 * at most twice what the best choice would (A. Karlin et al., <i>Competitive Randomized Algorithms for Nonuniform
 * Problems</i>, 1990). A virtual thread is woken much sooner, and holds up its carrier meanwhile.
 */
final class Spinning {
    private static final int PLATFORM = 1 << 9;
    private static final int VIRTUAL = 1 << 3;

    private static final MethodHandle IS_VIRTUAL = isVirtual();

    private Spinning() {}

    static int of(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread) ? VIRTUAL : PLATFORM;
        } catch (Throwable never) {
            throw new AssertionError(never);
        }
    }

    /** {@code Thread.isVirtual}, or never where there is none: before JDK 21. */
    private static MethodHandle isVirtual() {
        try {
            return MethodHandles.lookup().findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException | LinkageError none) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        }
    }
}
