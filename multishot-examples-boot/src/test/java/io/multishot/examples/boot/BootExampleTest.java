package io.multishot.examples.boot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** With the embedded default. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
@Timeout(120)
class BootExampleTest {
    @Autowired
    private WebTestClient client;

    @Test
    void ask_isAnswered() {
        client.get()
                .uri("/ask?question=why")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Reply.class)
                .isEqualTo(new Reply("You asked: why"));
    }

    @Test
    void metrics_tellWhatTheCorrelatorDid() {
        client.get().uri("/ask?question=how").exchange().expectStatus().isOk();
        client.get()
                .uri("/actuator/metrics/multishot.correlator.ended?tag=outcome:delivered&tag=name:ask")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.measurements[0].value")
                .value(
                        Double.class,
                        delivered -> org.assertj.core.api.Assertions.assertThat(delivered)
                                .isPositive());
    }
}
