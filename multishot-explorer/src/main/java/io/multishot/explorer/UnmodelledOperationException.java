package io.multishot.explorer;

/**
 * The scenario reached an operation that the explorer does not model, so that exploring on would prove nothing. The
 * message names the operation, and the class and method that reached it.
 */
public final class UnmodelledOperationException extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    UnmodelledOperationException(String message) {
        super(message);
    }
}
