package io.multishot.examples.rsocket;

import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Answers at once, twice, late or never, as the question asks for. */
final class SampleAnswering implements Function<String, Publisher<String>> {
    static final String TWICE = "twice";
    static final String LATE = "late";
    static final String NEVER = "never";

    private final Sinks.Empty<Void> tooLate = Sinks.empty();

    /** Lets the late answers go. */
    void release() {
        tooLate.tryEmitEmpty();
    }

    @Override
    public Publisher<String> apply(String question) {
        Mono<String> answer = Mono.just("answer to " + question);
        return switch (question) {
            case TWICE -> Flux.concat(answer, answer);
            case LATE -> tooLate.asMono().then(answer);
            case NEVER -> Mono.never();
            default -> answer;
        };
    }
}
