package io.multishot.examples.nats.gateway;

import io.multishot.correlator.CorrelatorStatistics;
import io.multishot.examples.http.LoopbackServer;
import java.io.IOException;

/**
 * HTTP in front of the workers: {@code /ask?q=why} goes to one of them by the broker, and its reply is the response.
 */
public final class Gateway implements AutoCloseable {
    private final Requests requests;
    private final LoopbackServer server;

    private Gateway(Requests requests, LoopbackServer server) {
        this.requests = requests;
        this.server = server;
    }

    /**
     * Connects to the broker, and starts to serve on the loopback interface.
     *
     * @param settings the settings
     * @return the running gateway
     * @throws IOException if the broker cannot be reached
     * @throws reactor.netty.ChannelBindException if the port is taken
     */
    public static Gateway start(Settings settings) throws IOException {
        Requests requests = new Requests(settings);
        try {
            return new Gateway(requests, LoopbackServer.start(settings.port(), new AskRoutes(requests).routes()));
        } catch (RuntimeException failure) {
            requests.close();
            throw failure;
        }
    }

    /**
     * The port that it serves on.
     *
     * @return the port
     */
    public int port() {
        return server.address().getPort();
    }

    /**
     * Returns the URL to send requests to.
     *
     * @return the URL of the server, without a slash at its end
     */
    public String url() {
        return server.url();
    }

    /**
     * Tells whether the broker can be reached.
     *
     * @return true if it is connected now
     */
    public boolean isConnected() {
        return requests.isConnected();
    }

    /**
     * Returns the outcomes of the requests so far.
     *
     * @return the counts of the correlator
     */
    public CorrelatorStatistics statistics() {
        return requests.correlator().statistics();
    }

    /** Ends every request that waits, by a response that says so; then stops to serve. */
    @Override
    public void close() {
        try {
            requests.close();
        } finally {
            server.close();
        }
    }
}
