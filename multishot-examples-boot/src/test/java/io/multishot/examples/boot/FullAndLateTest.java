package io.multishot.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.ReactiveCorrelator;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Tests the responses without an answer, by a real server whose line the test holds. */
@Timeout(60)
class FullAndLateTest {
    @Configuration(proxyBeanMethods = false)
    static class Held {
        @Bean
        @Primary
        HeldLine heldLine() {
            return new HeldLine();
        }
    }

    @SuppressWarnings("NullAway.Init") // each test starts it first
    private ConfigurableApplicationContext application;

    private void start(String... settings) {
        application = new SpringApplicationBuilder(BootExample.class, Held.class)
                .web(WebApplicationType.REACTIVE)
                .properties("server.port=0")
                .properties(settings)
                .run();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private String url() {
        return "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl(url())
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    private CompletableFuture<@Nullable HttpStatusCode> ask() {
        return WebClient.create(url())
                .get()
                .uri("/ask?question=why")
                .exchangeToMono(response -> response.releaseBody().thenReturn(response.statusCode()))
                .toFuture();
    }

    private static int statusOf(CompletableFuture<@Nullable HttpStatusCode> reply) throws Exception {
        return Objects.requireNonNull(reply.get(30, TimeUnit.SECONDS)).value();
    }

    private HeldLine line() {
        return application.getBean(HeldLine.class);
    }

    @SuppressWarnings("unchecked") // there is one
    private ReactiveCorrelator<Reply> correlator() {
        return application.getBean(ReactiveCorrelator.class);
    }

    @Test
    void ask_notAnsweredInTime_isGatewayTimeoutAndTheAnswerLate() throws Exception {
        start("ask.timeout=50ms");
        client().get().uri("/ask?question=why").exchange().expectStatus().isEqualTo(504);
        assertThat(application.getBean(Answers.class).arrived(line().awaitTicket(), new Reply("late")))
                .isEqualTo(ReplyResult.LATE);
        assertThat(correlator().inFlight()).isZero();
    }

    @Test
    void ask_tooManyUnderWay_isUnavailable() throws Exception {
        start("ask.capacity=1", "ask.timeout=1h");
        CompletableFuture<@Nullable HttpStatusCode> first = ask();
        long ticket = line().awaitTicket();
        client().get().uri("/ask?question=why").exchange().expectStatus().isEqualTo(503);
        application.getBean(Answers.class).arrived(ticket, new Reply("because"));
        assertThat(statusOf(first)).isEqualTo(200);
    }

    @Test
    void shutdown_questionsUnderWay_endsEveryWaiter() throws Exception {
        start("ask.timeout=1h", "spring.lifecycle.timeout-per-shutdown-phase=20s");
        CompletableFuture<@Nullable HttpStatusCode> first = ask();
        line().awaitTicket();
        CompletableFuture<@Nullable HttpStatusCode> second = ask();
        line().awaitTicket();
        ReactiveCorrelator<Reply> correlator = correlator();

        application.close();

        assertThat(statusOf(first)).isEqualTo(503);
        assertThat(statusOf(second)).isEqualTo(503);
        assertThat(correlator.inFlight()).isZero();
    }
}
