package io.multishot.correlator;

import java.util.concurrent.RejectedExecutionException;

/**
 * A request was refused, and nothing was sent for it, since every slot of the {@link Correlator} is in flight.
 *
 * @see Correlator#open()
 */
public class CorrelatorFullException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message how full it is and what to do
     */
    public CorrelatorFullException(String message) {
        super(message);
    }
}
