package io.multishot.reactor;

import static io.multishot.testkit.AllocationMeter.bytesPerRound;
import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** What a subscription allocates on its thread: exact counts of bytes, no timings. */
class AllocationTest {
    private static final String VALUE = "value";
    private final Receiver<String> receiver = new Receiver<>();
    private final ReactiveReceiver<String> reactive = ReactiveReceiver.from(receiver);
    private final Mono<String> receive = reactive.receive();
    private final Blank subscriber = new Blank();
    private Sender<String> sender = receiver.sender();

    @Test
    void receive_recycledRoundSubscriptionFirst_allocatesOneObject() {
        sender.close();

        expectBytes(32, bytesPerRound(() -> {
            receiver.recycle(sender);
            receive.subscribe(subscriber);
            sender.send(VALUE);
        }));
    }

    @Test
    void receive_recycledRoundValueFirst_allocatesAtMostOneObject() {
        sender.close();

        assertThat(bytesPerRound(() -> {
                    receiver.recycle(sender);
                    sender.send(VALUE);
                    receive.subscribe(subscriber);
                }))
                .isLessThanOrEqualTo(32);
    }

    @Test
    void receive_subscribedAsAnyPublisher_allocatesOneObject() {
        Publisher<String> publisher = receive;
        sender.close();

        expectBytes(32, bytesPerRound(() -> {
            receiver.recycle(sender);
            publisher.subscribe(subscriber);
            sender.send(VALUE);
        }));
    }

    @Test
    void receive_cancelled_allocatesOneObject() {
        expectBytes(32, bytesPerRound(() -> {
            receive.subscribe(subscriber);
            subscriber.cancel();
        }));
    }

    @Test
    void exchange_answered_allocatesTheSubscriptionAndTheSender() {
        Mono<String> exchange = reactive.exchange(handedOut -> sender = handedOut);
        sender.close();

        expectBytes(32 + 16, bytesPerRound(() -> {
            exchange.subscribe(subscriber);
            sender.send(VALUE);
        }));
    }

    @Test
    void senders_answered_allocateTheReceiveAndTheSender() {
        receiver.revoke();
        reactive.senders().subscribe(next -> sender = next);

        expectBytes(32 + 16, bytesPerRound(() -> {
            receive.subscribe(subscriber);
            sender.send(VALUE);
        }));
    }

    @Test
    void request_answered_allocatesTheSubscriptionAndTheRequest() {
        ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1);

        expectBytes(32 + 24, bytesPerRequest(correlator, correlator::request));
    }

    @Test
    void requestWithDeadline_answered_allocatesNoMore() {
        Duration timeout = Duration.ofMinutes(1);
        ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1);

        expectBytes(32 + 24, bytesPerRequest(correlator, send -> correlator.request(timeout, send)));
    }

    /** Expects at least one object, and no more bytes. */
    private static void expectBytes(int most, double bytes) {
        assertThat(bytes).isPositive().isLessThanOrEqualTo(most);
    }

    private double bytesPerRequest(
            ReactiveCorrelator<String> correlator, Function<LongFunction<Publisher<?>>, Mono<String>> requests) {
        long[] sent = {0};
        Mono<String> request = requests.apply(ticket -> {
            sent[0] = ticket;
            return Mono.empty();
        });
        return bytesPerRound(() -> {
            request.subscribe(subscriber);
            correlator.complete(sent[0], VALUE);
        });
    }

    /** Allocates nothing itself, and is subscribed again and again, one subscription after the other. */
    private static final class Blank implements CoreSubscriber<String> {
        private Subscription subscription = NONE;
        private String last = "";

        private static final Subscription NONE = new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        };

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String value) {
            last = value;
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }

        @Override
        public void onComplete() {
            if (!VALUE.equals(last)) {
                throw new AssertionError("completed without the value");
            }
        }

        void cancel() {
            subscription.cancel();
        }
    }
}
