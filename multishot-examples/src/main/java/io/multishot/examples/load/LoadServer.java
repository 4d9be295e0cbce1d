package io.multishot.examples.load;

import io.multishot.examples.http.LoopbackServer;
import java.net.InetSocketAddress;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /ask} asks, {@code GET /usage} tells what the process has used. */
public final class LoadServer implements AutoCloseable {
    private final Elsewhere elsewhere = new Elsewhere();
    private final Asking asking;
    private final LoopbackServer server;

    private LoadServer(String way, int port) {
        try {
            asking = Asking.named(way, elsewhere);
            server = LoopbackServer.start(port, routes(asking));
        } catch (RuntimeException failure) {
            elsewhere.close();
            throw failure;
        }
    }

    /**
     * Serves until it is killed.
     *
     * @param args {@code correlator} or {@code map}, and the port
     */
    public static void main(String[] args) {
        if (args.length != 2) {
            throw new IllegalArgumentException("give \"correlator\" or \"map\", and the port");
        }
        LoadServer running = start(args[0], Integer.parseInt(args[1]));
        System.out.println(args[0] + " serves on " + running.server.url());
        running.server.awaitClose();
    }

    static LoadServer start(String way, int port) {
        return new LoadServer(way, port);
    }

    InetSocketAddress address() {
        return server.address();
    }

    String url() {
        return server.url();
    }

    private static RouterFunction<ServerResponse> routes(Asking asking) {
        return RouterFunctions.route()
                .GET(
                        "/ask",
                        request -> asking.ask()
                                .flatMap(reply -> ServerResponse.ok().bodyValue(reply))
                                .onErrorResume(error -> ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                                        .build()))
                .GET("/usage", request -> ServerResponse.ok().bodyValue(Usage.line()))
                .build();
    }

    /** Ends every question that waits, by a response that says so; then stops to serve. */
    @Override
    public void close() {
        asking.close();
        elsewhere.close();
        server.close();
    }
}
