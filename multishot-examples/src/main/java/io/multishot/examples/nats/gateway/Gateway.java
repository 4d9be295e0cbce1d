package io.multishot.examples.nats.gateway;

import io.multishot.Statistics;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** HTTP in front of the workers: {@code /ask?q=why} goes to one of them by the broker, and its reply is the response. */
public final class Gateway implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Requests requests;
    private final DisposableServer server;

    private Gateway(Requests requests, DisposableServer server) {
        this.requests = requests;
        this.server = server;
    }

    /**
     * Connects to the broker, and starts to serve on the loopback interface.
     *
     * @param settings how it is set up
     * @return the running gateway
     * @throws IOException if the broker cannot be reached
     */
    public static Gateway start(Settings settings) throws IOException {
        Requests requests = new Requests(settings);
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        DisposableServer server = HttpServer.create()
                .host("localhost")
                .port(settings.port())
                .channelGroup(connections) // whose responses in progress are awaited on close
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(new AskRoutes(requests).routes())))
                .bindNow();
        return new Gateway(requests, server);
    }

    /**
     * The port that it serves on.
     *
     * @return the port
     */
    public int port() {
        return server.port();
    }

    /**
     * Whether the broker can be reached.
     *
     * @return whether it is connected now
     */
    public boolean isConnected() {
        return requests.isConnected();
    }

    /**
     * What became of the requests so far.
     *
     * @return the counts of the correlator
     */
    public Statistics statistics() {
        return requests.correlator().statistics();
    }

    /** Ends every request that waits, by a response that says so; then stops to serve. */
    @Override
    public void close() {
        requests.close();
        server.disposeNow(GRACE);
    }
}
