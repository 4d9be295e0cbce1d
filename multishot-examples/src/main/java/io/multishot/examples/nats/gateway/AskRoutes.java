package io.multishot.examples.nats.gateway;

import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.examples.nats.broker.Wire;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The route, and what each outcome of a request is in HTTP. */
final class AskRoutes {
    private static final Pattern NONCE = Pattern.compile("[\\w-]{1,64}");
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final Requests requests;

    AskRoutes(Requests requests) {
        this.requests = requests;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/ask", this::ask)
                .POST("/ask", this::ask)
                .build();
    }

    private Mono<ServerResponse> ask(ServerRequest request) {
        String question = request.queryParam("q").orElse("").strip();
        String given = request.headers().firstHeader(Wire.NONCE);
        String nonce = given == null ? UUID.randomUUID().toString() : given;
        if (question.isEmpty() || !NONCE.matcher(nonce).matches()) {
            return refusal(HttpStatus.BAD_REQUEST, "ask by /ask?q=why; a nonce is 1 to 64 letters, digits, _ or -");
        }
        return requests.ask(question, nonce)
                .flatMap(AskRoutes::answer)
                .onErrorResume(error -> refusal(statusOf(error), String.valueOf(error.getMessage())));
    }

    private static Mono<ServerResponse> answer(Reply reply) {
        return ServerResponse.ok()
                .contentType(TEXT)
                .header(Wire.NONCE, reply.nonce())
                .header(Wire.WORKER, reply.worker())
                .bodyValue(reply.answer() + "\n");
    }

    private static HttpStatus statusOf(Throwable error) {
        if (error instanceof TimeoutException) {
            return HttpStatus.GATEWAY_TIMEOUT;
        }
        if (error instanceof BrokerGoneException) {
            return HttpStatus.BAD_GATEWAY;
        }
        boolean unavailable = error instanceof CorrelatorFullException
                || error instanceof NoWorkerException
                || error instanceof CorrelatorClosedException; // the gateway closes, or is closed
        return unavailable ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static Mono<ServerResponse> refusal(HttpStatus status, String reason) {
        return ServerResponse.status(status).contentType(TEXT).bodyValue(reason + "\n");
    }
}
