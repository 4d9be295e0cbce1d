package io.multishot.correlator;

/**
 * The correlator was closed: the request that was in flight ended without a reply, or no further one can be opened.
 * Each request has an exception of its own, without a stack trace.
 *
 * @see Correlator#close()
 */
public class CorrelatorClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what ended or was refused
     */
    public CorrelatorClosedException(String message) {
        super(message);
    }

    /**
     * Takes no stack trace: the thread that closes would be the same for thousands of requests.
     *
     * @return this
     */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it changes nothing
    public Throwable fillInStackTrace() {
        return this;
    }
}
