package io.multishot.examples.nats.gateway;

import io.multishot.examples.nats.broker.Wire;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;

/**
 * A worker's reply.
 *
 * @param answer the answer
 * @param nonce the request's nonce, as the reply repeats it
 * @param worker the name of the worker
 */
record Reply(String answer, String nonce, String worker) {

    static Reply of(Message message) {
        return new Reply(
                new String(message.getData(), StandardCharsets.UTF_8),
                header(message, Wire.NONCE),
                header(message, Wire.WORKER));
    }

    private static String header(Message message, String name) {
        String value = message.hasHeaders() ? message.getHeaders().getFirst(name) : null;
        return value == null ? "" : value;
    }
}
