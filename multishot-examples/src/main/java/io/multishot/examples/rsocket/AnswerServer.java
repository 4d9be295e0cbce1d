package io.multishot.examples.rsocket;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.rsocket.ConnectionSetupPayload;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpServer;

/**
 * Answers questions when it likes, as often as it likes, each time with the ticket of the question, which it does not
 * read.
 */
public final class AnswerServer implements Disposable {
    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(10);

    // Closed for good on dispose: it then closes every connection in it, and every connection that is added later. A
    // list of
    // the RSockets would miss a connection that has not sent its SETUP frame, or whose acceptor runs after the list was
    // read.
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Function<String, Publisher<String>> answering;
    private final CloseableChannel channel;

    /**
     * Starts it on a free port of the loopback interface.
     *
     * @param answering the answers to a question: one as a rule, none or more for a server that does wrong
     */
    public AnswerServer(Function<String, Publisher<String>> answering) {
        this(answering, SETUP_TIMEOUT, () -> {});
    }

    /**
     * Starts it with what a test needs.
     *
     * @param setupTimeout the longest time that a client may take from connecting to its SETUP frame
     * @param arrival runs for each connection before this server knows of it
     */
    AnswerServer(Function<String, Publisher<String>> answering, Duration setupTimeout, Runnable arrival) {
        this.answering = answering;
        TcpServer loopback = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnChannelInit((observer, connection, address) -> {
                    arrival.run();
                    connections.add(connection);
                });
        channel = RSocketServer.create(acceptor())
                .maxTimeToFirstFrame(setupTimeout)
                .bindNow(TcpServerTransport.create(loopback));
    }

    private SocketAcceptor acceptor() {
        return (ConnectionSetupPayload setup, RSocket asker) -> Mono.just(new RSocket() {
            @Override
            public Mono<Void> fireAndForget(Payload payload) {
                Message question = Message.from(payload);
                return Flux.from(answering.apply(question.text()))
                        .concatMap(answer ->
                                asker.fireAndForget(question.answeredBy(answer).toPayload()))
                        .takeUntilOther(asker.onClose().onErrorComplete()) // RSocket itself would not cancel it
                        .then();
            }
        });
    }

    /**
     * Returns the address at which it listens.
     *
     * @return the address, with the port that was free
     */
    public InetSocketAddress address() {
        return channel.address();
    }

    /** Stops to listen, and closes every connection, those that are still being accepted included. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failed close changes nothing here
    public void dispose() {
        channel.dispose();
        connections.close();
    }

    @Override
    public boolean isDisposed() {
        return channel.isDisposed();
    }
}
