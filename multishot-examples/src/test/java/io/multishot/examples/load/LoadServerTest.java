package io.multishot.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

@Timeout(60)
class LoadServerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"correlator", "map"})
    void ask_eitherWay_isAnswered(String way) {
        try (LoadServer server = LoadServer.start(way, 0)) {
            assertThat(get(server, "/ask")).isEqualTo(Elsewhere.REPLY);
            assertThat(get(server, "/usage")).matches("[1-9]\\d* \\d+\\n");
        }
    }

    @Test
    void address_isOfTheLoopbackInterface() {
        try (LoadServer server = LoadServer.start("map", 0)) {
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void start_anotherWay_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadServer.start("none", 0))
                .withMessageContaining("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"correlator", "map"})
    void close_questionThatWaitsOrComesLater_ends(String way) {
        try (Elsewhere elsewhere = new Elsewhere()) {
            Asking asking = Asking.named(way, elsewhere);
            CompletableFuture<@Nullable String> waiting = new CompletableFuture<>();
            elsewhere.send(
                    0,
                    busy -> { // the thread that replies: no reply comes before the close
                        asking.ask().subscribe(waiting::complete, waiting::completeExceptionally);
                        asking.close();
                    });
            assertThatThrownBy(() -> waiting.get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .matches(end ->
                            end instanceof IllegalStateException || end.getCause() instanceof IllegalStateException);
            assertThatThrownBy(() -> asking.ask().block(LONG)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void close_elsewhere_endsItsThread() throws Exception {
        CompletableFuture<Thread> replying = new CompletableFuture<>();
        try (Elsewhere elsewhere = new Elsewhere()) {
            elsewhere.send(0, number -> replying.complete(Thread.currentThread()));
            replying.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
        Thread thread = replying.join(); // done by now
        thread.join(LONG.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    private static @Nullable String get(LoadServer server, String path) {
        return HttpClient.create()
                .get()
                .uri(server.url() + path)
                .responseContent()
                .aggregate()
                .asString()
                .block(LONG);
    }
}
