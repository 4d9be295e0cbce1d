package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.correlator.Correlator;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Nothing blocks a non-blocking thread; told by BlockHound, which the profile {@code blockhound} installs for all tests
 * here.
 */
@EnabledIfSystemProperty(named = "blockhound", matches = "true", disabledReason = "needs the agent: -Pblockhound")
class BlockHoundTest {
    private static final int ROUNDS = 20_000;

    @Test
    void agent_findsABlock() {
        StepVerifier.create(Mono.fromCallable(() -> {
                            Thread.sleep(1);
                            return 1;
                        })
                        .subscribeOn(Schedulers.parallel()))
                .verifyErrorSatisfies(error ->
                        assertThat(error.getClass().getName()).isEqualTo("reactor.blockhound.BlockingOperationError"));
    }

    @Test
    void exchange_onNonBlockingThreads_neverBlocks() {
        ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        AtomicInteger next = new AtomicInteger();
        StepVerifier.create(receiver.exchange(
                                sender -> Schedulers.parallel().schedule(() -> sender.send(next.incrementAndGet())))
                        .subscribeOn(Schedulers.single())
                        .repeat(ROUNDS - 1))
                .expectNextCount(ROUNDS)
                .expectComplete()
                .verify(Duration.ofSeconds(50));
    }

    @Test
    void sendersAndReceive_onNonBlockingThreads_neverBlock() {
        ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        receiver.senders()
                .publishOn(Schedulers.parallel(), 1)
                .subscribe(sender -> Mono.just(1).subscribe(ReactiveReceiver.subscriberOf(sender)));
        StepVerifier.create(receiver.receive().subscribeOn(Schedulers.single()).repeat(ROUNDS - 1))
                .expectNextCount(ROUNDS)
                .expectComplete()
                .verify(Duration.ofSeconds(50));
    }

    @Test
    void request_onNonBlockingThreads_neverBlocks() {
        int atOnce = 32;
        ReactiveCorrelator<Integer> correlator = ReactiveCorrelator.from(
                Correlator.builder(16).maxWaiting(atOnce).build());
        StepVerifier.create(Flux.range(0, ROUNDS)
                        .publishOn(Schedulers.parallel())
                        .flatMap(
                                i -> correlator.request(
                                        Duration.ofSeconds(50),
                                        Duration.ofSeconds(50),
                                        ticket -> Mono.<Void>fromRunnable(() -> Schedulers.parallel()
                                                        .schedule(() -> correlator.complete(ticket, i)))
                                                .hide()),
                                atOnce))
                .expectNextCount(ROUNDS)
                .expectComplete()
                .verify(Duration.ofSeconds(50));
    }

    @Test
    void cancelAndDispose_onNonBlockingThreads_neverBlock() {
        ReactiveCorrelator<Integer> correlator = ReactiveCorrelator.withCapacity(1);
        Mono<Integer> request =
                correlator.request(Duration.ofSeconds(1), Duration.ofSeconds(1), ticket -> Mono.never());
        StepVerifier.create(
                        Flux.range(0, ROUNDS).publishOn(Schedulers.parallel()).doOnNext(i -> {
                            ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
                            var senders = receiver.senders().subscribe();
                            receiver.receive().subscribe().dispose();
                            senders.dispose();
                            receiver.receiver().revoke();
                            receiver.exchange(sender -> {}).subscribe().dispose();
                            receiver.dispose();
                            var inFlight = request.subscribe();
                            var waiting = request.subscribe();
                            inFlight.dispose();
                            waiting.dispose();
                        }))
                .expectNextCount(ROUNDS)
                .expectComplete()
                .verify(Duration.ofSeconds(50));
    }
}
