package consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.ReactiveCorrelator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/** Starts the application, asks it over HTTP, and checks the responses. Fails by an exception. */
public final class Main {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ReactiveCorrelator<String> correlator;
    private final Questions questions;
    private final String address;

    private Main(ConfigurableApplicationContext application) {
        @SuppressWarnings("unchecked") // asked for by class, the bean loses its type argument
        ReactiveCorrelator<String> bean = application.getBean(ReactiveCorrelator.class);
        correlator = bean;
        questions = application.getBean(Questions.class);
        address = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext application = SpringApplication.run(Application.class)) {
            Main main = new Main(application);
            main.reply_answersTheRequest();
            main.deadline_endsTheRequest_andALateReplyIsRefused();
            main.meters_areRegistered();
            main.shutdown_endsTheRequestThatWaits(application);
        }
        // Spring Boot's versions of both have replaced those that the library was compiled against.
        System.out.println("Spring Boot " + SpringBootVersion.getVersion() + ", Reactor " + version(Mono.class)
                + ", Micrometer " + version(MeterRegistry.class)
                + ": answered, timed out, late reply refused, metered, ended by shutdown");
    }

    private void reply_answersTheRequest() throws Exception {
        CompletableFuture<HttpResponse<String>> response = get("/ask?millis=" + LIMIT.toMillis());
        check("the reply", ReplyResult.DELIVERED, correlator.complete(questions.next(LIMIT), "because"));
        check("an answered request", "200 because", await(response));
    }

    private void deadline_endsTheRequest_andALateReplyIsRefused() throws Exception {
        check("a request without a reply", "504 timed out", await(get("/ask?millis=20")));
        check("a late reply", ReplyResult.LATE, correlator.complete(questions.next(LIMIT), "too late"));
    }

    private void meters_areRegistered() throws Exception {
        checkMeter("ended?tag=name:questions&tag=outcome:delivered");
        checkMeter("ended?tag=name:questions&tag=outcome:timed.out");
        checkMeter("refused.replies?tag=name:questions&tag=reason:late");
    }

    private void checkMeter(String name) throws Exception {
        String response = await(get("/actuator/metrics/multishot.correlator." + name));
        check("the meter " + name + " has counted one, in: " + response, true, response.contains("\"value\":1.0"));
    }

    private void shutdown_endsTheRequestThatWaits(ConfigurableApplicationContext application) throws Exception {
        CompletableFuture<HttpResponse<String>> response =
                get("/ask?millis=" + LIMIT.multipliedBy(2).toMillis());
        long ticket = questions.next(LIMIT);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
        check("a request that waits when the application stops", "503 shutting down", await(response));
        closed.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        check("a reply after the shutdown", ReplyResult.LATE, correlator.complete(ticket, "too late"));
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private static String await(CompletableFuture<HttpResponse<String>> future) throws Exception {
        HttpResponse<String> response = future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return response.statusCode() + " " + response.body();
    }

    private static void check(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException(what + ": expected " + expected + ", was " + actual);
        }
    }

    private static String version(Class<?> type) {
        return type.getPackage().getImplementationVersion();
    }
}
