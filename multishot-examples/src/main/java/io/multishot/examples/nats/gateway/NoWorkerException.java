package io.multishot.examples.nats.gateway;

/** The broker knows no worker that takes questions. */
final class NoWorkerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoWorkerException() {
        super("no worker is running", null, false, false);
    }
}
