package io.multishot.examples.nats.worker;

import java.util.function.Consumer;

/** Finds a worker's answer, at once or later, on any thread. */
@FunctionalInterface
public interface Answering {

    /**
     * Answers a question.
     *
     * @param question the question
     * @param reply sends the answer back; throws {@code IllegalStateException} while the broker is gone
     */
    void answer(String question, Consumer<String> reply);
}
