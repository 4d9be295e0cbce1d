package io.multishot.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Sinks;

/** Tests the server by raw connections. */
@Timeout(60)
class LoopbackServerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final int END_OF_STREAM = -1;
    private static final String GET = "GET /ask HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<LoopbackServer> running = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Sinks.One<String> answer = Sinks.one();

    /** Answers to {@code GET} when the test does, and to {@code POST} when the body is there. */
    private final RouterFunction<ServerResponse> routes = RouterFunctions.route()
            .GET(
                    "/ask",
                    request -> answer.asMono()
                            .doOnSubscribe(start -> asked.countDown())
                            .flatMap(text -> ServerResponse.ok().bodyValue(text)))
            .POST(
                    "/ask",
                    request -> request.bodyToMono(String.class)
                            .flatMap(text -> ServerResponse.ok().bodyValue(text)))
            .build();

    private LoopbackServer start(Duration read, Duration grace, Runnable arrival) {
        LoopbackServer server = LoopbackServer.start(0, routes, new LoopbackServer.Limits(read, grace), arrival);
        running.add(server);
        return server;
    }

    @AfterEach
    void stop() {
        released.countDown();
        running.forEach(LoopbackServer::close);
    }

    @Test
    void address_isOfTheLoopbackInterface() {
        assertThat(start(LONG, LONG, () -> {}).address().getAddress().isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /ask HT",
                "GET /ask HTTP/1.1\r\nHost: local",
                "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf",
                "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nfullGET /as"
            })
    void request_sentHalf_isGivenUp(String half) throws IOException {
        LoopbackServer server = start(SHORT, LONG, () -> {});
        try (Socket client = connect(server, half)) {
            readToEnd(client);
        }
    }

    @Test
    void response_afterTheReadTimeout_isNotCutOff() throws Exception {
        LoopbackServer server = start(SHORT, LONG, () -> {});
        try (Socket waiting = connect(server, GET)) {
            await(asked);
            try (Socket half = connect(server, "GET")) { // begun later: its end shows that the timeout is over
                readToEnd(half);
            }
            answer.tryEmitValue("because");
            assertThat(readToEnd(waiting)).startsWith("HTTP/1.1 200 OK").endsWith("because");
        }
    }

    @Test
    void request_thatCannotBeRead_isLoggedInOneLine() throws Exception {
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        PrintStream before = System.out;
        LoopbackServer server = start(LONG, LONG, () -> {});
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (Socket client = connect(server, "GET /\33[31mred HTTP/1.1\r\nno header: here\r\n\r\n")) {
            assertThat(readToEnd(client)).startsWith("HTTP/1.1 400");
        } finally {
            System.setOut(before);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .contains("\\u{1b}[31mred")
                .doesNotContain("\33");
    }

    @Test
    void close_beforeConnectionIsKnown_closesItWhenItArrives() throws Exception {
        CountDownLatch arriving = new CountDownLatch(1);
        LoopbackServer server = start(LONG, LONG, () -> {
            arriving.countDown();
            await(released);
        });
        try (Socket client = connect(server, GET)) {
            await(arriving);
            server.close();
            released.countDown();
            readToEnd(client);
        }
    }

    @Test
    void close_responseInProgress_isCutOffAfterTheGrace() throws Exception {
        LoopbackServer server = start(LONG, SHORT, () -> {});
        try (Socket client = connect(server, GET)) {
            await(asked);
            server.close();
            assertThat(readToEnd(client)).isEmpty();
        }
    }

    @Test
    void close_responseWithinTheGrace_isComplete() throws Exception {
        LoopbackServer server = start(LONG, LONG, () -> {});
        try (Socket client = connect(server, GET)) {
            await(asked);
            Thread closing = new Thread(server::close);
            closing.start();
            while (isListening(server)) {
                Thread.onSpinWait();
            }
            answer.tryEmitValue("because");
            assertThat(readToEnd(client)).startsWith("HTTP/1.1 200 OK").endsWith("because");
            closing.join(LONG.toMillis());
            assertThat(closing.isAlive()).isFalse();
        }
    }

    private static Socket connect(LoopbackServer server, String begin) throws IOException {
        Socket client = new Socket();
        client.connect(server.address(), (int) LONG.toMillis());
        client.setSoTimeout((int) LONG.toMillis());
        client.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static boolean isListening(LoopbackServer server) {
        try (Socket client = connect(server, "")) {
            return client.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** Returns what the server sends until it closes the connection. */
    private static String readToEnd(Socket client) throws IOException {
        StringBuilder read = new StringBuilder();
        for (int next = client.getInputStream().read();
                next != END_OF_STREAM;
                next = client.getInputStream().read()) {
            read.append((char) next);
        }
        return read.toString();
    }

    private static void await(CountDownLatch event) {
        try {
            assertThat(event.await(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("the event within %s", LONG)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
