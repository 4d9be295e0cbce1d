package consumer;

import io.multishot.correlator.CorrelatorClosedException;
import io.multishot.reactor.ReactiveCorrelator;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers {@code GET /ask} with the reply that arrives for its ticket. */
@RestController
class AskController {
    private final ReactiveCorrelator<String> correlator;
    private final Questions questions;

    AskController(ReactiveCorrelator<String> correlator, Questions questions) {
        this.correlator = correlator;
        this.questions = questions;
    }

    @GetMapping("/ask")
    Mono<String> ask(@RequestParam("millis") long millis) {
        return correlator.request(Duration.ofMillis(millis), questions::send);
    }

    @ExceptionHandler(TimeoutException.class)
    @ResponseStatus(HttpStatus.GATEWAY_TIMEOUT)
    String timedOut() {
        return "timed out";
    }

    @ExceptionHandler(CorrelatorClosedException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    String shuttingDown() {
        return "shutting down";
    }
}
