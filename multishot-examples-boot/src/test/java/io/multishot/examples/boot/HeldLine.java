package io.multishot.examples.boot;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Answers nothing by itself: the test does. */
final class HeldLine implements Line {
    private final BlockingQueue<Long> tickets = new LinkedBlockingQueue<>();

    @Override
    public Mono<Void> send(long ticket, String question) {
        return Mono.fromRunnable(() -> tickets.add(ticket));
    }

    long awaitTicket() throws InterruptedException {
        Long ticket = tickets.poll(20, TimeUnit.SECONDS);
        if (ticket == null) {
            throw new AssertionError("no question was sent");
        }
        return ticket;
    }
}
