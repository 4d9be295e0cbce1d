package io.multishot.examples.ask.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Sends the server real requests. */
final class Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final Duration deadline;

    Client(String url, Duration deadline) {
        server = URI.create(url);
        this.deadline = deadline;
    }

    CompletableFuture<Reply> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(deadline).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Reply::of);
    }

    /** Sends a request, does something meanwhile, and closes the connection without reading the response. */
    <T> T getAndLeave(String path, Supplier<T> meanwhile) {
        try (Socket connection = new Socket()) {
            connection.connect(new InetSocketAddress(server.getHost(), server.getPort()), (int) deadline.toMillis());
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return meanwhile.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The judged parts of a response. */
    record Reply(int status, String retryAfter, String body) {

        static Reply of(HttpResponse<String> response) {
            String retryAfter = response.headers().firstValue("Retry-After").orElse("");
            return new Reply(response.statusCode(), retryAfter, response.body().strip());
        }

        /** The worker's name, with which its answers begin. */
        String worker() {
            return body.split(" ", 2)[0];
        }

        @Override
        public String toString() {
            return status + (retryAfter.isEmpty() ? "" : " Retry-After: " + retryAfter) + " " + body;
        }
    }
}
