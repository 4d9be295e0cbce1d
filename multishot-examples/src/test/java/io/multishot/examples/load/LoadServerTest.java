package io.multishot.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;

class LoadServerTest {

    @ParameterizedTest
    @ValueSource(strings = {"correlator", "map"})
    void ask_eitherWay_isAnswered(String way) {
        DisposableServer server = LoadServer.start(way, 0);
        try {
            assertThat(get(server, "/ask")).isEqualTo(Elsewhere.REPLY);
            assertThat(get(server, "/usage")).matches("[1-9]\\d* \\d+\\n");
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void start_anotherWay_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadServer.start("none", 0))
                .withMessageContaining("none");
    }

    private static @Nullable String get(DisposableServer server, String path) {
        return HttpClient.create()
                .get()
                .uri("http://localhost:" + server.port() + path)
                .responseContent()
                .aggregate()
                .asString()
                .block();
    }
}
