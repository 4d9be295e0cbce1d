package io.multishot.examples.ask.work;

/** Records the answers that no client waits for any more. */
public interface Journal {

    /**
     * The round was revoked before the answer came: the client has left, or the time was up.
     *
     * @param worker the name of the worker that was asked
     * @param question the question
     */
    void abandoned(String worker, String question);

    /**
     * The worker came up with an outcome all the same, and the channel refused it.
     *
     * @param worker the name of the worker that was asked
     * @param question the question
     */
    void refused(String worker, String question);
}
