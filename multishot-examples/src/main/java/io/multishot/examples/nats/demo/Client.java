package io.multishot.examples.nats.demo;

import io.multishot.examples.nats.broker.Await;
import io.multishot.examples.nats.broker.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a gateway over HTTP. */
final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern URL = Pattern.compile("http://\\S+");

    private final String url;

    private Client(String url) {
        this.url = url;
    }

    /** The client of the gateway whose URL is in a text. */
    static Client of(String text) {
        Matcher matcher = URL.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no URL in \"" + text + "\"");
        }
        return new Client(matcher.group());
    }

    /** Asks with a nonce of its own. */
    Asked ask(String question) {
        String nonce = UUID.randomUUID().toString();
        URI uri = URI.create(url + "/ask?q=" + question);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header(Wire.NONCE, nonce)
                .timeout(Await.DEADLINE)
                .build();
        return new Asked(
                uri,
                nonce,
                HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Outcome::of));
    }

    /** A question that was sent. */
    record Asked(URI uri, String nonce, CompletableFuture<Outcome> outcome) {

        /** Has its own limit: that of the request covers the header of the response only. */
        Outcome await() {
            try {
                return outcome.get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException("waited %s for the response to %s".formatted(Await.DEADLINE, uri), e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("waited for the response to %s: %s".formatted(uri, e.getCause()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the response to " + uri, e);
            }
        }
    }

    /** The outcome of a request. */
    record Outcome(int status, String nonce, String body) {

        static Outcome of(HttpResponse<String> response) {
            String nonce = response.headers().firstValue(Wire.NONCE).orElse("");
            return new Outcome(response.statusCode(), nonce, response.body().strip());
        }

        boolean isEchoOf(String sent) {
            return nonce.equals(sent);
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }
}
