package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** What every publisher of Reactor does: assembly, debugging, context, operators around it. */
class CitizenshipTest {
    private final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
    private final ReactiveCorrelator<Integer> correlator = ReactiveCorrelator.withCapacity(128);

    @AfterEach
    void resetHooks() {
        Hooks.resetOnOperatorDebug();
        Hooks.resetOnEachOperator();
        Hooks.disableAutomaticContextPropagation();
    }

    @Test
    void checkpoint_errorOfSenders_isMarkedByIt() {
        receiver.senders().subscribe();
        StepVerifier.create(receiver.senders().checkpoint("at the desk"))
                .verifyErrorSatisfies(
                        error -> assertThat(error.getSuppressed()[0]).hasMessageContaining("at the desk"));
    }

    /** Reactor names the first frame outside of its own packages, which is ours. */
    @Test
    void onOperatorDebug_errorTellsThePublisher() {
        Hooks.onOperatorDebug();
        expectAssemblyTrace(receiver.receive(), "MonoReceive");
        expectAssemblyTrace(receiver.exchange(sender -> sender.fail(new Exception())), "MonoExchange");
        expectAssemblyTrace(correlator.request(ticket -> Mono.error(new Exception())), "MonoRequest");
        receiver.senders().subscribe();
        expectAssemblyTrace(receiver.senders(), "FluxSenders");
    }

    private static void expectAssemblyTrace(Publisher<?> failing, String name) {
        StepVerifier.create(failing)
                .verifyErrorSatisfies(error -> assertThat(error.getSuppressed()[0])
                        .hasMessageContaining("Assembly trace from producer [io.multishot.reactor." + name));
    }

    @Test
    void onEachOperator_isAskedForEachPublisher() {
        AtomicInteger assembled = new AtomicInteger();
        Hooks.onEachOperator(publisher -> {
            assembled.incrementAndGet();
            return publisher;
        });
        receiver.receive();
        receiver.exchange(sender -> {});
        receiver.senders();
        correlator.request(ticket -> Mono.empty());
        assertThat(assembled).hasValue(4);
    }

    @Nested
    class AutomaticContextPropagation {
        private final ThreadLocal<String> who = new ThreadLocal<>();
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @BeforeEach
        void enable() {
            ContextRegistry.getInstance().registerThreadLocalAccessor("who", who);
            Hooks.enableAutomaticContextPropagation();
        }

        @AfterEach
        void disable() {
            who.remove();
            ContextRegistry.getInstance().removeThreadLocalAccessor("who");
        }

        @Test
        void receiver_seesItsOwnThreadLocal() {
            who.set("caller"); // here, since each method has a thread of its own
            Mono<Integer> answer = receiver.exchange(sender -> new Thread(() -> sender.send(1)).start())
                    .doOnNext(value -> seen.add(who.get()))
                    .contextCapture();
            assertThat(answer.block(Duration.ofSeconds(50))).isEqualTo(1);
            receiver.receiver().sender();
            Mono<Integer> received = receiver.receive()
                    .publishOn(Schedulers.parallel())
                    .doOnNext(value -> seen.add(who.get()))
                    .doOnSubscribe(subscription -> Schedulers.boundedElastic()
                            .schedule(() -> receiver.receiver().revoke()))
                    .onErrorResume(SenderClosedException.class, error -> {
                        seen.add(who.get());
                        return Mono.just(2);
                    });
            assertThat(received.block(Duration.ofSeconds(50))).isEqualTo(2);
            assertThat(seen).containsExactly("caller", "caller");
        }

        @Test
        void requesterAndSending_seeTheThreadLocalOfTheCaller() {
            who.set("caller");
            Mono<Integer> reply = correlator
                    .request(ticket -> Mono.defer(() -> {
                                seen.add("sends: " + who.get());
                                new Thread(() -> correlator.complete(ticket, 1)).start();
                                return Mono.empty();
                            })
                            .subscribeOn(Schedulers.boundedElastic()))
                    .doOnNext(value -> seen.add("receives: " + who.get()))
                    .contextCapture();

            assertThat(reply.block(Duration.ofSeconds(50))).isEqualTo(1);

            assertThat(seen).containsExactly("sends: caller", "receives: caller");
        }
    }

