package io.multishot.examples.nats.gateway;

/** The connection to the broker is lost, so a request was not sent, or its reply will not come. */
final class BrokerGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerGoneException(String message) {
        super(
                message, null, false,
                false); // one object ends all requests in flight: its stack trace would tell nothing of them
    }
}
