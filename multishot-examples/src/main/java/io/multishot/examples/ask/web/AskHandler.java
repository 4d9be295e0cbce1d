package io.multishot.examples.ask.web;

import io.multishot.examples.ask.work.NoWorkerException;
import io.multishot.examples.ask.work.WorkerPool;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes, and what each outcome of a round is in HTTP. */
final class AskHandler {
    /** The longest question, in characters. */
    static final int MAX_QUESTION = 200;

    private static final String HOW =
            "ask it as the last part of the path, as in GET /ask/why, in 1 to %d characters\n".formatted(MAX_QUESTION);
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final WorkerPool workers;

    AskHandler(WorkerPool workers) {
        this.workers = workers;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/ask/{question}", this::ask)
                .GET("/ask", request -> text(HttpStatus.BAD_REQUEST, "no question: " + HOW))
                .GET("/ask/", request -> text(HttpStatus.BAD_REQUEST, "no question: " + HOW))
                .route(
                        RequestPredicates.all(),
                        request -> text(HttpStatus.NOT_FOUND, "nothing here: the way is GET /ask/{question}\n"))
                .build();
    }

    private Mono<ServerResponse> ask(ServerRequest request) {
        String question = request.pathVariable("question").strip();
        if (question.isEmpty()) {
            return text(HttpStatus.BAD_REQUEST, "no question: " + HOW);
        }
        if (question.length() > MAX_QUESTION) {
            return text(HttpStatus.BAD_REQUEST, "a question of %d characters: %s".formatted(question.length(), HOW));
        }
        return workers.ask(question)
                .flatMap(answer -> text(HttpStatus.OK, answer + "\n"))
                .onErrorResume(NoWorkerException.class, AskHandler::unavailable)
                .onErrorResume(TimeoutException.class, timeout -> noAnswerInTime(question))
                .onErrorResume(error -> text(HttpStatus.INTERNAL_SERVER_ERROR, "no answer: " + error + "\n"));
    }

    private static Mono<ServerResponse> unavailable(NoWorkerException reason) {
        return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .contentType(TEXT)
                .bodyValue(reason.getMessage() + ": ask again in a second\n");
    }

    private static Mono<ServerResponse> noAnswerInTime(String question) {
        return text(HttpStatus.GATEWAY_TIMEOUT, "no answer to \"%s\" in time\n".formatted(question));
    }

    private static Mono<ServerResponse> text(HttpStatus status, String body) {
        return ServerResponse.status(status).contentType(TEXT).bodyValue(body);
    }
}
