package io.multishot.examples.boot;

import reactor.core.publisher.Mono;

/** The way to the answering side: a broker, a socket. */
public interface Line {

    /**
     * Sends a question. The answer comes back by its ticket, to {@link Answers}, or never.
     *
     * @param ticket goes along
     * @param question the question
     * @return completes when it is sent
     */
    Mono<Void> send(long ticket, String question);
}
