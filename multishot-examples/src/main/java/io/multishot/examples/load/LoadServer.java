package io.multishot.examples.load;

import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** {@code GET /ask} asks, {@code GET /usage} tells what the process has used. */
public final class LoadServer {
    private LoadServer() {}

    /**
     * Serves until it is killed.
     *
     * @param args {@code correlator} or {@code map}, and the port
     */
    public static void main(String[] args) {
        if (args.length != 2) {
            throw new IllegalArgumentException("give \"correlator\" or \"map\", and the port");
        }
        DisposableServer server = start(args[0], Integer.parseInt(args[1]));
        System.out.println(args[0] + " serves on port " + server.port());
        server.onDispose().block();
    }

    static DisposableServer start(String way, int port) {
        return HttpServer.create()
                .host("localhost")
                .port(port)
                .handle(new ReactorHttpHandlerAdapter(
                        RouterFunctions.toHttpHandler(routes(Asking.named(way, new Elsewhere())))))
                .bindNow(Duration.ofSeconds(30));
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
}
