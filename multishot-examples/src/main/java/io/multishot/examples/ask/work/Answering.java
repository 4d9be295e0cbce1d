package io.multishot.examples.ask.work;

/** Finds a worker's answer. It is called on the worker's own thread and may block there. */
@FunctionalInterface
public interface Answering {

    /**
     * Answers a question.
     *
     * @param question the question
     * @return the answer
     * @throws Exception if there is none; the response to the client shows the exception
     */
    String answer(String question) throws Exception;
}
