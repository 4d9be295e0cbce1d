package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

class SenderSubscriberTest {
    private final Receiver<String> receiver = new Receiver<>();
    private final Sender<String> sender = receiver.sender();
    private final TestPublisher<String> work = TestPublisher.create();
    private final TestPublisher<String> unruly =
            TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
    private final List<Object> discarded = new ArrayList<>();
    private final List<Object> dropped = new ArrayList<>();
    private final Context hooks = Operators.enableOnDiscard(
            Context.of(
                    "reactor.onErrorDropped.local", (Consumer<Throwable>) dropped::add,
                    "reactor.onNextDropped.local", (Consumer<Object>) dropped::add),
            discarded::add);
    private final CoreSubscriber<String> subscriber = ReactiveReceiver.subscriberOf(sender, hooks);

    @Test
    void value_isSentAndUpstreamCancelled() {
        work.subscribe(subscriber);
        work.assertMinRequested(1).assertMaxRequested(1);
        work.next("a");
        assertThat(receiver.tryReceive()).isEqualTo("a");
        work.assertCancelled();
        assertThat(discarded).isEmpty();
    }

    @Test
    void flux_ofMany_sendsTheFirst() {
        Flux.just("a", "b", "c").subscribe(subscriber);
        assertThat(receiver.tryReceive()).isEqualTo("a");
        assertThat(dropped).isEmpty();
    }

    @Test
    void empty_closes() {
        Mono.<String>empty().subscribe(subscriber);
        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
        assertThat(sender.isOpen()).isFalse();
    }

    @Test
    void error_fails() {
        IllegalArgumentException cause = new IllegalArgumentException("no");
        Mono.<String>error(cause).subscribe(subscriber);
        assertThatThrownBy(receiver::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCause(cause);
        assertThat(dropped).isEmpty();
    }

    @Test
    void revokedMeanwhile_cancelsUpstreamAtOnce() {
        work.subscribe(subscriber);
        work.assertNotCancelled();
        receiver.revoke();
        work.assertCancelled();
    }

    @Test
    void receiverClosedMeanwhile_cancelsUpstreamAtOnce() {
        work.subscribe(subscriber);
        receiver.close();
        work.assertCancelled();
    }

    @Test
    void overBefore_cancelsWithoutARequest() {
        receiver.revoke();
        work.subscribe(subscriber);
        work.assertCancelled().assertMaxRequested(0);
    }

    @Test
    void valueAfterAnotherSend_isDiscarded() {
        work.subscribe(subscriber);
        sender.send("first");
        work.next("second");
        assertThat(discarded).containsExactly("second");
        assertThat(receiver.tryReceive()).isEqualTo("first");
    }

    /** Late signals of upstream, each the first one after the revoke. */
    static Stream<Named<Consumer<SenderSubscriberTest>>> lateSignals() {
        return Stream.of(
                Named.of("value", test -> {
                    test.subscriber.onNext("late");
                    assertThat(test.discarded).containsExactly("late");
                }),
                Named.of("error", test -> {
                    IllegalStateException late = new IllegalStateException("late");
                    test.subscriber.onError(late);
                    assertThat(test.dropped).containsExactly(late);
                }),
                Named.of("completion", test -> test.subscriber.onComplete()));
    }

    @ParameterizedTest
    @MethodSource("lateSignals")
    void lateSignal_afterTheRevoke_leavesTheNextRoundInPlaceAlone(Consumer<SenderSubscriberTest> signal) {
        unruly.subscribe(subscriber);
        receiver.revoke();
        receiver.recycle(sender);
        signal.accept(this);
        assertThat(sender.isOpen()).isTrue();
    }

    @Test
    void errorAfterAnotherSend_isDropped() {
        work.subscribe(subscriber);
        sender.send("first");
        IllegalStateException late = new IllegalStateException("late");
        work.error(late);
        assertThat(dropped).containsExactly(late);
        assertThat(receiver.tryReceive()).isEqualTo("first");
    }

    @Test
    void signalsAfterTheFirst_areDropped() {
        unruly.subscribe(subscriber);
        subscriber.onNext("a");
        receiver.tryReceive();
        receiver.recycle(sender);
        IllegalStateException error = new IllegalStateException("third");
        subscriber.onNext("b");
        subscriber.onError(error);
        subscriber.onComplete();
        assertThat(dropped).containsExactly("b", error);
        assertThat(sender.isOpen()).isTrue();
    }

    @Test
    void secondSubscription_isCancelled() {
        TestPublisher<String> second = TestPublisher.create();
        work.subscribe(subscriber);
        second.subscribe(subscriber);
        second.assertCancelled();
        work.assertNotCancelled();
        assertThat(sender.isOpen()).isTrue();
    }

    @Test
    void senderWithAHook_isFailed() {
        sender.onAbandoned(() -> {});
        work.subscribe(subscriber);
        work.assertCancelled();
        assertThatThrownBy(receiver::tryReceive).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void context_isSeenUpstream() {
        Mono.deferContextual(context -> Mono.just(context.<String>get("key")))
                .subscribe(ReactiveReceiver.subscriberOf(sender, Context.of("key", "from the context")));
        assertThat(receiver.tryReceive()).isEqualTo("from the context");
        assertThat(ReactiveReceiver.subscriberOf(sender).currentContext().isEmpty())
                .isTrue();
    }

    @Test
    void scan_tellsTheAttributes() {
        Scannable scannable = Scannable.from(subscriber);
        work.subscribe(subscriber);
        assertThat(scannable.scanUnsafe(Scannable.Attr.PARENT)).isNotNull();
        assertThat(scannable.scan(Scannable.Attr.PREFETCH)).isEqualTo(1);
        assertThat(scannable.scan(Scannable.Attr.RUN_STYLE)).isEqualTo(Scannable.Attr.RunStyle.SYNC);
        assertThat(scannable.scan(Scannable.Attr.CANCELLED)).isFalse();
        assertThat(scannable.scan(Scannable.Attr.TERMINATED)).isFalse();
        receiver.revoke();
        assertThat(scannable.scan(Scannable.Attr.CANCELLED)).isTrue();
        subscriber.onComplete();
        CoreSubscriber<String> ended = ReactiveReceiver.subscriberOf(receiver.sender());
        Mono.just("a").subscribe(ended);
        assertThat(Scannable.from(ended).scan(Scannable.Attr.TERMINATED)).isTrue();
    }
}
