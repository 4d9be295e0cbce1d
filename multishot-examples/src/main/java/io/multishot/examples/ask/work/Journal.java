package io.multishot.examples.ask.work;

/** Is told of the answers that nobody waits for any more. */
public interface Journal {

    /**
     * The round was revoked before the answer came: the client has left, or the time was up.
     *
     * @param worker the name of the worker that was asked
     * @param question what was asked
     */
    void abandoned(String worker, String question);

    /**
     * The worker came up with an outcome all the same, and the channel refused it.
     *
     * @param worker the name of the worker that was asked
     * @param question what was asked
     */
    void refused(String worker, String question);
}
