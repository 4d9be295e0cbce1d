package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * What {@code receive()}, {@code exchange} and both forms of {@code request} have in common, each rule for each of
 * them. The rules of Reactive Streams that its TCK skips for one element are among them: a subscription after its
 * cancel (§3.6, §3.7, §3.12, §3.13), a bad request (§3.9), and more demand than there are elements (§3.17).
 */
@ParameterizedClass
@EnumSource(OutcomeForm.Kind.class)
class OutcomeRulesTest {
    private static final String HOOK = "OutcomeRulesTest";
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final OutcomeForm form;
    private final Mono<String> mono;
    private final RecordingSubscriber<String> subscriber = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    /** For the subscription that comes after the one that a test is about. */
    private final RecordingSubscriber<String> next = RecordingSubscriber.unbounded();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    OutcomeRulesTest(OutcomeForm.Kind kind) {
        form = kind.create();
        mono = form.assemble();
    }

    @AfterEach
    void cleanUp() {
        time.dispose();
        Hooks.resetOnEachOperator(HOOK);
    }

    private void subscribe(RecordingSubscriber<String> to) {
        form.prepare();
        mono.subscribe(to);
    }

    private void answer(String value) {
        assertThat(form.answer(value)).isTrue();
    }

    private void expectNextSubscriptionIsAnswered() {
        subscribe(next);
        next.expectNoSignal();
        answer("next");
        next.expectValue("next");
    }

    @SuppressWarnings("unchecked") // every subscription of this test is to a String
    private static OutcomeSubscription<String> subscription(Object subscription) {
        return (OutcomeSubscription<String>) subscription;
    }

    private static OutcomeSubscription<String> subscription(RecordingSubscriber<String> subscriber) {
        return subscription(subscriber.subscription());
    }

    // ---- outcome ----------------------------------------------------------------------------------------------------

    @Test
    void answer_whileWaiting_isSignalledOnce() {
        subscribe(subscriber);
        subscriber.expectNoSignal();

        answer("value");

        assertThat(form.answer("again")).isFalse();
        assertThat(form.fail(CAUSE)).isFalse();
        subscriber.expectValue("value");
        subscriber.expectNothingLeftOver();
        expectNextSubscriptionIsAnswered();
    }

    @Test
    void failure_whileWaiting_signalsTheCauseItself() {
        for (RuntimeException cause : List.of(CAUSE, new IllegalStateException("the sender's own"))) {
            RecordingSubscriber<String> waiting = RecordingSubscriber.unbounded();
            subscribe(waiting);

            assertThat(form.fail(cause)).isTrue();

            waiting.expectError(cause);
            waiting.expectNothingLeftOver();
        }
    }

    @Test
    void dispose_whileWaiting_endsTheWaitAndRefusesALateAnswer() {
        subscribe(subscriber);

        form.disposable().dispose();

        subscriber.expectError(form.endByDispose());
        assertThat(form.answer("late")).isFalse();
    }

    @Test
    void subscribe_disposed_isRefusedBeforeARequest() {
        form.disposable().dispose();

        subscribe(patient);

        patient.expectError(form.refusalAfterDispose());
    }

    @Test
    void subscribe_whileAnotherWaits_isRefusedAndDisturbsNothing() {
        subscribe(next);

        subscribe(subscriber);
        subscriber.cancel();

        subscriber.expectError(form.refusal());
        next.expectNoSignal();
        answer("value");
        next.expectValue("value");
    }

    @Test
    void onNext_throws_reachesTheAnswerAndLeavesTheNextAlone() {
        IllegalStateException thrown = new IllegalStateException("the subscriber's own");
        subscribe(subscriber.onNextDo(value -> {
            throw thrown;
        }));

        assertThatThrownBy(() -> form.answer("value")).isSameAs(thrown);

        assertThat(subscriber.signals()).containsExactly(Signal.next("value"));
        expectNextSubscriptionIsAnswered();
    }

    @Test
    void subscribe_fromInsideOnNext_isAnsweredNext() {
        form.prepare();
        mono.doOnNext(value -> subscribe(next)).subscribe(subscriber);

        answer("first");
        next.expectNoSignal();
        answer("second");

        subscriber.expectValue("first");
        next.expectValue("second");
    }

    // ---- request ----------------------------------------------------------------------------------------------------

    @Test
    void request_notYet_touchesNothing() {
        subscribe(patient);
        form.expectUntouched();

        patient.request(1);
        answer("value");

        patient.expectValue("value");
    }

