package consumer;

import io.multishot.Sender;
import io.multishot.reactor.ReactiveCorrelator;
import io.multishot.reactor.ReactiveReceiver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** An exchange and a request on the class path, with the versions of the BOM. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        ReactiveReceiver<String> worker = ReactiveReceiver.create();
        Mono<String> exchange = worker.exchange(sender -> CompletableFuture.runAsync(() -> sender.send("pong")));

        ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(16);
        Mono<String> request = correlator.request(
                Duration.ofSeconds(10),
                ticket -> Mono.fromRunnable(
                        () -> CompletableFuture.runAsync(() -> correlator.complete(ticket, "reply"))));

        System.out.println("class path: " + exchange.block() + ", " + request.block() + ", core named: "
                + Sender.class.getModule().isNamed() + ", reactor named: "
                + ReactiveReceiver.class.getModule().isNamed());
        correlator.dispose();
        worker.dispose();
    }
}
