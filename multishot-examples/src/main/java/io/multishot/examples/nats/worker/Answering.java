package io.multishot.examples.nats.worker;

import java.util.function.Consumer;

/** How a worker finds its answer, at once or later and on whatever thread. */
@FunctionalInterface
public interface Answering {

    /**
     * Answers a question.
     *
     * @param question what was asked
     * @param reply sends the answer back; throws {@code IllegalStateException} while the broker is gone
     */
    void answer(String question, Consumer<String> reply);
}
