package io.multishot.examples.nats;

import io.multishot.examples.nats.broker.Await;
import io.multishot.examples.nats.broker.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Sends real requests, each with a nonce of its own, and judges what comes back. */
final class Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Sends requests at the same time. */
    Tally send(int count, int port) {
        return send(count, port, "");
    }

    /** The same with longer questions. */
    Tally send(int count, int port, String padding) {
        return new Tally(
                IntStream.range(0, count).mapToObj(i -> sendOne(port, padding)).toList());
    }

    private CompletableFuture<Outcome> sendOne(int port, String padding) {
        String nonce = UUID.randomUUID().toString();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/ask?q=" + nonce + padding))
                .header(Wire.NONCE, nonce)
                .timeout(Await.DEADLINE)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Outcome(response.statusCode(), isRight(response, nonce, nonce + padding)));
    }

    /** Tells whether an answer is that to the question: its header and its body both say so. */
    private static boolean isRight(HttpResponse<String> response, String nonce, String question) {
        return response.statusCode() != 200
                || (response.headers().firstValue(Wire.NONCE).orElse("").equals(nonce)
                        && response.body().strip().equals(question));
    }

    /** The response that a client got. */
    record Outcome(int status, boolean isRight) {}
}
