package io.multishot.examples.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.reactor.ReactiveCorrelator;
import io.rsocket.transport.netty.client.TcpClientTransport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Shows that connections and answers still on their way end with a server that stops. */
@Timeout(60)
class AnswerServerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int END_OF_STREAM = -1;

    @Test
    void dispose_beforeConnectionIsKnown_closesItWhenItArrives() throws Exception {
        CountDownLatch arriving = new CountDownLatch(1);
        CountDownLatch disposed = new CountDownLatch(1);
        AnswerServer server = new AnswerServer(question -> Mono.never(), LONG, () -> {
            arriving.countDown();
            await(disposed);
        });
        try (Socket client = connect(server)) {
            await(arriving);
            server.dispose();
            disposed.countDown();
            assertThat(client.getInputStream().read()).isEqualTo(END_OF_STREAM);
        } finally {
            disposed.countDown();
            server.dispose();
        }
    }

    @Test
    void dispose_connectionWithoutSetup_isClosed() throws Exception {
        CountDownLatch arriving = new CountDownLatch(1);
        AnswerServer server = new AnswerServer(question -> Mono.never(), LONG, arriving::countDown);
        try (Socket client = connect(server)) {
            await(arriving);
            server.dispose();
            assertThat(client.getInputStream().read()).isEqualTo(END_OF_STREAM);
        } finally {
            server.dispose();
        }
    }

    @Test
    void connect_withoutSetupInTime_isClosed() throws Exception {
        AnswerServer server = new AnswerServer(question -> Mono.never(), Duration.ofMillis(50), () -> {});
        try (Socket client = connect(server)) {
            // A frame that says why may come first.
            while (client.getInputStream().read() != END_OF_STREAM) {}
        } finally {
            server.dispose();
        }
    }

    @Test
    void dispose_answerStillToCome_isCancelled() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AnswerServer server = new AnswerServer(question ->
                Mono.<String>never().doOnSubscribe(start -> asked.countDown()).doOnCancel(cancelled::countDown));
        ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1);
        try {
            Asker asker = Objects.requireNonNull(
                    Asker.connect(TcpClientTransport.create(server.address()), correlator, (answer, delivery) -> {})
                            .block(LONG));
            CompletableFuture<@Nullable String> reply = asker.ask("why", LONG).toFuture();
            await(asked);
            server.dispose();
            await(cancelled);
            assertThatThrownBy(() -> reply.get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IOException.class);
        } finally {
            server.dispose();
            correlator.dispose();
        }
    }

    @Test
    void address_isOfTheLoopbackInterface() {
        AnswerServer server = new AnswerServer(question -> Mono.never());
        try {
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        } finally {
            server.dispose();
        }
    }

    private static Socket connect(AnswerServer server) throws IOException {
        Socket client = new Socket();
        client.connect(server.address(), (int) LONG.toMillis());
        client.setSoTimeout((int) LONG.toMillis());
        return client;
    }

    private static void await(CountDownLatch event) {
        try {
            assertThat(event.await(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("what was awaited for %s", LONG)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
