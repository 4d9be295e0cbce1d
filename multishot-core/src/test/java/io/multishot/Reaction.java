package io.multishot;

import java.util.function.Consumer;

/** Does the same with every outcome: the value, the cause of a failure, or {@link #CLOSED}. */
public final class Reaction<T> extends Callback<T> {
    public static final String CLOSED = "closed";

    private final Consumer<Object> reaction;

    public Reaction(Consumer<Object> reaction) {
        this.reaction = reaction;
    }

    /** Returns a callback that throws this exception. */
    public static <T> Reaction<T> throwing(Throwable thrown) {
        return new Reaction<>(outcome -> rethrow(thrown));
    }

    /** Throws this exception, whatever its type. */
    public static void rethrow(Throwable thrown) {
        Reaction.<RuntimeException>sneak(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased, that is the point
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Override
    protected void onValue(T value) {
        reaction.accept(value);
    }

    @Override
    protected void onClosed() {
        reaction.accept(CLOSED);
    }

    @Override
    protected void onFailure(Throwable cause) {
        reaction.accept(cause);
    }
}
