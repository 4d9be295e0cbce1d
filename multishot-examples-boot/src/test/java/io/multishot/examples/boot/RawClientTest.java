package io.multishot.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Tests a real server, whose line the test holds, by raw connections. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RawClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int END_OF_STREAM = -1;
    private static final String GET = "GET /ask?question=why%0AINFO%20forged HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Configuration(proxyBeanMethods = false)
    static class Held {
        /** Completed by the server's event loop, perhaps after the application has started. */
        final CompletableFuture<SocketAddress> bound = new CompletableFuture<>();

        @Bean
        @Primary
        HeldLine heldLine() {
            return new HeldLine();
        }

        /** Reads a body, which the application itself never does. */
        @Bean
        RouterFunction<ServerResponse> echo() {
            return RouterFunctions.route()
                    .POST(
                            "/echo",
                            request -> request.bodyToMono(String.class)
                                    .flatMap(body -> ServerResponse.ok().bodyValue(body)))
                    .build();
        }

        @Bean
        WebServerFactoryCustomizer<NettyReactiveWebServerFactory> rememberingTheAddress() {
            return factory -> factory.addServerCustomizers(
                    server -> server.doOnBound(running -> bound.complete(running.address())));
        }
    }

    @SuppressWarnings("NullAway.Init") // each test starts it first
    private ConfigurableApplicationContext application;

    private void start(Duration readTimeout) {
        application = new SpringApplicationBuilder(BootExample.class, Held.class)
                .properties("server.port=0", "ask.timeout=1h", "ask.read-timeout=" + readTimeout.toMillis() + "ms")
                .run();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private InetSocketAddress address() {
        CompletableFuture<SocketAddress> bound = application.getBean(Held.class).bound;
        return (InetSocketAddress)
                bound.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    private Socket connect(String begin) throws IOException {
        Socket client = new Socket();
        client.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), address().getPort()),
                (int) LONG.toMillis());
        client.setSoTimeout((int) LONG.toMillis());
        client.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return client;
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

    @Test
    void address_isOfTheLoopbackInterface() {
        start(LONG);
        assertThat(address().getAddress().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /ask?question=why HTTP/1.1\r\nHost: local",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"
            })
    void request_sentHalf_isGivenUp(String half) throws Exception {
        start(Duration.ofMillis(100));
        try (Socket client = connect(half)) {
            readToEnd(client);
        }
    }

    @Test
    void answer_afterTheReadTimeout_isNotCutOff() throws Exception {
        start(Duration.ofMillis(100));
        try (Socket waiting = connect(GET)) {
            long ticket = application.getBean(HeldLine.class).awaitTicket();
            try (Socket half = connect("GET")) { // begun later: its end shows that the timeout is over
                readToEnd(half);
            }
            application.getBean(Answers.class).arrived(ticket, new Reply("because"));
            assertThat(readToEnd(waiting)).startsWith("HTTP/1.1 200 OK").contains("because");
        }
    }

    @Test
    void log_textFromOutside_staysInOneLine(CapturedOutput output) throws Exception {
        start(LONG);
        application.getBean(Answers.class).arrived(0, new Reply("You asked: why\r\nINFO forged\33[31m"));
        try (Socket client = connect("GET /\33[31mred HTTP/1.1\r\nno header: here\r\n\r\n")) {
            assertThat(readToEnd(client)).startsWith("HTTP/1.1 400");
        }
        assertThat(output.getOut().lines())
                .anyMatch(line -> line.contains("You asked: why\\u{d}\\u{a}INFO forged\\u{1b}[31m"))
                .anyMatch(line -> line.contains("GET /\\u{1b}[31mred"))
                .noneMatch(line -> line.startsWith("INFO forged"));
        assertThat(output.getOut()).doesNotContain("\33");
    }
}
