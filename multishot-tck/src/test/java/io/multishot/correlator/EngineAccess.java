package io.multishot.correlator;

/** Opens to the scenarios what the engine can do and its API does not offer. */
public final class EngineAccess {
    private EngineAccess() {}

    /** Gives a request a new deadline, so many nanoseconds from now. */
    public static <T> ReplyResult extend(Pending<T> request, long nanos) {
        return ((RequestEngine<T>) request.range().chunk().owner()).extend(request.ticket(), nanos);
    }

    /** Does what a blocking receive does when the deadline of its request has passed. */
    public static <T> void endIfDue(Pending<T> request) {
        request.range().chunk().owner().endIfDue(request);
    }
}
