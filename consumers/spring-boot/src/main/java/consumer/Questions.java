package consumer;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Holds the tickets of the questions that were sent, for the code that answers them. */
final class Questions {
    private final BlockingQueue<Long> tickets = new LinkedBlockingQueue<>();

    Mono<Void> send(long ticket) {
        return Mono.fromRunnable(() -> tickets.add(ticket));
    }

    /** Waits for the next question, and returns its ticket. */
    long next(Duration limit) throws InterruptedException {
        Long ticket = tickets.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (ticket == null) {
            throw new IllegalStateException("no question arrived within " + limit);
        }
        return ticket;
    }
}
