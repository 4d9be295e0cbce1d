package io.multishot.examples.nats.gateway;

import io.multishot.correlator.Ticket;
import io.multishot.examples.nats.broker.Wire;
import io.multishot.reactor.ReactiveCorrelator;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Request and reply over the broker. A question is published with a reply subject that ends with the ticket; one
 * subscription to all these subjects hands each reply to the correlator, which finds its request.
 */
final class Requests implements AutoCloseable {
    private final ReactiveCorrelator<Reply> correlator;
    private final Duration timeout;
    private final String inbox;
    private final Connection connection;

    Requests(Settings settings) throws IOException {
        correlator = ReactiveCorrelator.withCapacity(settings.capacity());
        timeout = settings.timeout();
        inbox = "replies." + settings.name();
        connection = Wire.connect(settings.broker(), settings.name(), (broker, event) -> onEvent(event));
        try {
            connection.createDispatcher(this::onReply).subscribe(inbox + ".*");
            Wire.sync(connection);
        } catch (IOException | RuntimeException failure) {
            close(); // it would reconnect for ever
            throw failure;
        }
    }

    /** The reply to a question; each subscription is a request of its own. */
    Mono<Reply> ask(String question, String nonce) {
        return correlator.request(timeout, ticket -> publish(ticket, question, nonce));
    }

    ReactiveCorrelator<Reply> correlator() {
        return correlator;
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    private Mono<Void> publish(long ticket, String question, String nonce) {
        return Mono.fromRunnable(() -> {
            try {
                connection.publish(
                        Wire.QUESTIONS,
                        inbox + "." + Ticket.toHex(ticket),
                        new Headers().put(Wire.NONCE, nonce),
                        question.getBytes(StandardCharsets.UTF_8));
            } catch (IllegalStateException disconnected) {
                throw new BrokerGoneException("the broker is gone: the question was not sent");
            }
        });
    }

    /** Never throws, whatever comes in: the correlator merely counts a reply that no request waits for. */
    private void onReply(Message message) {
        String subject = message.getSubject();
        String ticket = subject.substring(subject.lastIndexOf('.') + 1);
        if (message.isStatusMessage()) { // from the broker itself: no worker subscribes to the questions
            correlator.fail(ticket, new NoWorkerException());
        } else {
            correlator.complete(ticket, Reply.of(message));
        }
    }

    /**
     * A request is in the correlator before it is published, so none that went out by the lost connection is missed.
     */
    private void onEvent(Events event) {
        if (event == Events.DISCONNECTED || event == Events.CLOSED) {
            correlator.failAll(new BrokerGoneException("the connection to the broker was lost"));
        }
    }

    /** Ends every request, then leaves the broker. */
    @Override
    public void close() {
        correlator.dispose();
        Wire.close(connection);
    }
}
