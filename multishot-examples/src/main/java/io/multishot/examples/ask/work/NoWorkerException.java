package io.multishot.examples.ask.work;

/** No worker can take the question now. */
public final class NoWorkerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoWorkerException(String message, Throwable cause) {
        super(message, cause);
    }
}
