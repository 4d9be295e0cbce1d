package io.multishot.examples.ask.work;

import java.time.Duration;

/**
 * The limits of the server's load.
 *
 * @param workers the number of questions answered at a time
 * @param patience the longest time that a question waits for a free worker
 * @param answerTimeout the longest time that a worker may take over an answer
 */
public record Limits(int workers, Duration patience, Duration answerTimeout) {

    /** Four workers; 100 milliseconds to find a free one, one second to answer. */
    public static final Limits DEFAULT = new Limits(4, Duration.ofMillis(100), Duration.ofSeconds(1));
}
