package io.multishot.examples.http;

import io.multishot.examples.log.OneLine;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.logging.HttpMessageArgProvider;
import reactor.netty.http.logging.ReactorNettyHttpMessageLogFactory;
import reactor.netty.http.server.HttpServer;

/** Functional WebFlux on Reactor Netty, on the loopback interface, with no container and nothing to scan. */
public final class LoopbackServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1"; // not "localhost", which may be anything
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(3));

    // Closed for good at the end: it then closes every connection in it, and every connection that is added later.
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Limits limits;
    private final DisposableServer server;

    private LoopbackServer(int port, RouterFunction<ServerResponse> routes, Limits limits, Runnable arrival) {
        this.limits = limits;
        server = HttpServer.create()
                .host(HOST)
                .port(port)
                .channelGroup(connections) // whose responses in progress are awaited on close
                .idleTimeout(limits.read()) // from one response, or from connecting, to the end of the next header
                .requestTimeout(limits.read()) // from there to the end of the body, not to the response
                .httpMessageLogFactory(new OneLineMessages())
                .doOnChannelInit((observer, connection, address) -> arrival.run())
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
                .bindNow();
    }

    /**
     * Starts to serve.
     *
     * @param port the port; 0 for any that is free
     * @param routes the routes to serve
     * @return the running server
     * @throws reactor.netty.ChannelBindException if the port is taken
     */
    public static LoopbackServer start(int port, RouterFunction<ServerResponse> routes) {
        return start(port, routes, LIMITS, () -> {});
    }

    /**
     * Starts with what a test needs.
     *
     * @param arrival runs for each connection before the server knows of it
     */
    static LoopbackServer start(int port, RouterFunction<ServerResponse> routes, Limits limits, Runnable arrival) {
        return new LoopbackServer(port, routes, limits, arrival);
    }

    /**
     * Returns the address at which it listens.
     *
     * @return the address
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.address();
    }

    /**
     * Returns the URL to send requests to.
     *
     * @return the URL of the server, without a slash at its end
     */
    public String url() {
        return "http://" + HOST + ":" + server.port();
    }

    /** Blocks until the server is closed, which may be for ever. */
    public void awaitClose() {
        server.onDispose().block();
    }

    /**
     * Stops to listen, lets responses in progress end, within three seconds, and closes every connection, those that
     * are still being accepted included.
     */
    @Override
    public void close() {
        try {
            server.disposeNow(limits.grace());
        } catch (IllegalStateException responseInProgress) {
            // it is cut off
        } finally {
            connections.close().awaitUninterruptibly(limits.grace().toMillis());
        }
    }

    /**
     * The longest times that clients may take.
     *
     * @param read for the header of a request, and again for its body
     * @param grace for a response in progress when the server is closed
     */
    record Limits(Duration read, Duration grace) {}

    /** Reactor Netty logs a request that it cannot read, as it came. */
    private static final class OneLineMessages extends ReactorNettyHttpMessageLogFactory {
        @Override
        public String common(HttpMessageArgProvider message) {
            return OneLine.of(super.common(message));
        }
    }
}
