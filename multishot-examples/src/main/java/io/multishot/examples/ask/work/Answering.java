package io.multishot.examples.ask.work;

/** How a worker finds its answer. It is called on the worker's own thread and may block there. */
@FunctionalInterface
public interface Answering {

    /**
     * Answers a question.
     *
     * @param question what was asked
     * @return the answer
     * @throws Exception if there is none; whoever asked is told the exception's message
     */
    String answer(String question) throws Exception;
}
