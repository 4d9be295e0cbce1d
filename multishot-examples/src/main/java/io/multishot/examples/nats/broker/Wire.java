package io.multishot.examples.nats.broker;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The protocol of gateways and workers: subjects, headers, and the way to connect. */
public final class Wire {
    /** The subject of questions. */
    public static final String QUESTIONS = "ask.questions";

    /** The queue group of the workers: each question goes to one of them. */
    public static final String WORKERS = "workers";

    /** The header that a reply repeats, on the wire and in HTTP. */
    public static final String NONCE = "Nonce";

    /** The header that names the worker, on the wire and in HTTP. */
    public static final String WORKER = "Worker";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Wire() {}

    /**
     * Connects, and from then on reconnects for ever. While it is disconnected, publishing is refused: nothing is kept
     * for later.
     *
     * @param broker the URL of the server
     * @param name the name of the connection for the server
     * @param listener receives disconnections
     * @return the connection
     * @throws IOException if the server cannot be reached
     */
    public static Connection connect(String broker, String name, ConnectionListener listener) throws IOException {
        Options options = Options.builder()
                .server(broker)
                .connectionName(name)
                .connectionTimeout(PATIENCE)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .reconnectBufferSize(0)
                .pingInterval(PATIENCE) // a stalled server is left after two pings without an answer
                .errorListener(new ErrorListener() {}) // the default one logs every failed attempt
                .connectionListener(listener)
                .build();
        try {
            return Nats.connect(options);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits until the server has seen everything that was sent before, as subscriptions.
     *
     * @param connection the connection
     * @throws IOException if the server does not answer
     */
    public static void sync(Connection connection) throws IOException {
        try {
            connection.flush(PATIENCE);
        } catch (TimeoutException e) {
            throw new IOException("the broker does not answer: is it running?", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Closes a connection at once; unsent messages are lost.
     *
     * @param connection the connection
     */
    public static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", cause);
    }
}