    @Test
    void flatMap_overManyRequests_eachGetsItsOwnReply() {
        StepVerifier.create(Flux.range(0, 1_000)
                        .flatMap(
                                i -> correlator
                                        .request(ticket -> {
                                            Schedulers.parallel().schedule(() -> correlator.complete(ticket, i));
                                            return Mono.empty();
                                        })
                                        .map(value -> value.equals(i)),
                                correlator.capacity())
                        .all(same -> same))
                .expectNext(true)
                .verifyComplete();
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void publishOn_onEachSide_keepsEveryRound() {
        AtomicInteger next = new AtomicInteger();
        receiver.senders()
                .publishOn(Schedulers.parallel(), 1)
                .subscribe(sender -> Mono.fromSupplier(next::incrementAndGet)
                        .subscribeOn(Schedulers.boundedElastic())
                        .subscribe(ReactiveReceiver.subscriberOf(sender)));
        StepVerifier.create(receiver.receive()
                        .subscribeOn(Schedulers.parallel())
                        .publishOn(Schedulers.single())
                        .repeat(499)
                        .collectList())
                .assertNext(all -> assertThat(all).hasSize(500).isSorted().doesNotHaveDuplicates())
                .verifyComplete();
    }

    @Test
    void flatMap_overManyReceivers_eachGetsItsOwn() {
        StepVerifier.create(Flux.range(0, 100)
                        .flatMap(i -> ReactiveReceiver.<Integer>create()
                                .exchange(sender -> Schedulers.parallel().schedule(() -> sender.send(i)))
                                .map(value -> value.equals(i)))
                        .all(same -> same))
                .expectNext(true)
                .verifyComplete();
    }

    @Test
    void cache_asksOnce() {
        AtomicInteger asked = new AtomicInteger();
        Mono<Integer> cached = receiver.exchange(sender -> sender.send(asked.incrementAndGet()))
                .cache();
        StepVerifier.create(Flux.concat(cached, cached, cached))
                .expectNext(1, 1, 1)
                .verifyComplete();
    }

    @Test
    void share_ofSenders_servesManySubscribersByOneSubscription() {
        AtomicInteger seen = new AtomicInteger();
        Flux<Sender<Integer>> shared = receiver.senders().publish().refCount(2);
        shared.subscribe(sender -> seen.incrementAndGet());
        shared.subscribe(sender -> sender.send(seen.get()));
        StepVerifier.create(receiver.receive()).expectNext(1).verifyComplete();
    }

    @Test
    void probe_workIsSubscribedOnceARoundAndCancelledWithIt() {
        PublisherProbe<Integer> work = PublisherProbe.of(Mono.never());
        var answer = receiver.exchange(sender -> work.mono().subscribe(ReactiveReceiver.subscriberOf(sender)))
                .subscribe();
        work.assertWasSubscribed();
        work.assertWasRequested();
        work.assertWasNotCancelled();
        answer.dispose();
        work.assertWasCancelled();
        assertThat(work.subscribeCount()).isEqualTo(1);
    }

    @Test
    void senderInAQueue_cancelledDownstream_isClosedByTheDiscardHook() {
        RecordingSubscriber<Sender<Integer>> slow = RecordingSubscriber.patient();
        receiver.senders()
                .publishOn(Schedulers.immediate())
                .doOnDiscard(Sender.class, sender -> sender.close())
                .subscribe(slow);
        RecordingSubscriber<Integer> waiting = RecordingSubscriber.unbounded();
        receiver.receive().subscribe(waiting);
        waiting.expectNoSignal();

        slow.cancel();

        waiting.expectError(SenderClosedException.class);
    }
}
