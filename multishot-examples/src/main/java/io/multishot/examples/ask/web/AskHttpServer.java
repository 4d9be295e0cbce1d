package io.multishot.examples.ask.web;

import io.multishot.examples.ask.work.WorkerPool;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The workers behind HTTP: functional WebFlux on Reactor Netty, with no container and nothing to scan. */
public final class AskHttpServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final WorkerPool workers;
    private final DisposableServer server;

    private AskHttpServer(WorkerPool workers, DisposableServer server) {
        this.workers = workers;
        this.server = server;
    }

    /**
     * Starts to serve on the loopback interface.
     *
     * @param port the port; 0 for any that is free
     * @param workers who answers; closed with the server
     * @return the running server
     * @throws reactor.netty.ChannelBindException if the port is taken
     */
    public static AskHttpServer start(int port, WorkerPool workers) {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        DisposableServer server = HttpServer.create()
                .host("localhost")
                .port(port)
                .channelGroup(connections) // whose responses in progress are awaited on close
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(new AskHandler(workers).routes())))
                .bindNow();
        return new AskHttpServer(workers, server);
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
     * Where to send requests.
     *
     * @return the URL of the server, without a slash at its end
     */
    public String url() {
        return "http://localhost:" + port();
    }

    /** Blocks until the server is closed. */
    public void awaitClose() {
        server.onDispose().block();
    }

    /** Ends every question that waits, by a response that says so; then stops to serve. */
    @Override
    public void close() {
        workers.dispose();
        server.disposeNow(GRACE);
    }
}