    @Test
    void request_again_isIgnored() {
        subscribe(patient.onNextDo(value -> patient.request(1)));

        patient.request(Long.MAX_VALUE);
        patient.request(1);
        patient.request(Long.MAX_VALUE);
        patient.expectNoSignal();
        answer("value");
        patient.request(Long.MAX_VALUE);

        patient.expectValue("value");
        expectNextSubscriptionIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void badRequest_first_isSignalledOnceAndTouchesNothing(long n) {
        subscribe(patient);

        patient.request(n);
        patient.request(n);
        patient.request(1);

        assertThat(patient.expectError(IllegalArgumentException.class))
                .hasMessageContaining("§3.9")
                .hasMessageContaining(String.valueOf(n));
        form.expectUntouched();
        expectNextSubscriptionIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void badRequest_whileWaiting_isSignalledOnceAndLetsTheNextIn(long n) {
        subscribe(subscriber);

        subscriber.request(n);
        subscriber.request(n);

        assertThat(subscriber.expectError(IllegalArgumentException.class)).hasMessageContaining("§3.9");
        expectNextSubscriptionIsAnswered();
        subscriber.expectNothingLeftOver();
    }

    /** The value has taken the subscription out, then comes the bad request, then the value is signalled. */
    @Test
    void badRequest_valueOnItsWay_signalsTheValueOnly() {
        subscribe(subscriber);
        assertThat(subscription(subscriber).end()).isTrue();

        subscriber.request(-1);
        subscription(subscriber).onValue("value");

        subscriber.expectValue("value");
    }

    @Test
    void badRequest_afterTheValue_isIgnored() {
        subscribe(subscriber);
        answer("value");
        subscribe(next);

        subscriber.request(0);

        subscriber.expectValue("value");
        answer("next");
        next.expectValue("next");
    }

    @Test
    void badRequest_afterCancel_isIgnored() {
        subscribe(patient);

        patient.cancel();
        patient.request(0);

        patient.expectNoSignal();
    }

    // ---- cancel -----------------------------------------------------------------------------------------------------

    @Test
    void cancel_whileWaiting_isSilentAndLetsTheNextIn() {
        subscribe(subscriber);

        subscriber.cancel();

        expectNextSubscriptionIsAnswered();
        subscriber.expectNoSignal();
        subscriber.expectNothingLeftOver();
    }

    @Test
    void cancel_whileWaiting_dropsTheReferenceToTheSubscriber() {
        Garbage.expectCollected(this::subscribeAndCancel);

        expectNextSubscriptionIsAnswered(); // the channel or table itself is still held
    }

    private Object subscribeAndCancel() {
        RecordingSubscriber<String> cancelled = RecordingSubscriber.unbounded();
        subscribe(cancelled);
        cancelled.cancel();
        return cancelled;
    }

    @Test
    void cancel_beforeRequest_touchesNothing() {
        subscribe(patient);

        patient.cancel();
        patient.request(1);
        patient.request(Long.MIN_VALUE);

        patient.expectNoSignal();
        form.expectUntouched();
    }

    @Test
    void cancel_again_leavesTheNextAlone() {
        subscribe(subscriber);
        subscriber.cancel();
        subscribe(next);

        subscriber.cancel();

        answer("value");
        next.expectValue("value");
    }

    @Test
    void cancel_afterTheValue_leavesTheNextAlone() {
        subscribe(subscriber);
        answer("first");
        subscribe(next);

        subscriber.cancel();

        answer("second");
        subscriber.expectValue("first");
        next.expectValue("second");
    }

    @Test
    void cancel_fromInsideOnNext_suppressesOnComplete() {
        subscribe(subscriber.onNextDo(value -> subscriber.cancel()));

        answer("value");

        assertThat(subscriber.signals()).containsExactly(Signal.next("value"));
    }

    /** The request has passed its check, then comes the cancel, then the request goes on. */
    @Test
    void cancel_justBeforeTheWaitBegins_leavesNothingWaiting() {
        subscribe(patient);

        patient.cancel();
        subscription(patient).begin();

        patient.expectNoSignal();
        form.expectNothingWaits();
        expectNextSubscriptionIsAnswered();
    }

    /** As before, but another one waits: the refusal is not signalled, nor thrown at the thread that requests. */
    @Test
    void cancel_justBeforeARefusal_isSilent() {
        subscribe(next);
        subscribe(patient);

        patient.cancel();
        subscription(patient).begin();

        patient.expectNoSignal();
        answer("value");
        next.expectValue("value");
    }

    /** The value has taken the subscription out, then comes the cancel, then the value. */
    @Test
    void cancel_valueOnItsWay_discardsIt() {
        List<String> seen = new ArrayList<>();
        subscribe(subscriber);
        mono.doOnDiscard(String.class, seen::add).subscribe(patient);
        Object inner =
                Objects.requireNonNull(Scannable.from(patient.subscription()).scan(Attr.PARENT));

        subscriber.cancel();
        subscription(subscriber).onValue("value");
        patient.cancel();
        subscription(inner).onValue("value");

        subscriber.expectNoSignal();
        assertThat(subscriber.discarded()).containsExactly("value");
        assertThat(seen).containsExactly("value");
    }

    @Test
    void cancel_failureOnItsWay_dropsIt() {
        subscribe(patient);

        patient.cancel();
        subscription(patient).onFailure(CAUSE);

        patient.expectNoSignal();
        assertThat(patient.droppedErrors()).containsExactly(CAUSE);
    }

    @Test
    void cancel_closeOnItsWay_signalsNothing() {
        subscribe(patient);

        patient.cancel();
        subscription(patient).onClosed();

        patient.expectNoSignal();
        patient.expectNothingLeftOver();
    }

    @Test
    void timeout_lets_theNextIn() {
        form.prepare();
        mono.timeout(Duration.ofSeconds(1), time).subscribe(subscriber);

        time.advanceTimeBy(Duration.ofSeconds(1));

        subscriber.expectError(TimeoutException.class);
        expectNextSubscriptionIsAnswered();
        subscriber.expectNothingLeftOver();
    }

    @Test
    void timeout_retried_isAnswered() {
        form.prepare();
        mono.timeout(Duration.ofSeconds(1), time).retry(1).subscribe(subscriber);

        time.advanceTimeBy(Duration.ofMillis(1_500));

        answer("value");
        time.advanceTimeBy(Duration.ofSeconds(1));
        subscriber.expectValue("value");
    }

    // ---- conventions ------------------------------------------------------------------------------------------------

    @Test
    void mono_underEachOperatorHook_isSeenByIt() {
        List<Publisher<?>> assembled = new ArrayList<>();
        Hooks.onEachOperator(HOOK, publisher -> {
            assembled.add(publisher);
            return publisher;
        });

        Mono<String> another = form.assemble();

        assertThat(assembled).hasSize(1);
        assertThat(assembled.get(0)).isSameAs(another);
    }

    @Test
    void checkpoint_error_isMarkedByIt() {
        form.prepare();
        mono.checkpoint("at the outcome").subscribe(subscriber);

        form.fail(new IllegalArgumentException("marked"));

        assertThat(subscriber.expectError(IllegalArgumentException.class).getSuppressed())
                .anySatisfy(mark -> assertThat(mark).hasMessageContaining("at the outcome"));
    }

    @Test
    void scan_tellsTheState() {
        assertThat(Scannable.from(mono).scan(Attr.RUN_STYLE)).isEqualTo(Attr.RunStyle.ASYNC);
        assertThat(Scannable.from(mono).scanUnsafe(Attr.CAPACITY)).isNull();
        assertThat(Scannable.from(mono).scan(Attr.PARENT)).isNull();
        subscribe(subscriber);
        Scannable scannable = Scannable.from(subscriber.subscription());

        assertThat(scannable.scan(Attr.PARENT)).isSameAs(form.parentOf(mono));
        assertThat(scannable.scanUnsafe(Attr.ACTUAL)).isSameAs(subscriber);
        assertThat(scannable.scanUnsafe(Attr.PREFETCH)).isEqualTo(0);
        assertThat(scannable.scan(Attr.RUN_STYLE)).isEqualTo(Attr.RunStyle.ASYNC);
        assertThat(scannable.scanUnsafe(Attr.CAPACITY)).isNull();
        expectState(scannable, false, false);

        answer("value");
        expectState(scannable, true, false);
    }

    @Test
    void scan_afterCancel_isCancelled() {
        subscribe(subscriber);

        subscriber.cancel();

        expectState(Scannable.from(subscriber.subscription()), false, true);
    }

    @Test
    void scan_afterError_isTerminated() {
        subscribe(subscriber);

        form.fail(CAUSE);

        expectState(Scannable.from(subscriber.subscription()), true, false);
    }

    private static void expectState(Scannable scannable, boolean terminated, boolean cancelled) {
        assertThat(scannable.scan(Attr.TERMINATED)).isEqualTo(terminated);
        assertThat(scannable.scan(Attr.CANCELLED)).isEqualTo(cancelled);
    }
}
