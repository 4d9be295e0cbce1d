package io.multishot.examples.ask.work;

import java.time.Duration;

/**
 * How much the server takes on.
 *
 * @param workers how many questions are answered at a time
 * @param patience how long a question waits for a free worker
 * @param answerTimeout how long a worker may take over an answer
 */
public record Limits(int workers, Duration patience, Duration answerTimeout) {

    /** Four workers; 100 milliseconds to find a free one, one second to answer. */
    public static final Limits DEFAULT = new Limits(4, Duration.ofMillis(100), Duration.ofSeconds(1));
}
