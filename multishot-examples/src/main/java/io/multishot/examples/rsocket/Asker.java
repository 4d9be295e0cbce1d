package io.multishot.examples.rsocket;

import io.multishot.correlator.ReplyResult;
import io.multishot.correlator.Ticket;
import io.multishot.reactor.ReactiveCorrelator;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketConnector;
import io.rsocket.transport.ClientTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Asks over a connection, by fire-and-forget with the ticket of the question, and matches what the other side sends
 * back by the same means. A correlator belongs to one connection: when that is lost, every question in it has failed.
 */
public final class Asker implements Disposable {
    private final ReactiveCorrelator<String> correlator;
    private final RSocket connection;

    private Asker(ReactiveCorrelator<String> correlator, RSocket connection) {
        this.correlator = correlator;
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param transport the transport to the server
     * @param correlator for the questions over this connection, and no others
     * @param told receives each answer that comes, and the correlator's result
     * @return the asker, once it is connected; a connection that comes after a cancel is closed at once
     */
    public static Mono<Asker> connect(
            ClientTransport transport, ReactiveCorrelator<String> correlator, BiConsumer<String, ReplyResult> told) {
        SocketAcceptor answers = SocketAcceptor.forFireAndForget(payload -> {
            Message answer = Message.from(payload);
            told.accept(answer.text(), correlator.complete(answer.ticket(), answer.text()));
            return Mono.empty();
        });
        Mono<Asker> connecting = RSocketConnector.create()
                .acceptor(answers)
                .connect(transport)
                .map(connection -> new Asker(correlator, connection).failingAllWhenClosed());
        return Mono.create(sink -> {
            // A cancel is not handed on: it would lose the connection, open, that is there at this moment.
            Disposable.Swap connected = Disposables.swap();
            sink.onCancel(connected);
            connecting
                    .contextWrite(sink.contextView())
                    .subscribe(
                            asker -> {
                                connected.update(asker); // disposes it if the cancel came first
                                sink.success(asker);
                            },
                            failure -> {
                                if (!connected.isDisposed()) {
                                    sink.error(failure);
                                }
                            });
        });
    }

    private Asker failingAllWhenClosed() {
        connection
                .onClose()
                .onErrorComplete()
                .subscribe(
                        null, null, () -> correlator.failAll(new IOException("the connection to who answers is lost")));
        return this;
    }

    /**
     * Asks a question.
     *
     * @param question the question
     * @param timeout the longest time that the answer may take
     * @return the answer; each subscription asks anew. It fails with a {@link java.util.concurrent.TimeoutException},
     *     when the connection is lost with an {@link IOException}, and as {@link ReactiveCorrelator#request} tells
     */
    public Mono<String> ask(String question, Duration timeout) {
        return correlator.request(timeout, ticket -> connection.fireAndForget(payload(ticket, question)));
    }

    private static Payload payload(long ticket, String question) {
        return new Message(Ticket.toBytes(ticket), question).toPayload();
    }

    /** Closes the connection, so every question fails. */
    @Override
    public void dispose() {
        connection.dispose();
    }

    @Override
    public boolean isDisposed() {
        return connection.isDisposed();
    }
}
