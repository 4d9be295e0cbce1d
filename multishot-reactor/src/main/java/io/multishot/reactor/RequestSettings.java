package io.multishot.reactor;

import io.multishot.correlator.Correlator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Scannable;

/** How each subscription to a {@code Mono} of a reply opens and sends its request. */
interface RequestSettings<T> extends Scannable {
    Correlator<T> correlator();

    /** Returns the time that the reply may take, {@code null} without a deadline. */
    @Nullable
    Duration timeout();

    /** Sends the request of a ticket; what it returns is subscribed to. */
    @Nullable
    Publisher<?> send(long ticket);
}
