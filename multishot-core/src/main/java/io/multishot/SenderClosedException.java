package io.multishot;

/**
 * A receive ended without a value and without a failure: the sender was closed, the round was revoked, the receiver was
 * closed, or no round was open.
 *
 * @see Sender#close()
 * @see Receiver#revoke()
 */
public class SenderClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message that names the possible reasons. */
    public SenderClosedException() {
        this("the round ended without a value: its sender was closed or revoked, the receiver was closed,"
                + " or no round was open (open one with sender() before receiving)");
    }

    /**
     * Creates an exception with a message of the caller's.
     *
     * @param message says what happened and what to do
     */
    public SenderClosedException(String message) {
        super(message);
    }
}
