package io.multishot.examples.boot;

import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.correlator.CorrelatorFullException;
import io.multishot.reactor.ReactiveCorrelator;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A question over HTTP, whose answer arrives elsewhere. A client that goes away gives its question up. */
@RestController
class AskController {
    private final ReactiveCorrelator<Reply> correlator;
    private final Line line;
    private final AskProperties properties;

    AskController(ReactiveCorrelator<Reply> correlator, Line line, AskProperties properties) {
        this.correlator = correlator;
        this.line = line;
        this.properties = properties;
    }

    @GetMapping("/ask")
    Mono<Reply> ask(@RequestParam("question") String question) {
        return correlator.request(properties.timeout(), ticket -> line.send(ticket, question));
    }

    @ExceptionHandler(CorrelatorFullException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    @Nullable
    String full(CorrelatorFullException full) {
        return full.getMessage();
    }

    @ExceptionHandler(TimeoutException.class)
    @ResponseStatus(HttpStatus.GATEWAY_TIMEOUT)
    @Nullable
    String late(TimeoutException late) {
        return late.getMessage();
    }

    /** Shutting down: ended while under way, or not even begun. */
    @ExceptionHandler(CorrelatorClosedException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    @Nullable
    String closed(CorrelatorClosedException closed) {
        return closed.getMessage();
    }
}
