package io.multishot.examples.load;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** A question whose reply arrives on another thread, by the number that went along. */
interface Asking extends AutoCloseable {
    /** The longest time that a reply may take. */
    Duration TIMEOUT = Duration.ofSeconds(2);

    /** Returns the reply; each subscription is a question of its own. */
    Mono<String> ask();

    /**
     * Returns the way of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Asking named(String name, Elsewhere elsewhere) {
        return switch (name) {
            case "correlator" -> new AskingByCorrelator(elsewhere);
            case "map" -> new AskingByMap(elsewhere);
            default -> throw new IllegalArgumentException("\"correlator\" or \"map\", not \"" + name + "\"");
        };
    }

    /** Ends every question that waits, and every later one, with an error. */
    @Override
    void close();
}
