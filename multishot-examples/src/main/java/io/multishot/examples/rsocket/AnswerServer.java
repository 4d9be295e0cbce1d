package io.multishot.examples.rsocket;

import io.rsocket.ConnectionSetupPayload;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers questions when it likes, as often as it likes, each time with the ticket of the question, which it does not read. */
public final class AnswerServer implements Disposable {
    private final Set<RSocket> connections = ConcurrentHashMap.newKeySet();
    private final Function<String, Publisher<String>> answering;
    private final CloseableChannel channel;

    /**
     * Starts it on a free port of this machine.
     *
     * @param answering the answers to a question: one as a rule, none or more for a server that does wrong
     */
    public AnswerServer(Function<String, Publisher<String>> answering) {
        this.answering = answering;
        channel = RSocketServer.create(acceptor()).bindNow(TcpServerTransport.create("localhost", 0));
    }

    private SocketAcceptor acceptor() {
        return (ConnectionSetupPayload setup, RSocket asker) -> {
            connections.add(asker);
            asker.onClose().onErrorComplete().subscribe(null, null, () -> connections.remove(asker));
            return Mono.just(new RSocket() {
                @Override
                public Mono<Void> fireAndForget(Payload payload) {
                    Message question = Message.from(payload);
                    return Flux.from(answering.apply(question.text()))
                            .concatMap(answer -> asker.fireAndForget(
                                    question.answeredBy(answer).toPayload()))
                            .then();
                }
            });
        };
    }

    /**
     * Where it listens.
     *
     * @return the address, with the port that was free
     */
    public InetSocketAddress address() {
        return channel.address();
    }

    /** Hangs up on everybody, and listens no more. */
    @Override
    public void dispose() {
        channel.dispose();
        connections.forEach(RSocket::dispose);
    }

    @Override
    public boolean isDisposed() {
        return channel.isDisposed();
    }
}
